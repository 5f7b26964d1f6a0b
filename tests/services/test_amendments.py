"""Amendment sheets and corrections: drawn up, published, and never changed again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, Forbidden, Invalid, NotFound
from standards_wf.models.amendments import AmendedClause, Amendment
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.outbox import OutboxRow
from standards_wf.services.amendments import (
    ClauseChange,
    DiscardAmendment,
    PrepareAmendment,
    PublishAmendment,
    discard_amendment,
    prepare_amendment,
    publish_amendment,
)
from standards_wf.services.long_life_problems import AmendmentProblem
from standards_wf.services.reading.amendments import amendments_of
from standards_wf.workflow.vocabulary import AmendmentKind, Stage
from tests.services.cases import Case, act, make_case, project_of
from tests.services.doing import everything, params_of
from tests.services.situations import published

CHANGES = (
    ClauseChange(clause="4.2", was="不应大于30 m。", now="不宜大于50 m。"),
    ClauseChange(clause="附录B", was="B.1 表格"),
)


def sheet(case: Case, **changed: object) -> PrepareAmendment:
    command = PrepareAmendment(
        project_id=case.project_id, kind=AmendmentKind.AMENDMENT, reason="机位布置改变。", changes=CHANGES
    )
    return replace(command, **changed)  # type: ignore[arg-type]  # each of its own type


def publication(case: Case, amendment_id: int, moment: Moment, days: int = 30) -> PublishAmendment:
    return PublishAmendment(
        project_id=case.project_id,
        amendment_id=amendment_id,
        published_on=moment.day,
        effective_on=moment.day + timedelta(days=days),
        announcement_number="2025年第30号",
    )


def test_each_document_counts_its_sheets_and_its_corrections_apart(session: Session, moment: Moment) -> None:
    first, second = (published(session, moment, f"DB31/T {serial}—2024") for serial in (6, 7))
    numbers = []
    for case, kind in (
        (first, AmendmentKind.AMENDMENT),
        (first, AmendmentKind.CORRECTION),
        (first, AmendmentKind.AMENDMENT),
        (second, AmendmentKind.AMENDMENT),
    ):
        made = act(session, prepare_amendment, sheet(case, kind=kind), person=case.secretary, moment=moment)
        assert made.number is None
        told = act(session, publish_amendment, publication(case, made.id, moment), person=case.authority, moment=moment)
        numbers.append(told.number)
    assert numbers == [1, 1, 2, 1]
    shown = amendments_of(session, first.project_id, published_only=True)
    assert [(each.kind, each.number) for each in shown] == [
        (AmendmentKind.AMENDMENT, 2),
        (AmendmentKind.CORRECTION, 1),
        (AmendmentKind.AMENDMENT, 1),
    ]
    assert [(each.clause, each.was, each.now) for each in shown[0].changes] == [
        ("4.2", "不应大于30 m。", "不宜大于50 m。"),
        ("附录B", "B.1 表格", ""),
    ]


def test_the_history_keeps_the_hash_of_what_it_says_and_the_index_is_told(session: Session, moment: Moment) -> None:
    case = published(session, moment, "DB31/T 6—2024")
    made = act(session, prepare_amendment, sheet(case), person=case.department, moment=moment)
    act(session, publish_amendment, publication(case, made.id, moment), person=case.authority, moment=moment)
    last = session.scalars(select(LifecycleEvent).order_by(LifecycleEvent.id.desc())).first()
    assert last is not None
    told = params_of(last)
    assert (told["amendment"], told["amendment_kind"], len(str(told["text"]))) == (1, "amendment", 64)
    effects = session.scalars(select(OutboxRow.effect).where(OutboxRow.event_seq == last.seq)).all()
    assert sorted(effects) == ["notify", "reindex"]


def test_what_is_drawn_up_can_be_drawn_up_again_or_given_up_until_it_is_published(
    session: Session, moment: Moment
) -> None:
    case = published(session, moment, "DB31/T 6—2024")
    made = act(session, prepare_amendment, sheet(case), person=case.secretary, moment=moment)
    again = sheet(case, amendment_id=made.id, kind=AmendmentKind.CORRECTION, changes=CHANGES[:1], reason="")
    act(session, prepare_amendment, again, person=case.secretary, moment=moment)
    assert session.scalars(select(AmendedClause.clause)).all() == ["4.2"]
    discard = DiscardAmendment(project_id=case.project_id, amendment_id=made.id)
    act(session, discard_amendment, discard, person=case.secretary, moment=moment)
    assert not session.scalars(select(Amendment)).all()
    assert not session.scalars(select(AmendedClause)).all()
    other = act(session, prepare_amendment, sheet(case), person=case.secretary, moment=moment)
    act(session, publish_amendment, publication(case, other.id, moment), person=case.authority, moment=moment)
    for service, command in (
        (prepare_amendment, sheet(case, amendment_id=other.id)),
        (discard_amendment, DiscardAmendment(project_id=case.project_id, amendment_id=other.id)),
        (publish_amendment, publication(case, other.id, moment)),
    ):
        with pytest.raises(Invalid) as told:
            act(session, service, command, person=case.authority, moment=moment)
        assert told.value.fields["amendment"].code is AmendmentProblem.ALREADY_PUBLISHED


def test_only_a_document_that_lives_is_amended_and_only_by_those_who_keep_it(session: Session, moment: Moment) -> None:
    case = published(session, moment, "DB31/T 6—2024")
    with pytest.raises(Forbidden):
        act(session, prepare_amendment, sheet(case), person=case.drafter, moment=moment)
    with pytest.raises(NotFound):
        act(session, prepare_amendment, sheet(case), person=case.stranger, moment=moment)
    made = act(session, prepare_amendment, sheet(case), person=case.secretary, moment=moment)
    with pytest.raises(Forbidden):
        act(session, publish_amendment, publication(case, made.id, moment), person=case.secretary, moment=moment)
    other = published(session, moment, "DB31/T 7—2024")
    with pytest.raises(NotFound):
        act(session, publish_amendment, publication(other, made.id, moment), person=other.authority, moment=moment)
    for stage in (Stage.DRAFTING, Stage.ABOLISHED):
        without = make_case(session, moment, stage=stage)
        with pytest.raises(Invalid) as told:
            act(session, prepare_amendment, sheet(without), person=without.secretary, moment=moment)
        assert told.value.fields["amendment"].code is AmendmentProblem.NO_DOCUMENT


@pytest.mark.parametrize(
    "changes",
    [
        (),
        (ClauseChange(clause=" ", was=" ", now=""),),
        (ClauseChange(clause="4.2", was="一样", now="一样 "),),
        (ClauseChange(clause="", was="原文", now="改后"),),
    ],
)
def test_a_sheet_that_changes_nothing_is_refused_and_leaves_nothing(
    session: Session, moment: Moment, changes: tuple[ClauseChange, ...]
) -> None:
    case = published(session, moment, "DB31/T 6—2024")
    before = everything(session)
    with pytest.raises(Invalid) as told:
        act(session, prepare_amendment, sheet(case, changes=changes), person=case.secretary, moment=moment)
    assert told.value.fields["changes"].code is AmendmentProblem.NOTHING_CHANGES
    assert everything(session) == before


def test_it_does_not_count_before_it_is_published_and_a_stale_page_is_told(session: Session, moment: Moment) -> None:
    case = published(session, moment, "DB31/T 6—2024")
    made = act(session, prepare_amendment, sheet(case), person=case.secretary, moment=moment)
    early = publication(case, made.id, moment, days=-1)
    with pytest.raises(Invalid) as told:
        act(session, publish_amendment, early, person=case.authority, moment=moment)
    assert told.value.fields["effective_on"].code is AmendmentProblem.OUT_OF_ORDER
    seen = project_of(session, case).version - 1
    stale = replace(publication(case, made.id, moment), expected_version=seen)
    with pytest.raises(EditConflict):
        act(session, publish_amendment, stale, person=case.authority, moment=moment)
    same_day = publication(case, made.id, moment, days=0)
    assert act(session, publish_amendment, same_day, person=case.authority, moment=moment).number == 1
