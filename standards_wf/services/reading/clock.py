"""What the clock did in its last daily run, and what it will do by itself."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.models.documents import Publication
from standards_wf.models.outbox import DailyRun
from standards_wf.models.projects import Project
from standards_wf.services.access import require_administrator
from standards_wf.services.clock_due import acts_due
from standards_wf.wording.dates import days, long_date
from standards_wf.wording.language import t
from standards_wf.workflow.calendar import last_day
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.vocabulary import Action, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A daily run that was finished."""

    day: date
    covers_from: date
    finished_at: datetime
    acts: int
    late_acts: int
    reminders: int

    def when(self) -> str:
        """Its day, and for how many it answers."""
        covered = (self.day - self.covers_from).days + 1
        if covered == 1:
            return long_date(self.day)
        return t(
            "{day}（含此前未运行的日子，共{days}）",
            "{day} (with the days missed before it, {days} in all)",
            day=long_date(self.day),
            days=days(covered),
        )

    def sentence(self) -> str:
        """What it did, in words."""
        return t(
            "最近一次每日运行：{when}，办理 {acts} 项（迟办 {late} 项），发出提醒 {reminders} 条。",
            "Last daily run: {when}; acts done {acts} (late {late}), reminders {reminders}.",
            when=self.when(),
            acts=self.acts,
            late=self.late_acts,
            reminders=self.reminders,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingAct:
    """An act that falls due for the clock, with the project on which it will be done."""

    due_on: date
    action: Action
    project_id: int
    kind: Kind
    title_zh: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPage:
    """The last run, and what comes up to a day."""

    last_run: Run | None
    until: date
    acts: tuple[ComingAct, ...]


def clock_page(session: Session, *, ahead: int, actor: Actor, today: date) -> ClockPage:
    """What the clock did last, and does in so many days ahead; five queries. Raises Forbidden."""
    require_administrator(actor)
    until = last_day(today, ahead)
    due = acts_due(session, until=until)
    cases = {
        identity: (kind, title_zh, number or "")
        for identity, kind, title_zh, number in session.execute(
            select(Project.id, Project.kind, Project.title_zh, Publication.number)
            .outerjoin(Publication, Publication.project_id == Project.id)
            .where(Project.id.in_({act.project_id for act in due}))
        )
    }
    acts = []
    for act in due:
        kind, title_zh, number = cases[act.project_id]
        acts.append(
            ComingAct(
                due_on=act.due_on,
                action=act.action,
                project_id=act.project_id,
                kind=kind,
                title_zh=title_zh,
                number=number,
            )
        )
    return ClockPage(last_run=last_run(session), until=until, acts=tuple(acts))


def last_run(session: Session) -> Run | None:
    """The last daily run that was finished; no person and no case is named."""
    row = session.scalar(select(DailyRun).order_by(DailyRun.day.desc()).limit(1))
    if row is None:
        return None
    return Run(
        day=date.fromisoformat(row.day),
        covers_from=date.fromisoformat(row.covers_from),
        finished_at=row.finished_at,
        acts=row.acts,
        late_acts=row.late_acts,
        reminders=row.reminders,
    )
