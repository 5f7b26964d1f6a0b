"""The published plans of projects, and the suggestions that wait for an answer."""

import click

from standards_wf.cli import printing
from standards_wf.cli.instance import actor_named, in_the_name_of, now, open_workplace
from standards_wf.cli.speaking import command
from standards_wf.services.reading.plans import EntryShown, PlanLine, plan_list, plan_page
from standards_wf.services.reading.suggestions import SuggestionFilter, suggestions_of
from standards_wf.wording import labels
from standards_wf.wording.language import Term, t
from standards_wf.workflow.facts import VISITOR


@command(
    "plans",
    about=Term(
        "列出公布的项目计划；给出编号时列出该计划的项目及其目前阶段。",
        "List the published plans; with the number of one, its projects and where they stand today.",
    ),
    example="standards-wf plans\nstandards-wf plans 3 --json",
)
@click.argument("plan", required=False, type=int)
@printing.as_json
def plans(plan: int | None, *, machine: bool) -> None:
    """Print the plans, or one of them."""
    workplace = open_workplace()
    with workplace.sessions() as session:
        if plan is None:
            _list(plan_list(session, VISITOR), machine=machine)
        else:
            page = plan_page(session, plan, VISITOR)
            _show(page.line, page.entries, machine=machine)


def _list(lines: tuple[PlanLine, ...], *, machine: bool) -> None:
    if machine:
        printing.data([_line(line) for line in lines])
        return
    head = ("ID", t("公布日期", "published"), t("文号", "number"), t("项目", "projects"), t("计划", "plan"))
    printing.table(head, [(line.id, line.published_on, line.number, line.entries, line.title) for line in lines])


def _show(line: PlanLine, entries: tuple[EntryShown, ...], *, machine: bool) -> None:
    if machine:
        printing.data({**_line(line), "projects": [_entry(one) for one in entries]})
        return
    printing.say(line.title)
    head = (t("计划编号", "number"), t("完成日期", "completion"), t("目前阶段", "stage today"), t("名称", "name"))
    rows = [(one.number, one.completes_on, labels.stage(one.stage, one.kind), one.project_name) for one in entries]
    printing.table(head, rows)


def _line(line: PlanLine) -> dict[str, object]:
    return {
        "id": line.id,
        "kind": line.kind,
        "year": line.year,
        "number": line.number,
        "title": line.title,
        "publisher": line.publisher,
        "published_on": line.published_on,
        "entries": line.entries,
    }


def _entry(one: EntryShown) -> dict[str, object]:
    return {
        "project_id": one.project_id,
        "number": one.number,
        "project_name": one.project_name,
        "applicant": one.applicant,
        "drafting_unit": one.drafting_unit,
        "completes_on": one.completes_on,
        "stage": one.stage,
        "supplement": one.is_supplement,
        "announcement": one.announcement,
    }


@command(
    "suggestions",
    about=Term(
        "列出等待答复的立项建议；并入另一项目用 act PROJECT decline --field merged_into=编号。",
        "List the suggestions that wait for an answer; act PROJECT decline --field merged_into=ID merges one.",
    ),
    example="standards-wf suggestions --as department\nstandards-wf suggestions --as department --json",
)
@in_the_name_of
@printing.as_json
def suggestions(login: str | None, *, machine: bool) -> None:
    """Print the suggestions that somebody may answer."""
    workplace = open_workplace()
    with workplace.sessions() as session:
        found = suggestions_of(session, SuggestionFilter(), actor_named(session, login, now(workplace)))
    if machine:
        printing.data(
            [
                {
                    "id": row.id,
                    "kind": row.kind,
                    "title_zh": row.title_zh,
                    "node": row.node,
                    "name": row.name,
                    "received_at": row.received_at,
                    "call_id": row.call_id,
                    "merged": row.merged,
                    "fast_track": row.fast_track,
                }
                for row in found.rows
            ]
        )
        return
    head = ("ID", t("收到日期", "received"), t("节点", "node"), t("提出人", "by"), t("名称", "title"))
    printing.table(
        head, [(row.id, f"{row.received_at:%Y-%m-%d}", row.node or "—", row.name, row.title_zh) for row in found.rows]
    )
