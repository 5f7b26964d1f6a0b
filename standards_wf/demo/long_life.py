"""What happens to documents of the demonstration once they are in force, and beside the cases: in the last months.

1. A document that is cited has ended: one committee has looked, for the other the task is open.
2. An amendment sheet and a correction are published.
3. Periodic reviews: two of the year's list are decided by one paper, another began before its time.
4. Numbers are held, each with its reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.demo import questions
from standards_wf.demo.acts import LIMITS, Case
from standards_wf.demo.cases import CASES
from standards_wf.demo.hands import Hands
from standards_wf.demo.reading_copy import reading_copy
from standards_wf.models.citations import CitationTask
from standards_wf.models.projects import Project
from standards_wf.services.amendments import (
    ClauseChange,
    PrepareAmendment,
    PublishAmendment,
    prepare_amendment,
    publish_amendment,
)
from standards_wf.services.citations import SettleCitation, settle_citation
from standards_wf.services.drafts import Upload
from standards_wf.services.held_numbers import HoldNumber, hold_number
from standards_wf.services.numbering import series_answer
from standards_wf.services.periodic_reviews import RecordOpinion
from standards_wf.services.review_batches import (
    ConcludeReviews,
    LineDone,
    StartReviews,
    Ticked,
    conclude_reviews,
    record_opinions,
    start_reviews,
)
from standards_wf.services.storage import FileStore
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.series import HeldState
from standards_wf.workflow.vocabulary import AmendmentKind, CitationOutcome, Conclusion, EarlyReason

AUTHORITY = "authority"
FIRST_HELD = questions.FIRST_SERIAL + 10


@dataclass(frozen=True, slots=True)
class Change:
    """One clause that is changed: some words of it in the place of others."""

    clause: str
    was: str
    now: str


def live_on(cases: Mapping[str, Case], hands: Hands, store: FileStore, today: date) -> None:
    """Let documents live on; every day is counted back from today."""
    ended_on = cases["green_ecological_district"].day
    for role in CASES:
        if role.cites:
            cases[role.slug].follow_on(ended_on)
    _settle_citation(_on(cases["garden_carbon_sink_terms"], today, 210))
    change = Change("6.3", "15 min", "10 min")
    reason = "实施信息表明现场响应可以更快。（演示）"
    _amend(_on(cases["airport_bridge_power"], today, 190), AmendmentKind.AMENDMENT, change, reason, effective_in=30)
    change = Change("3.3.2", "所有茎叶", "所有茎、叶")
    reason = "原文漏排顿号，予以更正。（演示）"
    _amend(_on(cases["garden_carbon_sink_terms"], today, 150), AmendmentKind.CORRECTION, change, reason, effective_in=0)
    _review_together((cases["garden_carbon_sink_terms"], cases["airport_bridge_power"]), hands, store, today)
    early = _on(cases["ev_charger_in_service_calibration"], today, 18)
    early.start_periodic_review(
        EarlyReason.KEY_TECHNOLOGY_CHANGED, "大功率液冷充电桩已经普及，校准方法须重新核对。（演示）"
    )
    _hold_numbers(cases["inland_ship_shore_power"], hands, today)


def _on(case: Case, today: date, days_ago: int) -> Case:
    case.day = today - timedelta(days=days_ago)
    return case


def _settle_citation(case: Case) -> None:
    command = SettleCitation(
        task_id=case.ask(_open_task),
        outcome=CitationOutcome.NO_CHANGE,
        note="所引术语在新版中没有变化，本文件不修改，复审时一并更新引用。（演示）",
    )
    case.do(case.parts.secretary, settle_citation, command)


def _open_task(session: Session, project_id: int) -> int:
    tasks = select(CitationTask.id).where(CitationTask.project_id == project_id, CitationTask.outcome.is_(None))
    return session.scalars(tasks).one()


def _amend(case: Case, kind: AmendmentKind, change: Change, reason: str, *, effective_in: int) -> None:
    """The secretary draws it up, and three weeks later the authority publishes it."""
    (clause,) = (each for each in case.text.clauses if each.label == change.clause)
    said = clause.paragraphs[0]
    drawn_up = PrepareAmendment(
        project_id=case.project_id,
        kind=kind,
        reason=reason,
        changes=(ClauseChange(clause=change.clause, was=said, now=said.replace(change.was, change.now)),),
    )
    amendment = case.do(case.parts.secretary, prepare_amendment, drawn_up)
    case.wait(21)
    publishing = PublishAmendment(
        project_id=case.project_id,
        amendment_id=amendment.id,
        published_on=case.day,
        effective_on=case.day + timedelta(days=effective_in),
        announcement_number=f"演示公告{case.day.year}年第{case.day:%m%d}号",
    )
    case.do(AUTHORITY, publish_amendment, publishing)


def _review_together(cases: tuple[Case, ...], hands: Hands, store: FileStore, today: date) -> None:
    """Two documents of the year's list, from the beginning of their reviews to the one paper that decides on both."""
    ticked = tuple(Ticked(case.project_id) for case in cases)
    day = today - timedelta(days=75)
    _done(hands.do(AUTHORITY, day, start_reviews, StartReviews(ticked=ticked)), cases, day)
    day = today - timedelta(days=50)
    opinions = tuple(
        RecordOpinion(
            project_id=case.project_id,
            conclusion=Conclusion.VALID,
            grounds="技术内容仍适用。（演示）",
            implementation="已有若干单位采用，未收到不适用的反映。（演示）",
        )
        for case in cases
    )
    _done(hands.do(AUTHORITY, day, record_opinions, opinions), cases, day)
    day = today - timedelta(days=20)
    number = f"演示公告{day.year}年复审第1号"
    lines = tuple(case.text.title_zh for case in cases)
    paper = reading_copy("复审结论公告", (number, *lines, "技术内容仍适用。", "（演示数据）"))
    decision = ConcludeReviews(
        ticked=ticked,
        announcement=number,
        decided_on=day,
        note="经复审，继续有效。（演示）",
        file=Upload(f"{number}.pdf", paper),
    )
    _done(hands.do(AUTHORITY, day, conclude_reviews, decision, store=store, limits=LIMITS), cases, day)


def _done(lines: tuple[LineDone, ...], cases: tuple[Case, ...], day: date) -> None:
    """See that nothing of a list was left as it was, and do what follows."""
    for line in lines:
        if line.refused is not None:
            raise line.refused
    for case in cases:
        case.follow_on(day)


def _hold_numbers(case: Case, hands: Hands, today: date) -> None:
    """The authority reserves a number for a project, and makes another unusable."""
    for place, (state, project_id, reason) in enumerate(
        (
            (HeldState.RESERVED, case.project_id, "已在工作方案中告知有关单位，为该项目预留。（演示）"),
            (HeldState.UNUSABLE, None, "与此前误印的文稿编号相同，不再使用，避免混淆。（演示）"),
        )
    ):
        hands.do(
            AUTHORITY,
            today - timedelta(days=25),
            _hold,
            (case.project_id, FIRST_HELD + place, state, project_id, reason),
        )


def _hold(session: Session, held: tuple[int, int, HeldState, int | None, str], *, actor: Actor, moment: Moment) -> None:
    of_project, serial, state, project_id, reason = held
    series = series_answer(session, session.get_one(Project, of_project)).series
    number = f"{series.prefix} {serial}"
    command = HoldNumber(series=series.code, number=number, reason=reason, state=state, project_id=project_id)
    hold_number(session, command, actor=actor, moment=moment)
