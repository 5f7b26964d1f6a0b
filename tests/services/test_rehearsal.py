"""What an act would do is said by doing it and taking it back: true to the act, and without a trace."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, Invalid, NotFound
from standards_wf.models.base import Base
from standards_wf.models.documents import Notice, NoticeKind, Replacement
from standards_wf.models.outbox import Notification
from standards_wf.services.access import actor_of
from standards_wf.services.holders import Holder
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.notifying import write_notifications
from standards_wf.services.papers import planned_paper
from standards_wf.services.people import OPERATOR
from standards_wf.services.rehearsal import Rehearsal, rehearse
from standards_wf.services.rehearsal_sentences import helped_by, leads_to, other_case_in_words
from standards_wf.services.remedies import REMEDIES, Asked, Place, remedy_of
from standards_wf.services.two_persons import ChangeTwoPersonRule, change_two_person_rule
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.deadlines import Due
from standards_wf.workflow.facts import SYSTEM_ACTOR, Actor
from standards_wf.workflow.fields import ActFields, FieldProblem
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.refusals import MET_BY_THE_FORM, Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Action, Kind, Paper, Role, Stage
from tests.services.cases import Case, make_case, project_of
from tests.services.situations import in_consultation, name_drafter, published
from tests.support.scene import Scene


def suggested(session: Session, scene: Scene, moment: Moment, kind: Kind = Kind.LOCAL_STANDARD) -> int:
    with unit_of_work(session):
        return scene.file_suggestion(session, kind, moment=moment).id


def rehearsed(session: Session, scene: Scene, login: str, command: PerformAction, moment: Moment) -> Rehearsal:
    actor = scene.actor(session, login, moment)
    return rehearse(session, command, actor=actor, moment=moment)


def everything(session: Session) -> dict[str, Sequence[object]]:
    """Every row of every table."""
    session.rollback()
    return {
        table.name: session.execute(select(table).order_by(*table.primary_key.columns)).all()
        for table in Base.metadata.sorted_tables
    }


def names(holders: tuple[Holder, ...]) -> list[str]:
    return [holder.name for holder in holders]


def test_an_act_that_is_possible_is_told_with_its_end_and_whoever_hears_of_it(
    session: Session, scene: Scene, moment: Moment
) -> None:
    command = PerformAction(project_id=suggested(session, scene, moment), action=Action.DECLINE, note="已有同类标准。")
    told = rehearsed(session, scene, "department", command, moment)
    assert (told.allowed, told.from_stage, told.to_stage) == (True, Stage.SUGGESTED, Stage.REJECTED)
    assert told.obstacles == ()
    with unit_of_work(session):
        event = perform(session, command, actor=scene.actor(session, "department", moment), moment=moment)
    with unit_of_work(session):
        write_notifications(session, command.project_id, event.seq, moment=moment)
    written = select(Notification.person_id, Notification.channel).where(Notification.event_seq == event.seq)
    assert {(one.person_id, way) for one in told.recipients for way in one.channels} == set(session.execute(written))
    assert "市民" in [one.name for one in told.recipients]


def test_nothing_of_a_rehearsal_remains(session: Session, scene: Scene, moment: Moment) -> None:
    project_id = suggested(session, scene, moment)
    before = everything(session)
    for login in ("department", "citizen"):
        for action in (Action.DECLINE, Action.APPLY, Action.WITHDRAW):
            command = PerformAction(project_id=project_id, action=action, note="理由", expected_version=1)
            told = rehearsed(session, scene, login, command, moment)
            assert told.version == 1
    assert everything(session) == before


def test_a_refused_act_tells_each_reason_with_its_place_and_whoever_can_mend_it(
    session: Session, scene: Scene, moment: Moment
) -> None:
    command = PerformAction(project_id=suggested(session, scene, moment), action=Action.APPLY)
    told = rehearsed(session, scene, "citizen", command, moment)
    assert not told.allowed
    assert told.to_stage is Stage.APPLIED
    found = {each.refusal.code: each for each in told.obstacles}
    assert list(found) == [
        RefusalCode.ROLE_REQUIRED,
        RefusalCode.APPLICATION_INCOMPLETE,
        RefusalCode.APPLICANT_NOT_ENTITLED,
    ]
    assert names(found[RefusalCode.ROLE_REQUIRED].holders) == ["行业主管部门经办人"]
    assert found[RefusalCode.ROLE_REQUIRED].holders[0].body == "示例市生态环境局"
    missing = found[RefusalCode.APPLICATION_INCOMPLETE]
    assert missing.place is Place.APPLICATION
    assert Role.GROUP_SECRETARIAT not in missing.roles  # the case has no association
    assert {"市民", "委员会秘书", "主管机关经办人"} <= set(names(missing.holders))
    assert "建议提出人 市民" in helped_by(missing)


def test_who_is_in_conflict_is_not_named_among_those_who_can_do_it(session: Session, moment: Moment) -> None:
    case = make_case(session, moment, stage=Stage.APPROVAL)
    name_drafter(session, case, case.authority)
    actor = actor_of(session, case.authority, moment.day)
    command = PerformAction(project_id=case.project_id, action=Action.REFUSE_APPROVAL, note="不予批准")
    told = rehearse(session, command, actor=actor, moment=moment)
    (conflict,) = (each for each in told.obstacles if each.refusal.code is RefusalCode.OWN_DRAFT)
    assert conflict.roles == (Role.AUTHORITY,)
    assert case.authority not in {one.person_id for one in conflict.holders}


def test_what_only_time_mends_is_told_with_the_day(session: Session, moment: Moment) -> None:
    case = in_consultation(session, moment, days=30)
    command = PerformAction(project_id=case.project_id, action=Action.CLOSE_CONSULTATION)
    told = rehearse(session, command, actor=_secretary(session, case, moment), moment=moment)
    (reason,) = told.obstacles
    assert (reason.roles, reason.holders, reason.place) == ((), (), Place.COMMENTS)
    assert reason.from_day == moment.day + timedelta(days=31)
    assert "2025年7月3日起" in helped_by(reason)
    later = Moment(moment.at + timedelta(days=31), moment.day + timedelta(days=31))
    assert rehearse(session, command, actor=_secretary(session, case, moment), moment=later).allowed


def test_deadlines_that_end_and_begin_are_told(session: Session, moment: Moment) -> None:
    case = in_consultation(session, moment, days=30)
    moved = moment.day + timedelta(days=45)
    command = PerformAction(
        project_id=case.project_id,
        action=Action.EXTEND_CONSULTATION,
        note="需要更多时间",
        fields=ActFields(closes_on=moved),
    )
    told = rehearse(session, command, actor=_secretary(session, case, moment), moment=moment)
    assert told.to_stage is Stage.CONSULTATION
    assert [(each.due, each.on) for each in told.begins] == [(Due.CONSULTATION_CLOSES, moved)]
    assert [(each.due, each.on) for each in told.ends] == [(Due.CONSULTATION_CLOSES, moment.day + timedelta(days=30))]


def test_a_document_that_comes_into_force_is_told_together_with_the_one_that_it_ends(
    session: Session, moment: Moment
) -> None:
    old = published(session, moment, "DB31/T 1—2020")
    new = published(session, moment, "DB31/T 1—2025", stage=Stage.PUBLISHED, replaces="DB31/T 1—2020")
    with unit_of_work(session):
        replaced = session.scalars(select(Replacement).where(Replacement.project_id == new.project_id)).one()
        replaced.replaced_project_id = old.project_id
    before = everything(session)
    command = PerformAction(project_id=new.project_id, action=Action.TAKE_EFFECT)
    told = rehearse(session, command, actor=SYSTEM_ACTOR, moment=moment)
    assert [(each.project_id, each.happened, each.to_stage) for each in told.others] == [
        (old.project_id, Action.SUPERSEDE, Stage.SUPERSEDED)
    ]
    assert "goes on to" not in other_case_in_words(told.others[0])
    assert "被代替" in other_case_in_words(told.others[0])
    assert everything(session) == before


def test_an_act_for_two_persons_is_told_as_prepared(session: Session, moment: Moment) -> None:
    case = published(session, moment, "DB31/T 2—2025", stage=Stage.ABOLITION_NOTICE)
    with unit_of_work(session):
        session.add(
            Notice(
                project_id=case.project_id,
                kind=NoticeKind.BEFORE_ABOLITION,
                opened_on=moment.day - timedelta(days=60),
                ends_on=moment.day - timedelta(days=30),
            )
        )
        command = ChangeTwoPersonRule(acts=frozenset({Action.ABOLISH.value}), days=7)
        change_two_person_rule(session, command, actor=OPERATOR, moment=moment)
    act = PerformAction(project_id=case.project_id, action=Action.ABOLISH)
    told = rehearse(session, act, actor=actor_of(session, case.authority, moment.day), moment=moment)
    assert (told.allowed, told.is_prepared, told.to_stage) == (True, True, Stage.ABOLITION_NOTICE)
    assert "两人" in leads_to(told)


def test_a_paper_that_would_lack_something_is_told_with_what_it_lacks(session: Session, moment: Moment) -> None:
    case = make_case(session, moment, stage=Stage.REVIEW)  # of which no minutes were recorded
    with unit_of_work(session):
        project = project_of(session, case)
        planned = planned_paper(session, project, Paper.REVIEW_MINUTES, moment=moment)
    assert "conclusion" in planned.lacks
    assert planned.filename.endswith("审查会议纪要.docx")


def test_values_that_cannot_be_accepted_are_refused_as_the_act_refuses_them(
    session: Session, scene: Scene, moment: Moment
) -> None:
    command = PerformAction(project_id=suggested(session, scene, moment), action=Action.DECLINE, note="x" * 20_000)
    with pytest.raises(Invalid) as told:
        rehearsed(session, scene, "department", command, moment)
    assert told.value.fields["note"].code is FieldProblem.TOO_LONG


def test_an_older_version_and_a_stranger_are_refused_as_by_the_act(
    session: Session, scene: Scene, moment: Moment
) -> None:
    project_id = suggested(session, scene, moment)
    stale = PerformAction(project_id=project_id, action=Action.DECLINE, note="x", expected_version=7)
    with pytest.raises(EditConflict):
        rehearsed(session, scene, "department", stale, moment)
    with pytest.raises(NotFound):
        rehearsed(session, scene, "stranger", PerformAction(project_id=project_id, action=Action.DECLINE), moment)


def test_an_act_that_the_procedure_does_not_know_here_leads_nowhere(
    session: Session, scene: Scene, moment: Moment
) -> None:
    command = PerformAction(project_id=suggested(session, scene, moment), action=Action.PUBLISH)
    told = rehearsed(session, scene, "clerk", command, moment)
    assert (told.allowed, told.to_stage) == (False, None)
    assert [(each.refusal.code, each.roles) for each in told.obstacles] == [(RefusalCode.NOT_FROM_THIS_STAGE, ())]


def test_every_code_has_a_remedy_and_what_the_form_asks_for_is_mended_there() -> None:
    assert set(REMEDIES) == set(RefusalCode)
    for code in MET_BY_THE_FORM - {RefusalCode.PLAN_ENTRY_INCOMPLETE}:
        for kind, table in PROCEDURES.items():
            for row in table.rows:
                assert remedy_of(Asked(kind, row.source, row, Refusal(code))).place is Place.FORM


@pytest.mark.parametrize(
    ("fields", "place"),
    [(("plan_number",), Place.FORM), (("plan_number", "drafting_units"), Place.APPLICATION)],
)
def test_what_a_plan_entry_lacks_is_typed_with_the_act_or_stands_in_the_application(
    fields: tuple[str, ...], place: Place
) -> None:
    row = PROCEDURES[Kind.LOCAL_STANDARD].row(Stage.APPRAISAL, Action.APPROVE_PROJECT)
    refusal = Refusal(RefusalCode.PLAN_ENTRY_INCOMPLETE, fields=fields)
    assert remedy_of(Asked(Kind.LOCAL_STANDARD, Stage.APPRAISAL, row, refusal)).place is place


@pytest.mark.parametrize(
    ("stage", "place", "answers"),
    [(Stage.SUBMISSION, Place.REVIEW, Role.DRAFTER), (Stage.ABOLITION_NOTICE, Place.LIFE, Role.AUTHORITY)],
)
def test_objections_are_answered_where_they_were_made(stage: Stage, place: Place, answers: Role) -> None:
    found = remedy_of(Asked(Kind.LOCAL_STANDARD, stage, None, Refusal(RefusalCode.OBJECTIONS_UNANSWERED, open=1)))
    assert found.place is place
    assert answers in found.roles


@pytest.mark.parametrize(
    ("papers", "roles"),
    [
        ((Paper.REVIEW_MINUTES,), {Role.COMMITTEE_SECRETARY, Role.GROUP_SECRETARIAT, Role.AUTHORITY}),
        ((Paper.REVIEW_MINUTES, Paper.TEST_REPORT), {Role.DRAFTER, Role.COMMITTEE_SECRETARY}),
    ],
)
def test_a_missing_paper_is_brought_by_whoever_may_bring_it(papers: tuple[Paper, ...], roles: set[Role]) -> None:
    refusal = Refusal(RefusalCode.PACKAGE_INCOMPLETE, papers=papers)
    assert roles <= set(remedy_of(Asked(Kind.LOCAL_STANDARD, Stage.SUBMISSION, None, refusal)).roles)


def _secretary(session: Session, case: Case, moment: Moment) -> Actor:
    return actor_of(session, case.secretary, moment.day)
