"""Keeping the search index."""

from standards_wf.cli import printing
from standards_wf.cli.instance import open_workplace
from standards_wf.cli.speaking import SpokenGroup, command
from standards_wf.services.indexing import compare
from standards_wf.services.indexing import rebuild as rebuild_index
from standards_wf.wording.language import Term, t

index = SpokenGroup(
    "index",
    about=Term("全文检索的索引。", "The index of the full-text search."),
    members={"rebuild": __name__, "verify": __name__},
)


@command(
    "rebuild",
    about=Term(
        "在现用索引之外重建，完成后一次切换；检索不中断。",
        "Make the index anew beside the live one and swap; nobody who searches notices.",
    ),
    example="standards-wf index rebuild",
)
@printing.as_json
def rebuild(*, machine: bool) -> None:
    """Rebuild and swap."""
    workplace = open_workplace()
    with workplace.sessions() as session:
        count = rebuild_index(session, workplace.installation.search)
    if machine:
        printing.data({"documents": count})
    else:
        printing.say(t("索引已重建：{n} 份。", "The index is rebuilt: {n} documents.", n=count))


@command(
    "verify",
    about=Term(
        "对照索引与数据库：缺少什么、多出什么。", "Compare index and database: what is missing, what is too much."
    ),
    example="standards-wf index verify",
)
@printing.as_json
def verify(*, machine: bool) -> int:
    """Compare."""
    workplace = open_workplace()
    with workplace.sessions() as session:
        found = compare(session, workplace.installation.search)
    whole = not found.missing and not found.superfluous
    if machine:
        printing.data({"whole": whole, "missing": sorted(found.missing), "superfluous": sorted(found.superfluous)})
        return 0 if whole else 1
    for key in sorted(found.missing):
        printing.tell(t("缺少：{key}", "missing: {key}", key=key))
    for key in sorted(found.superfluous):
        printing.tell(t("多出：{key}", "too much: {key}", key=key))
    if whole:
        printing.say(t("索引与数据库一致。", "Index and database agree."))
    else:
        printing.tell(t("请运行 standards-wf index rebuild。", "Run standards-wf index rebuild."))
    return 0 if whole else 1
