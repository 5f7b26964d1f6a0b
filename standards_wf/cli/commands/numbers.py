"""Reading document numbers, and the series that they come from."""

import click

from standards_wf.cli import printing
from standards_wf.cli.instance import actor_named, in_the_name_of, now, open_workplace
from standards_wf.cli.speaking import command
from standards_wf.errors import NotFound
from standards_wf.services.reading.numbers import SeriesShown, numbers_page
from standards_wf.services.saying import say
from standards_wf.wording.language import Term, t
from standards_wf.wording.numbers import GAP_REASONS, HELD_STATES
from standards_wf.workflow.numbers import NotANumber, read_number
from standards_wf.workflow.refusals import Refusal


@command(
    "number",
    about=Term(
        "识别任意写法的文件编号，给出规范写法。JSON输出时每个编号一行。",
        "Read document numbers in any spelling and give the one right form. As JSON there is one line for each.",
    ),
    example='standards-wf number DB31T1234-2025 "jjf(沪) 12—2025"',
)
@click.argument("texts", metavar="TEXT...", nargs=-1, required=True)
@printing.as_json
def number(texts: tuple[str, ...], *, machine: bool) -> int:
    """Read each text as a document number."""
    unread = 0
    for text in texts:
        try:
            found = read_number(text)
        except NotANumber as problem:
            unread += 1
            reason = say(Refusal(problem.reason, text=text))
            if machine:
                printing.line({"input": text, "error": problem.reason, "message": reason})
            else:
                printing.tell(reason)
            continue
        if machine:
            printing.line({"input": text, "family": found.family, "number": str(found)})
        else:
            printing.say(str(found))
    return 1 if unread else 0


@command(
    "numbers",
    about=Term(
        "列出编号系列：最大编号、已拟定、保留、退回和不再使用的号码，以及空号和原因。",
        "List the series of numbers: how far each has come, what is prepared, reserved, given back or not to be used, "
        "and the gaps with their reason.",
    ),
    example='standards-wf numbers\nstandards-wf numbers "DB31/T" --json',
)
@click.argument("series", required=False)
@in_the_name_of
@printing.as_json
def numbers(series: str | None, login: str | None, *, machine: bool) -> None:
    """Print every series, or one of them with all that is held in it."""
    workplace = open_workplace()
    with workplace.sessions() as session:
        actor = actor_named(session, login, now(workplace))
        rows = [row for row in numbers_page(session, actor).rows if series in {None, row.series.code, row.series.slug}]
    if not rows:
        raise NotFound("series", series or "")
    if machine:
        printing.data([_as_data(row) for row in rows])
        return
    head = (
        t("系列", "series"),
        t("最大编号", "highest"),
        t("已发布", "published"),
        t("已拟定", "prepared"),
        t("保留", "reserved"),
        t("退回", "given back"),
        t("不再使用", "unusable"),
        t("空号段", "gaps"),
    )
    printing.table(head, [_as_row(row) for row in rows])
    for row in rows if series else ():
        _say_all(row)


def _as_row(row: SeriesShown) -> tuple[object, ...]:
    counts = (row.prepared, row.reserved, row.free, row.unusable, row.gaps)
    return (row.series.code, row.last_number or "—", row.published, *(len(each) for each in counts))


def _say_all(row: SeriesShown) -> None:
    for prepared in row.prepared:
        printing.say(f"{t('已拟定', 'prepared')}  {prepared.number}  #{prepared.project_id} {prepared.title_zh}")
    for held in row.held:
        why = held.reason or held.title_zh
        printing.say(f"{HELD_STATES[held.state]}  {held.number}  {held.since:%Y-%m-%d}  {held.by}  {why}".rstrip())
    for gap in row.gaps:
        serials = f"{gap.first}–{gap.last}" if gap.last != gap.first else str(gap.first)
        printing.say(f"{t('空号', 'gap')}  {serials}  {GAP_REASONS[gap.reason]}  {gap.number}".rstrip())


def _as_data(row: SeriesShown) -> dict[str, object]:
    return {
        "series": row.series.code,
        "prefix": row.series.prefix,
        "family": row.series.family,
        "last_number": row.last_number,
        "first_serial": row.first_serial,
        "padding": row.padding,
        "published": row.published,
        "prepared": [
            {"number": each.number, "project_id": each.project_id, "since": each.since} for each in row.prepared
        ],
        "held": [
            {
                "number": each.number,
                "state": each.state,
                "reason": each.reason,
                "project_id": each.project_id,
                "by": each.by,
                "since": each.since,
            }
            for each in row.held
        ],
        "gaps": [
            {"first": each.first, "last": each.last, "reason": each.reason, "number": each.number} for each in row.gaps
        ],
    }
