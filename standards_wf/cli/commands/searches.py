"""The public search at the command line."""

import click

from standards_wf.cli import printing
from standards_wf.cli.instance import now, open_workplace
from standards_wf.cli.speaking import command, option
from standards_wf.search.query import MOST_PER_PAGE
from standards_wf.services.searching import FoundDocument, Results, Wanted, find
from standards_wf.services.searching import Source as Answered
from standards_wf.wording import labels
from standards_wf.wording.language import Term, t
from standards_wf.workflow.stages import DOCUMENT_STAGES
from standards_wf.workflow.vocabulary import Kind, Stage


@command(
    "search",
    about=Term(
        "全文检索公开的文件、征求意见和体系框架：词、“短语”、-排除的词，或任意写法的文件编号。",
        "Search what is public: words, “phrases”, -unwanted words, or a document number in any spelling.",
    ),
    example="standards-wf search 充电桩 --kind metrology_specification\nstandards-wf search DB31T1234 --json",
)
@click.argument("query", metavar="QUERY")
@option("--kind", multiple=True, type=click.Choice([kind.value for kind in Kind]), about=Term("种类", "the kind"))
@option(
    "--status",
    multiple=True,
    type=click.Choice(sorted(stage.value for stage in DOCUMENT_STAGES)),
    about=Term("状态", "the status"),
)
@option("--node", default="", about=Term("体系框架节点，含下级", "a node of the framework, with those below"))
@option("--year", multiple=True, type=int, about=Term("发布年份", "the year of publication"))
@option(
    "--limit",
    type=click.IntRange(1, MOST_PER_PAGE),
    default=10,
    show_default=True,
    about=Term("最多显示多少条", "how many at most"),
)
@printing.as_json
def search(
    query: str,
    kind: tuple[str, ...],
    status: tuple[str, ...],
    node: str,
    year: tuple[int, ...],
    limit: int,
    *,
    machine: bool,
) -> int:
    """Answer a search; nothing found is a no."""
    workplace = open_workplace()
    wanted = Wanted(
        text=query,
        kinds=frozenset(Kind(each) for each in kind),
        statuses=frozenset(Stage(each) for each in status),
        node=node,
        years=frozenset(year),
        per_page=limit,
    )
    with workplace.sessions() as session:
        found = find(session, workplace.installation.search, wanted, moment=now(workplace))
    if machine:
        _as_data(found)
    else:
        _as_text(found)
    return 0 if found.total else 1


def _as_data(found: Results) -> None:
    items = [
        {
            "source": item.source,
            "number": item.number,
            "title_zh": item.title_zh,
            "title_en": item.title_en,
            "kind": item.kind,
            "status": item.stage,
            "node": item.node,
            "slug": item.line.slug if item.line else None,
            "consultation": item.consultation_id,
            "highlights": [
                {"clause": each.clause_label, "title": each.title, "text": each.text} for each in item.highlights
            ],
        }
        for item in found.items
    ]
    printing.data({"items": items, "total": found.total, "from": found.source})


def _as_text(found: Results) -> None:
    if found.source is Answered.DATABASE:
        printing.tell(
            t(
                "索引不可用，只比较了名称和编号；请运行 standards-wf index rebuild。",
                "The index cannot be used; only titles and numbers were compared. Run standards-wf index rebuild.",
            )
        )
    for item in found.items:
        _show(item)
    if found.is_loosened and found.items:
        printing.say(t("没有完全符合的；以上各条只符合一部分。", "Nothing holds all of it; these hold some of it."))
    printing.say(t("共 {n} 条。", "{n} in all.", n=found.total))


def _show(item: FoundDocument) -> None:
    what = [str(labels.kind(item.kind))] if item.kind else []
    what += [str(labels.stage(item.stage, item.kind))] if item.stage else []
    said = t("，", ", ").join(what)
    printing.say(f"{item.number or '—'}  {item.title_zh}" + (f"  [{said}]" if said else ""))
    for each in item.highlights:
        text = "".join(f"【{piece.text}】" if piece.is_match else piece.text for piece in each.fragments)
        head = " ".join(part for part in (each.clause_label, each.title) if part)
        printing.say(f"    {head}  {' '.join(text.split())}".rstrip())
