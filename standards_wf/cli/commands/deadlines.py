"""What is due and overdue, and letting a project rest."""

import click

from standards_wf.cli import printing
from standards_wf.cli.instance import actor_named, in_the_name_of, now, open_workplace, project_named
from standards_wf.cli.speaking import command, option
from standards_wf.models.history import LifecycleEvent
from standards_wf.services.reading.deadlines import Deadline
from standards_wf.services.reading.overdue import DeadlineFilter, ListedDeadline, list_deadlines
from standards_wf.services.suspensions import ResumeProject, SuspendProject, resume, suspend
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.wording import dates
from standards_wf.wording.deadlines import DUE_WORDS, counting
from standards_wf.wording.language import Term, t
from standards_wf.workflow.deadlines import Due
from standards_wf.workflow.vocabulary import Kind


def in_days(deadline: Deadline) -> str:
    """What is left of the time, or by how much it is over."""
    if deadline.days_left < 0 and not deadline.overdue:
        return t("已期满", "over")
    return dates.days_left(-deadline.days_late if deadline.overdue else deadline.days_left)


def deadline_as_data(deadline: Deadline) -> dict[str, object]:
    """A deadline for a machine."""
    counted = deadline.counted
    return {
        "what": deadline.due,
        "on": deadline.on,
        "days_left": deadline.days_left,
        "overdue": deadline.overdue,
        "met_on": deadline.met_on,
        "days_late": deadline.days_late,
        "lapsed": deadline.lapsed,
        "counting": counting(counted),
        "rule": counted.rule,
        "planned_on": counted.planned_on,
        "suspended_days": counted.suspended_days,
    }


@command(
    "deadlines",
    about=Term(
        "列出到期和逾期的事项，最早的在前；默认列出 30 日内到期和已逾期的。",
        "List what is due and overdue, the earliest day first; without options what is due within 30 days.",
    ),
    example="standards-wf deadlines --overdue\nstandards-wf deadlines --within 90 --kind local_standard --json",
)
@option("--overdue", is_flag=True, about=Term("只列已逾期的", "only what is overdue"))
@option("--within", type=click.IntRange(min=0), default=30, about=Term("多少日内到期", "within so many days"))
@option("--kind", type=click.Choice([kind.value for kind in Kind]), about=Term("种类", "the kind of document"))
@option("--due", type=click.Choice([due.value for due in Due]), about=Term("事项", "what is due"))
@in_the_name_of
@printing.as_json
def deadlines(
    overdue: bool,  # noqa: FBT001  an option, given by its name
    within: int,
    kind: str | None,
    due: str | None,
    login: str | None,
    *,
    machine: bool,
) -> None:
    """Print the deadlines that somebody may see."""
    workplace = open_workplace()
    at = now(workplace)
    wanted = DeadlineFilter(
        overdue=overdue, within=within, kind=Kind(kind) if kind else None, due=Due(due) if due else None
    )
    with workplace.sessions() as session:
        rows = list_deadlines(session, wanted, actor=actor_named(session, login, at), moment=at).rows
    if machine:
        printing.data([_as_data(row) for row in rows])
        return
    if not rows:
        printing.say(t("没有到期的事项。", "Nothing is due."))
        return
    head = [t("期限", "Day"), t("还剩", "Left"), t("事项", "What is due"), "#", t("项目", "Project")]
    printing.table(
        head,
        [
            (row.deadline.on, in_days(row.deadline), DUE_WORDS[row.deadline.due], row.project_id, row.title_zh)
            for row in rows
        ],
    )


def _as_data(row: ListedDeadline) -> dict[str, object]:
    return {
        "project": row.project_id,
        "kind": row.kind,
        "stage": row.stage,
        "title_zh": row.title_zh,
        "number": row.number,
        "committee": row.committee,
        "roles": row.roles,
        **deadline_as_data(row.deadline),
    }


@command(
    "suspend",
    about=Term(
        "中止项目，须说明理由；中止期间只能终止，中止的日数不计入期限。",
        "Suspend a project, for a reason; it can then only be ended, and the days of suspension are not counted.",
    ),
    example='standards-wf suspend 12 --as authority --note "等待上位法修订"',
)
@click.argument("project", metavar="PROJECT")
@in_the_name_of
@option("--note", default="", about=Term("书面理由", "the written reason"))
@printing.as_json
def suspend_project(project: str, login: str | None, note: str, *, machine: bool) -> None:
    """Let a project rest."""
    workplace = open_workplace()
    at = now(workplace)
    with workplace.sessions() as session:
        project_id = project_named(session, project)
        with unit_of_work(session):
            command_ = SuspendProject(project_id=project_id, note=note)
            event = suspend(session, command_, actor=actor_named(session, login, at), moment=at)
    _told(event, t("项目已中止。", "The project is suspended."), machine=machine)


@command(
    "resume",
    about=Term(
        "恢复已中止的项目；完成日期按中止的日数顺延。",
        "Resume a project that was suspended; its day of completion moves by the days of suspension.",
    ),
    example="standards-wf resume 12 --as authority",
)
@click.argument("project", metavar="PROJECT")
@in_the_name_of
@option("--note", default="", about=Term("附言", "a note"))
@printing.as_json
def resume_project(project: str, login: str | None, note: str, *, machine: bool) -> None:
    """Take a project up again."""
    workplace = open_workplace()
    at = now(workplace)
    with workplace.sessions() as session:
        project_id = project_named(session, project)
        with unit_of_work(session):
            command_ = ResumeProject(project_id=project_id, note=note)
            event = resume(session, command_, actor=actor_named(session, login, at), moment=at)
    _told(event, t("项目已恢复。", "The project is resumed."), machine=machine)


def _told(event: LifecycleEvent, sentence: str, *, machine: bool) -> None:
    if machine:
        printing.data({"project": event.project_id, "seq": event.seq, "action": event.action, "hash": event.hash})
    else:
        printing.say(sentence)
