"""What a document replaces, how it ends, and what follows for those that cite it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, Invalid, NotFound
from standards_wf.models.citations import Citation, CitationTask
from standards_wf.models.documents import Ending, PeriodicReview, Publication, Replacement
from standards_wf.models.drafts import DraftClause
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.outbox import OutboxRow
from standards_wf.models.projects import Project, ProjectUnit, Suggestion
from standards_wf.services.citations import SettleCitation, gather_all, settle_citation
from standards_wf.services.long_life_problems import CitationProblem, ReplacementProblem, ReviewListProblem
from standards_wf.services.periodic_reviews import RecordOpinion, record_opinion
from standards_wf.services.projects import ChangeParticulars, change_particulars
from standards_wf.services.reading.replacements import Fate, replaced_by_project
from standards_wf.services.succession import PartlyReplaced
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.numbers import NumberProblem
from standards_wf.workflow.vocabulary import Action, CitationOutcome, Conclusion, EarlyReason, Kind, Stage
from tests.services.cases import Case, act, make_case, project_of
from tests.services.doing import days_later, do, params_of
from tests.services.situations import published

EARLY: dict[str, Any] = {"early_reason": EarlyReason.LAW_CHANGED, "early_grounds": "上位法修订"}


def of_one_authority(session: Session, first: Case, *others: Case) -> None:
    """The body that issued the first has issued the others as well."""
    with unit_of_work(session):
        issuer = session.get_one(Project, first.project_id).authority_id
        for other in others:
            session.get_one(Project, other.project_id).authority_id = issuer


def name_replaced(session: Session, case: Case, moment: Moment, replaces: str | None, *partly: PartlyReplaced) -> None:
    command = ChangeParticulars(
        project_id=case.project_id, replaces=replaces, partly_replaces=tuple(partly) if partly else None
    )
    act(session, change_particulars, command, person=case.department, moment=moment)


def refused(session: Session, case: Case, moment: Moment, replaces: str | None, *partly: PartlyReplaced) -> Any:  # noqa: ANN401
    with pytest.raises(Invalid) as told:
        name_replaced(session, case, moment, replaces, *partly)
    return next(iter(told.value.fields.items()))


def history(session: Session, case: Case) -> Sequence[LifecycleEvent]:
    session.rollback()
    return session.scalars(
        select(LifecycleEvent).where(LifecycleEvent.project_id == case.project_id).order_by(LifecycleEvent.seq)
    ).all()


# What is to be replaced.


def test_several_documents_are_replaced_wholly_and_in_part_and_the_first_leads_the_numbering(
    session: Session, moment: Moment
) -> None:
    first = published(session, moment, "DB31/T 12—2020")
    second = published(session, moment, "DB31/T 15—2019")
    other_body = published(session, moment, "DB31/T 99—2018")
    newer = make_case(session, moment, stage=Stage.APPLIED)
    of_one_authority(session, newer, first, second)
    name_replaced(
        session, newer, moment, "db31/t12-2020；DB31T 77-2017\nDB31/T 99—2018", PartlyReplaced("DB31/T 15", "第5章")
    )
    assert project_of(session, newer).replaces == "DB31/T 12—2020"
    shown = [(row.number, row.partial, row.clauses, row.fate) for row in replaced_by_project(session, newer.project_id)]
    assert shown == [
        ("DB31/T 12—2020", False, "", Fate.ENDS),
        ("DB31/T 77—2017", False, "", Fate.NOT_KEPT),
        ("DB31/T 99—2018", False, "", Fate.OF_ANOTHER_BODY),
        ("DB31/T 15—2019", True, "第5章", Fate.STAYS),
    ]
    assert other_body.project_id not in session.scalars(select(Replacement.replaced_project_id)).all()
    told = params_of(history(session, newer)[-1])
    assert told == {
        "replaces": [[], ["DB31/T 12—2020", "DB31/T 77—2017", "DB31/T 99—2018"]],
        "partly_replaces": [[], ["DB31/T 15—2019 第5章"]],
    }
    name_replaced(session, newer, moment, "")
    assert project_of(session, newer).replaces == ""
    assert [row.number for row in replaced_by_project(session, newer.project_id)] == ["DB31/T 15—2019"]


def test_what_cannot_be_replaced_is_refused_when_it_is_typed(session: Session, moment: Moment) -> None:
    ended = published(session, moment, "DB31/T 3—2015", stage=Stage.ABOLISHED)
    editions = [published(session, moment, f"DB31/T 8—{year}", replaces="DB31/T 8—2012") for year in (2018, 2020)]
    newer = make_case(session, moment, stage=Stage.APPLIED)
    of_one_authority(session, newer, ended, *editions)
    with unit_of_work(session):
        own = Publication(
            project_id=newer.project_id,
            number="DB31/T 40—2025",
            number_key="DB31/T40-2025",
            slug="DB31-T-40-2025",
            series="DB31/T",
            serial="40",
            approved_on=moment.day,
            published_on=moment.day,
            effective_on=moment.day,
        )
        session.add(own)
    for text, code in (
        ("XYZ 12", NumberProblem.UNKNOWN_FAMILY),
        ("DB31/T 12", ReplacementProblem.EDITION_MISSING),
        ("DB31/T 8", ReplacementProblem.EDITION_MISSING),
        ("DB31/T 40—2025", ReplacementProblem.IS_ITSELF),
        ("DB31/T 3—2015", ReplacementProblem.HAS_ENDED),
        ("DB31/T 5—2015；DB31/T 5－2015", ReplacementProblem.NAMED_TWICE),
    ):
        field, refusal = refused(session, newer, moment, text)
        assert (field, refusal.code) == ("replaces", code), text
    field, refusal = refused(session, newer, moment, "DB31/T 5—2015", PartlyReplaced("DB31/T 5—2015"))
    assert (field, refusal.code) == ("partly_replaces", ReplacementProblem.NAMED_TWICE)
    assert replaced_by_project(session, newer.project_id) == ()


# The end of a document.


def test_on_the_implementation_date_everything_replaced_wholly_ends_in_the_same_transaction(
    session: Session, moment: Moment
) -> None:
    older = [published(session, moment, number) for number in ("DB31/T 12—2020", "DB31/T 15—2019")]
    kept = published(session, moment, "DB31/T 16—2019")
    newer = published(session, moment, "DB31/T 12—2025", stage=Stage.PUBLISHED, replaces="DB31/T 12—2020")
    with unit_of_work(session):
        session.query(Replacement).delete()
        session.add_all(
            Replacement(
                project_id=newer.project_id,
                position=place,
                replaced_number=number,
                replaced_project_id=case.project_id,
                partial=case is kept,
            )
            for place, (case, number) in enumerate(
                zip((*older, kept), ("DB31/T 12—2020", "DB31/T 15—2019", "DB31/T 16—2019"), strict=True), start=1
            )
        )
    do(session, newer, Action.TAKE_EFFECT, newer.authority, days_later(moment, 3))
    assert project_of(session, newer).stage is Stage.IN_FORCE
    assert project_of(session, kept).stage is Stage.IN_FORCE
    for case in older:
        assert project_of(session, case).stage is Stage.SUPERSEDED
        last = history(session, case)[-1]
        assert (last.action, last.actor_id) == (Action.SUPERSEDE, None)
        assert params_of(last)["successor"] == "DB31/T 12—2025"
        effects = session.scalars(
            select(OutboxRow.effect).where(OutboxRow.project_id == case.project_id, OutboxRow.event_seq == last.seq)
        ).all()
        assert sorted(effects) == ["notify", "reindex"]
        ending = session.get_one(Ending, case.project_id)
        # The document ended on the day on which the new one came into force, not on the day somebody noticed.
        assert (ending.how, ending.ended_on, ending.use_instead) == (
            Stage.SUPERSEDED,
            moment.day,
            "DB31/T 12—2025",
        )


def test_a_document_that_is_not_in_force_itself_ends_later_and_holds_nothing_up(
    session: Session, moment: Moment
) -> None:
    older = published(
        session, moment, "DB31/T 12—2020", stage=Stage.PUBLISHED, effective_on=moment.day + timedelta(days=90)
    )
    newer = published(session, moment, "DB31/T 12—2025", stage=Stage.PUBLISHED, replaces="DB31/T 12—2020")
    with unit_of_work(session):
        session.query(Replacement).one().replaced_project_id = older.project_id
    do(session, newer, Action.TAKE_EFFECT, newer.authority, moment)
    assert project_of(session, older).stage is Stage.PUBLISHED
    assert project_of(session, newer).stage is Stage.IN_FORCE
    assert session.get(Ending, older.project_id) is None


def test_an_abolished_document_says_why_by_which_announcement_and_what_is_used_instead(
    session: Session, moment: Moment
) -> None:
    case = published(session, moment, "DB31/T 6—2025")
    conclude(session, case, moment, Conclusion.ABOLISH, Action.PROPOSE_ABOLITION)
    told = do(
        session,
        case,
        Action.ABOLISH,
        case.authority,
        days_later(moment, 31),
        announcement="2025年第9号",
        use_instead="GB/T 1—2025",
    )
    ending = session.get_one(Ending, case.project_id)
    assert (ending.how, ending.ended_on) == (Stage.ABOLISHED, days_later(moment, 31).day)
    assert (ending.reason, ending.announcement_number, ending.use_instead) == (
        "理由充分",
        "2025年第9号",
        "GB/T 1—2025",
    )
    assert params_of(told)["announcement_number"] == "2025年第9号"


def conclude(
    session: Session,
    case: Case,
    moment: Moment,
    conclusion: Conclusion,
    action: Action,
    *,
    keeper: int | None = None,
    **fields: Any,  # noqa: ANN401  # the fields of the act, each of its own type
) -> LifecycleEvent:
    """A periodic review from its beginning to its conclusion, in one day."""
    is_group = project_of(session, case).kind is Kind.GROUP_STANDARD
    keeper = keeper or (case.secretariat if is_group else case.authority)
    do(session, case, Action.START_REVIEW, keeper, moment, **EARLY)
    opinion = RecordOpinion(project_id=case.project_id, conclusion=conclusion, grounds="理由充分")
    act(session, record_opinion, opinion, person=keeper, moment=moment)
    return do(session, case, action, keeper, moment, **fields)


# The revision that a review orders.


@pytest.mark.parametrize("kind", [Kind.LOCAL_STANDARD, Kind.GROUP_STANDARD])
def test_a_decision_to_revise_opens_the_case_of_the_revision(session: Session, moment: Moment, kind: Kind) -> None:
    number = "DB31/T 12—2020" if kind is Kind.LOCAL_STANDARD else "T/ABCD 3—2020"
    older = published(session, moment, number, kind=kind)
    told = params_of(conclude(session, older, moment, Conclusion.REVISE, Action.ORDER_REVISION))
    old = project_of(session, older)
    review = session.scalars(select(PeriodicReview)).one()
    new = session.get_one(Project, review.successor_id)
    assert told["successor_id"] == new.id
    assert (new.stage, new.is_revision, new.replaces) == (Stage.SUGGESTED, True, number)
    for name in ("kind", "title_zh", "framework_node", "committee_id", "competent_department_id", "group_id"):
        assert getattr(new, name) == getattr(old, name), name
    units = select(ProjectUnit.name).order_by(ProjectUnit.position)
    assert (
        session.scalars(units.where(ProjectUnit.project_id == new.id)).all()
        == session.scalars(units.where(ProjectUnit.project_id == old.id)).all()
    )
    assert session.get_one(Suggestion, new.id).text == "理由充分"
    assert [row.fate for row in replaced_by_project(session, new.id)] == [Fate.ENDS]
    first = session.scalars(select(LifecycleEvent).where(LifecycleEvent.project_id == new.id)).one()
    assert (first.seq, first.action, first.from_stage) == (1, "revision_opened", None)
    assert params_of(first)["replaces"] == [number]
    assert old.stage is Stage.IN_FORCE


def test_a_revision_that_is_under_way_already_is_not_opened_a_second_time(session: Session, moment: Moment) -> None:
    older = published(session, moment, "DB31/T 12—2020")
    running = make_case(session, moment, stage=Stage.APPLIED)
    of_one_authority(session, older, running)
    name_replaced(session, running, moment, "DB31/T 12—2020")
    conclude(session, older, moment, Conclusion.REVISE, Action.ORDER_REVISION)
    assert session.scalars(select(PeriodicReview.successor_id)).one() == running.project_id
    assert len(session.scalars(select(Project.id)).all()) == 2


# Periodic reviews.


def test_a_review_before_its_time_owes_a_lawful_reason_and_what_it_rests_on(session: Session, moment: Moment) -> None:
    case = published(session, moment, "DB31/T 7—2025")
    with pytest.raises(Invalid) as told:
        do(session, case, Action.START_REVIEW, case.department, days_later(moment, 729))
    refusal = told.value.fields["early_reason"]
    assert refusal.code is ReviewListProblem.NOT_YET_DUE
    assert refusal.params == {"cycle_ends": date(2028, 6, 2), "opens_on": date(2027, 6, 2)}
    with pytest.raises(Invalid) as told:
        do(session, case, Action.START_REVIEW, case.department, moment, early_reason=EarlyReason.LAW_CHANGED)
    assert told.value.fields["early_grounds"].code is FieldProblem.REQUIRED
    assert session.scalars(select(PeriodicReview)).all() == []
    do(session, case, Action.START_REVIEW, case.department, moment, **EARLY)
    review = session.scalars(select(PeriodicReview)).one()
    assert (review.early_reason, review.early_grounds) == (EarlyReason.LAW_CHANGED, "上位法修订")


def test_a_review_in_its_time_needs_no_reason(session: Session, moment: Moment) -> None:
    case = published(session, moment, "DB31/T 7—2025")
    do(session, case, Action.START_REVIEW, case.department, days_later(moment, 730))
    assert session.scalars(select(PeriodicReview.early_reason)).one() is None


def test_one_decision_decides_on_several_documents_and_has_one_day(session: Session, moment: Moment) -> None:
    first, second = (published(session, moment, f"DB31/T {serial}—2025") for serial in (7, 8))
    of_one_authority(session, first, second)
    paper: dict[str, Any] = {"announcement": "2025年第3号", "decided_on": moment.day}
    for case in (first, second):
        told = conclude(session, case, moment, Conclusion.VALID, Action.CONFIRM, keeper=first.authority, **paper)
        assert params_of(told)["announcement"] == "2025年第3号"
    assert len(set(session.scalars(select(PeriodicReview.decision_id)).all())) == 1
    third = published(session, moment, "DB31/T 9—2025")
    of_one_authority(session, first, third)
    for fields, name, code in (
        ({"announcement": "2025年第3号", "decided_on": date(2025, 1, 1)}, "decided_on", ReviewListProblem.OTHER_DAY),
        ({"decided_on": moment.day}, "announcement", ReviewListProblem.NUMBER_NEEDED),
    ):
        with pytest.raises(Invalid) as refusal:
            conclude(session, third, moment, Conclusion.VALID, Action.CONFIRM, keeper=first.authority, **fields)
        assert refusal.value.fields[name].code is code
        do(session, third, Action.CONFIRM, first.authority, moment)


def test_a_decision_is_not_older_than_the_review_that_it_ends(session: Session, moment: Moment) -> None:
    case = published(session, moment, "DB31/T 7—2025")
    before: dict[str, Any] = {"announcement": "2025年第4号", "decided_on": moment.day - timedelta(days=1)}
    with pytest.raises(Invalid) as told:
        conclude(session, case, moment, Conclusion.VALID, Action.CONFIRM, **before)
    assert told.value.fields["decided_on"].code is FieldProblem.BEFORE_REVIEW
    do(session, case, Action.CONFIRM, case.authority, moment, announcement="2025年第4号", decided_on=moment.day)


# Citations.


def cite(session: Session, case: Case, *references: str, heading: str = "规范性引用文件") -> None:
    """Write the chapter of the normative references into the published text of a case."""
    with unit_of_work(session):
        draft_id = session.get_one(Publication, case.project_id).draft_id
        rows = (
            (1, "范围", "本文件规定了GB/T 2的要求。"),
            (1, heading, "下列文件中的内容构成本文件必不可少的条款。\n" + "\n".join(references)),
            (1, "术语和定义", "GB/T 3界定的术语适用于本文件。"),
        )
        session.add_all(
            DraftClause(
                draft_id=draft_id,
                position=place,
                kind="chapter",
                level=level,
                label=str(place),
                title=title,
                anchor=str(place),
                text=text,
            )
            for place, (level, title, text) in enumerate(rows, start=1)
        )


@pytest.mark.parametrize("heading", ["规范性引用文件", "引用文件"])
def test_the_normative_references_alone_are_citations_dated_or_not(
    session: Session, moment: Moment, heading: str
) -> None:
    case = published(session, moment, "DB31/T 6—2025", stage=Stage.PUBLISHED)
    cite(
        session,
        case,
        "GB/T 1.1—2020　标准化工作导则",
        "DB31/T 12　示例",
        "DB31／T 15-2019 示例",
        "DB31/T 6—2019 自身的旧版",
        heading=heading,
    )
    with unit_of_work(session):
        assert gather_all(session) == (1, 3)
    with unit_of_work(session):
        assert gather_all(session) == (1, 3)
    found = session.execute(select(Citation.cited_number, Citation.dated).order_by(Citation.id)).all()
    assert [tuple(row) for row in found] == [("GB/T 1.1—2020", True), ("DB31/T 12", False), ("DB31/T 15—2019", True)]


def test_whoever_cites_a_document_that_ends_gets_a_task_and_nobody_else(session: Session, moment: Moment) -> None:
    ending = published(session, moment, "DB31/T 12—2020")
    texts = {
        "dated": ("DB31/T 20—2022", Stage.IN_FORCE, "DB31/T 12—2020　示例"),
        "undated": ("DB31/T 21—2022", Stage.PUBLISHED, "DB31/T 12　示例"),
        "other edition": ("DB31/T 22—2022", Stage.IN_FORCE, "DB31/T 12—2015　示例"),
        "ended": ("DB31/T 23—2022", Stage.ABOLISHED, "DB31/T 12　示例"),
        "something else": ("DB31/T 24—2022", Stage.IN_FORCE, "DB31/T 120—2020　示例"),
    }
    cases = {}
    for name, (number, stage, reference) in texts.items():
        cases[name] = published(session, moment, number, stage=stage)
        cite(session, cases[name], reference)
    with unit_of_work(session):
        gather_all(session)
    conclude(session, ending, moment, Conclusion.ABOLISH, Action.PROPOSE_ABOLITION)
    do(session, ending, Action.ABOLISH, ending.authority, days_later(moment, 31))
    tasks = {task.project_id: task for task in session.scalars(select(CitationTask))}
    assert set(tasks) == {cases["dated"].project_id, cases["undated"].project_id}
    assert [tasks[cases[name].project_id].dated for name in ("dated", "undated")] == [True, False]
    assert {task.ended_by for task in tasks.values()} == {Stage.ABOLISHED}
    last = history(session, cases["dated"])[-1]
    assert last.action == "cited_document_ended"
    assert params_of(last) == {"cited_number": "DB31/T 12—2020", "dated": True, "ended_by": "abolished"}


def test_the_committee_settles_the_task_once_and_says_what_it_found(session: Session, moment: Moment) -> None:
    ending = published(session, moment, "DB31/T 12—2020")
    citing = published(session, moment, "DB31/T 20—2022")
    cite(session, citing, "DB31/T 12—2020　示例")
    with unit_of_work(session):
        gather_all(session)
    conclude(session, ending, moment, Conclusion.ABOLISH, Action.PROPOSE_ABOLITION)
    do(session, ending, Action.ABOLISH, ending.authority, days_later(moment, 31))
    task_id = session.scalars(select(CitationTask.id)).one()
    command = SettleCitation(task_id=task_id, outcome=CitationOutcome.NO_CHANGE, note="引用的条款仍然适用")
    with pytest.raises(NotFound):
        act(session, settle_citation, command, person=citing.stranger, moment=moment)
    with pytest.raises(Forbidden):
        act(session, settle_citation, command, person=citing.drafter, moment=moment)
    with pytest.raises(Invalid) as told:
        act(
            session,
            settle_citation,
            SettleCitation(task_id=task_id, outcome=CitationOutcome.REVISION, note=" "),
            person=citing.secretary,
            moment=moment,
        )
    assert told.value.fields["note"].code is FieldProblem.REQUIRED
    act(session, settle_citation, command, person=citing.secretary, moment=moment)
    last = history(session, citing)[-1]
    assert (last.action, last.note) == ("citation_settled", "引用的条款仍然适用")
    assert params_of(last) == {"cited_number": "DB31/T 12—2020", "citation_outcome": "no_change"}
    with pytest.raises(Invalid) as told:
        act(session, settle_citation, command, person=citing.authority, moment=moment)
    assert told.value.fields["outcome"].code is CitationProblem.ALREADY_SETTLED
