"""The long life of documents: the periodic reviews of a year, and what the published texts cite."""

import click

from standards_wf.cli import printing
from standards_wf.cli.instance import actor_named, in_the_name_of, now, open_workplace
from standards_wf.cli.speaking import SpokenGroup, command, option
from standards_wf.services.citations import gather_all
from standards_wf.services.reading.review_lists import STATES, ListState, ReviewFilter, ReviewLine, review_list
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.wording import labels
from standards_wf.wording.language import Term, t
from standards_wf.workflow.vocabulary import Kind

_FIRST_YEAR, _LAST_YEAR = 1990, 2199


@command(
    "reviews",
    about=Term(
        "列出一年的复审：周期在这一年届满的文件、意见期限和进展；缺省为今年。",
        "List the periodic reviews of a year: whose cycle ends in it, when the opinion is due, how far each is.",
    ),
    example="standards-wf reviews 2026\nstandards-wf reviews 2026 --kind local_standard --state waiting --json",
)
@click.argument("year", type=click.IntRange(_FIRST_YEAR, _LAST_YEAR), required=False)
@option("--kind", type=click.Choice([kind.value for kind in Kind]), about=Term("种类", "the kind of document"))
@option("--state", type=click.Choice([state.value for state in ListState]), about=Term("进展", "how far it is"))
@in_the_name_of
@printing.as_json
def reviews(year: int | None, kind: str | None, state: str | None, *, login: str | None, machine: bool) -> None:
    """List the reviews of a year."""
    workplace = open_workplace()
    at = now(workplace)
    wanted = ReviewFilter(kind=Kind(kind) if kind else None, state=ListState(state) if state else None)
    with workplace.sessions() as session:
        actor = actor_named(session, login, at)
        found = review_list(session, year or at.day.year, actor=actor, moment=at, wanted=wanted)
    if machine:
        printing.data({"year": found.year, "items": [_data(line) for line in found.lines], "overdue": found.overdue})
        return
    printing.table(
        [
            t("编号", "Number"),
            t("名称", "Title"),
            t("周期届满", "Cycle ends"),
            t("意见期限", "Opinion due"),
            t("进展", "State"),
        ],
        [
            [
                line.number,
                t(line.title_zh, line.title_en or line.title_zh),
                line.cycle_ends_on,
                line.opinion_due_on,
                _state(line),
            ]
            for line in found.lines
        ],
    )
    printing.say(
        t(
            "{year} 年共 {n} 份，周期已过而没有结论的 {late} 份。",
            "{year}: {n} in all, {late} past the end of their cycle without a conclusion.",
            year=str(found.year),
            n=len(found.lines),
            late=found.overdue,
        )
    )


def _state(line: ReviewLine) -> str:
    said = str(STATES[line.state])
    if line.conclusion is not None:
        said += t("（{conclusion}）", " ({conclusion})", conclusion=labels.conclusion(line.conclusion))
    return said + (t("，逾期", ", overdue") if line.overdue else "")


def _data(line: ReviewLine) -> dict[str, object]:
    return {
        "project_id": line.project_id,
        "number": line.number,
        "title_zh": line.title_zh,
        "kind": line.kind,
        "cycle_ends_on": line.cycle_ends_on,
        "opinion_due_on": line.opinion_due_on,
        "begins_on": line.begins_on,
        "state": line.state,
        "overdue": line.overdue,
        "early_reason": line.early_reason,
        "conclusion": line.conclusion,
        "grounds": line.grounds,
        "concluded_on": line.concluded_on,
        "decision": line.decision,
    }


citations = SpokenGroup(
    "citations",
    about=Term("已发布文本的规范性引用。", "The normative references of the published texts."),
    members={"rebuild": __name__},
)


@command(
    "rebuild",
    about=Term(
        "重新读取全部已发布文本的规范性引用文件；发布时会自动读取，升级旧数据后运行一次即可。",
        "Read the normative references of all published texts anew. They are read at publication; run it once after "
        "older data was brought in.",
    ),
    example="standards-wf citations rebuild",
)
@printing.as_json
def rebuild(*, machine: bool) -> None:
    """Read the references of all texts."""
    workplace = open_workplace()
    with workplace.sessions() as session, unit_of_work(session):
        texts, found = gather_all(session)
    if machine:
        printing.data({"texts": texts, "citations": found})
    else:
        printing.say(
            t("已读取 {texts} 份文本，引用 {n} 处。", "Read {texts} texts with {n} citations.", texts=texts, n=found)
        )
