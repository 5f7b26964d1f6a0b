"""Numbers that no document bears: reserved, unusable, given up, left out; and everything at once."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, Invalid, NotFound, StandardsError
from standards_wf.models.documents import Publication
from standards_wf.models.history import AdministrationEvent, LifecycleEvent
from standards_wf.models.numbering import HeldNumber, NumberSeries
from standards_wf.models.projects import Project
from standards_wf.services.access import actor_of
from standards_wf.services.held_numbers import (
    ChangePlanNumbering,
    ChangeSeries,
    HoldNumber,
    ReleaseNumber,
    change_plan_numbering,
    change_series,
    hold_number,
    release_number,
    require_publisher,
)
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.number_problems import SeriesProblem
from standards_wf.services.people import OPERATOR
from standards_wf.services.plan_numbering import propose_plan_number
from standards_wf.services.problems import PublicationProblem
from standards_wf.services.projects import ChangeParticulars, change_particulars
from standards_wf.services.publications import PreparePublication, prepare_publication, suggest_number
from standards_wf.services.reading.numbers import SeriesShown, numbers_page, series_shown
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.plan_numbers import PatternProblem
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.series import GapReason, HeldState
from standards_wf.workflow.vocabulary import Action, Kind, MetrologyCategory, Stage
from tests.services.cases import Case, act, make_case, project_of
from tests.services.contenders import all_at_once, outcome

Sessions = sessionmaker[Session]
MANY = 8


def approved(session: Session, moment: Moment, kind: Kind = Kind.LOCAL_STANDARD, **facts: str) -> Case:
    return make_case(session, moment, kind=kind, stage=Stage.APPROVAL, **facts)  # type: ignore[arg-type]  # texts alone


def prepared(session: Session, case: Case, moment: Moment, number: str | None = None) -> str:
    clerk = case.secretariat if project_of(session, case).group_id else case.authority
    command = PreparePublication(
        project_id=case.project_id,
        number=number,
        approved_on=date(2025, 6, 2),
        published_on=date(2025, 6, 10),
        effective_on=date(2025, 10, 1),
    )
    return act(session, prepare_publication, command, person=clerk, moment=moment).number


def hold(
    session: Session,
    case: Case,
    moment: Moment,
    number: str,
    state: HeldState = HeldState.RESERVED,
    *,
    series: str = "DB31/T",
    project_id: int | None = None,
    person: int | None = None,
) -> HeldNumber:
    command = HoldNumber(series=series, number=number, reason="已答复来函", state=state, project_id=project_id)
    return act(session, hold_number, command, person=person or case.authority, moment=moment)


def refusal_of(deed: Callable[[], object], field: str = "number") -> Refusal:
    with pytest.raises(Invalid) as told:
        deed()
    return told.value.fields[field]


def shown(session: Session, case: Case, moment: Moment, series: str = "DB31/T") -> SeriesShown:
    return series_shown(session, series, actor_of(session, case.authority, moment.day))


def test_a_reserved_number_is_passed_over_until_it_is_typed_or_its_project_comes(
    session: Session, moment: Moment
) -> None:
    promised, first, second, third = (approved(session, moment) for _ in range(4))
    hold(session, first, moment, "db31t1-2030", project_id=promised.project_id)
    hold(session, first, moment, "DB31/T 3")
    assert prepared(session, first, moment) == "DB31/T 2—2025"
    assert prepared(session, second, moment) == "DB31/T 4—2025"
    taken = refusal_of(lambda: prepared(session, third, moment, "DB31/T 1"))
    assert (taken.code, taken.params["reason"]) == (PublicationProblem.RESERVED, "已答复来函")
    assert suggest_number(session, project_of(session, promised), moment) == "DB31/T 1—2025"
    assert prepared(session, promised, moment) == "DB31/T 1—2025"
    assert prepared(session, third, moment, "DB31/T 3") == "DB31/T 3—2025"
    assert session.scalars(select(HeldNumber)).all() == []
    last = session.scalars(select(LifecycleEvent.params).order_by(LifecycleEvent.id.desc())).first() or ""
    assert json.loads(last)["reserved_because"] == "已答复来函"


def test_a_number_not_to_be_used_is_given_to_nobody_until_it_is_released(session: Session, moment: Moment) -> None:
    first, second, third = (approved(session, moment) for _ in range(3))
    hold(session, first, moment, "DB31/T 1", HeldState.UNUSABLE)
    assert prepared(session, first, moment) == "DB31/T 2—2025"
    refusal = refusal_of(lambda: prepared(session, second, moment, "DB31/T 1"))
    assert refusal.code is PublicationProblem.UNUSABLE
    act(session, release_number, ReleaseNumber(series="DB31/T", serial=1), person=first.authority, moment=moment)
    assert prepared(session, second, moment) == "DB31/T 1—2025"
    assert prepared(session, third, moment) == "DB31/T 3—2025"


def test_a_reservation_ahead_of_the_count_leaves_nothing_behind_when_it_is_released(
    session: Session, moment: Moment
) -> None:
    first, second = approved(session, moment), approved(session, moment)
    hold(session, first, moment, "DB31/T 2")
    act(session, release_number, ReleaseNumber(series="DB31/T", serial=2), person=first.authority, moment=moment)
    assert session.scalars(select(HeldNumber)).all() == []
    assert [prepared(session, case, moment) for case in (first, second)] == ["DB31/T 1—2025", "DB31/T 2—2025"]


@pytest.mark.parametrize("action", [Action.REFUSE_APPROVAL, Action.TERMINATE])
def test_the_number_of_a_case_that_ends_is_free_for_the_next(session: Session, moment: Moment, action: Action) -> None:
    ending, next_one, after = (approved(session, moment) for _ in range(3))
    prepared(session, ending, moment)
    if action is Action.TERMINATE:
        with unit_of_work(session):
            session.get_one(Project, ending.project_id).stage = Stage.SUBMISSION
    command = PerformAction(project_id=ending.project_id, action=action, note="不再需要")
    event = act(session, perform, command, person=ending.authority, moment=moment)
    assert json.loads(event.params)["number_given_up"] == "DB31/T 1—2025"
    assert session.get(Publication, ending.project_id) is None
    (freed,) = shown(session, ending, moment).free
    assert (freed.serial, freed.project_id) == (1, ending.project_id)
    assert prepared(session, next_one, moment) == "DB31/T 1—2025"
    assert prepared(session, after, moment) == "DB31/T 2—2025"


def test_what_a_revision_gives_up_stays_with_the_older_document(session: Session, moment: Moment) -> None:
    revision, newcomer = approved(session, moment, replaces="DB31/T 5—2018"), approved(session, moment)
    assert prepared(session, revision, moment) == "DB31/T 5—2025"
    command = PerformAction(project_id=revision.project_id, action=Action.REFUSE_APPROVAL, note="不再需要")
    act(session, perform, command, person=revision.authority, moment=moment)
    assert session.scalars(select(HeldNumber)).all() == []
    assert prepared(session, newcomer, moment) == "DB31/T 6—2025"


def test_the_third_edition_keeps_the_serial_of_the_first_two(session: Session, moment: Moment) -> None:
    editions = [approved(session, moment, replaces=older) for older in ("", "DB31/T 5—2010", "DB31/T 5—2018")]
    for case, year in zip(editions, (2010, 2018, 2025), strict=True):
        command = PreparePublication(
            project_id=case.project_id,
            number=f"DB31/T 5—{year}",
            approved_on=date(year, 1, 1),
            published_on=date(year, 2, 1),
            effective_on=date(year, 6, 1),
        )
        act(session, prepare_publication, command, person=case.authority, moment=moment)
        with unit_of_work(session):
            session.get_one(Publication, case.project_id).published_at = moment.at
    kept = session.scalars(select(Publication.keeps_serial).order_by(Publication.project_id)).all()
    assert kept == [False, True, True]
    rival = approved(session, moment, replaces="DB31/T 5—2018")
    refusal = refusal_of(lambda: prepared(session, rival, moment, "DB31/T 5—2025"))
    assert refusal.code is PublicationProblem.TAKEN


def test_a_new_part_shares_the_serial_and_takes_the_next_part(session: Session, moment: Moment) -> None:
    whole, second, third = (approved(session, moment) for _ in range(3))
    assert prepared(session, whole, moment, "DB31/T 40.1") == "DB31/T 40.1—2025"
    for case, number in ((second, "DB31/T 40.2—2025"), (third, "DB31/T 40.3—2025")):
        change = ChangeParticulars(project_id=case.project_id, part_of="db31t40.1-2025")
        act(session, change_particulars, change, person=case.authority, moment=moment)
        assert project_of(session, case).part_of == "DB31/T 40.1—2025"
        assert prepared(session, case, moment) == number
    foreign = ChangeParticulars(project_id=third.project_id, part_of="GB/T 40")
    refusal = refusal_of(
        lambda: act(session, change_particulars, foreign, person=third.authority, moment=moment), "part_of"
    )
    assert refusal.code is SeriesProblem.NOT_OF_THIS_ISSUER


def test_a_mandatory_standard_has_a_series_of_its_own_and_others_are_none(session: Session, moment: Moment) -> None:
    mandatory, group = approved(session, moment), approved(session, moment, Kind.GROUP_STANDARD)
    change = ChangeParticulars(project_id=mandatory.project_id, is_mandatory=True)
    act(session, change_particulars, change, person=mandatory.authority, moment=moment)
    assert prepared(session, mandatory, moment) == "DB31 1—2025"
    wrong = ChangeParticulars(project_id=group.project_id, is_mandatory=True)
    refusal = refusal_of(
        lambda: act(session, change_particulars, wrong, person=group.secretariat, moment=moment), "is_mandatory"
    )
    assert refusal.code is FieldProblem.UNKNOWN_FIELD


def test_a_number_of_another_series_than_the_case_now_takes_is_not_published(session: Session, moment: Moment) -> None:
    case = approved(session, moment, Kind.METROLOGY_SPECIFICATION)
    assert prepared(session, case, moment) == "JJF(沪) 1—2025"
    change = ChangeParticulars(project_id=case.project_id, category=MetrologyCategory.VERIFICATION_REGULATION)
    act(session, change_particulars, change, person=case.authority, moment=moment)
    with unit_of_work(session):
        session.get_one(Project, case.project_id).stage = Stage.PUBLIC_NOTICE
    command = PerformAction(project_id=case.project_id, action=Action.PUBLISH)
    with pytest.raises(StandardsError) as told:
        act(session, perform, command, person=case.authority, moment=moment)
    codes = {refusal.code for refusal in getattr(told.value, "refusals", ())}
    assert RefusalCode.NUMBER_OUTSIDE_SERIES in codes
    assert prepared(session, case, moment, "JJG(沪) 1") == "JJG(沪) 1—2025"
    assert [row.serial for row in shown(session, case, moment, "JJF(沪)").free] == [1]


def test_gaps_are_listed_with_what_left_them_out(session: Session, moment: Moment) -> None:
    cases = [approved(session, moment) for _ in range(4)]
    prepared(session, cases[0], moment)
    prepared(session, cases[1], moment, "DB31/T 4")
    settings = ChangeSeries(series="DB31/T", first_serial=10, padding=1)
    act(session, change_series, settings, person=OPERATOR, moment=moment)
    assert prepared(session, cases[2], moment) == "DB31/T 10—2025"
    page = shown(session, cases[0], moment)
    assert [(gap.first, gap.last, gap.reason, gap.number) for gap in page.gaps] == [
        (2, 3, GapReason.TYPED, "DB31/T 4—2025"),
        (5, 9, GapReason.FIRST_SERIAL, "DB31/T 10—2025"),
    ]
    assert page.last_number == "DB31/T 10—2025"
    assert (page.prepared[0].number, page.prepared[0].since) == ("DB31/T 1—2025", moment.at)
    hold(session, cases[0], moment, "DB31/T 2", HeldState.UNUSABLE)
    assert (shown(session, cases[0], moment).gaps[0].first, shown(session, cases[0], moment).gaps[0].last) == (3, 3)
    assert prepared(session, cases[3], moment, "DB31/T 3") == "DB31/T 3—2025"


def test_serials_are_filled_up_where_the_series_says_so(session: Session, moment: Moment) -> None:
    case, other = (approved(session, moment, Kind.METROLOGY_SPECIFICATION) for _ in range(2))
    settings = ChangeSeries(series="JJF(沪)", first_serial=12, padding=4)
    act(session, change_series, settings, person=OPERATOR, moment=moment)
    assert prepared(session, case, moment) == "JJF(沪) 0012—2025"
    assert prepared(session, other, moment, "jjf(沪)13") == "JJF(沪) 0013—2025"
    never = ChangeSeries(series="DB31/T", first_serial=1, padding=4)
    refusal = refusal_of(lambda: act(session, change_series, never, person=OPERATOR, moment=moment), "padding")
    assert refusal.code is SeriesProblem.NEVER_PADDED


def test_only_what_is_free_and_of_the_series_is_held(session: Session, moment: Moment) -> None:
    case, group = approved(session, moment), approved(session, moment, Kind.GROUP_STANDARD)
    prepared(session, case, moment, "DB31/T 7")
    hold(session, case, moment, "DB31/T 8")
    for number, problem in (
        ("DB31/T 7", SeriesProblem.PREPARED),
        ("DB31/T 8", SeriesProblem.ALREADY_HELD),
        ("DB31 8", SeriesProblem.NOT_OF_THIS_SERIES),
        ("DB31/T 8.1", SeriesProblem.NOT_OF_THIS_SERIES),
        ("八号", SeriesProblem.NOT_OF_THIS_SERIES),
    ):
        assert refusal_of(partial(hold, session, case, moment, number)).code is problem
    with unit_of_work(session):
        session.get_one(Publication, case.project_id).published_at = moment.at
    assert refusal_of(lambda: hold(session, case, moment, "DB31/T 7")).code is SeriesProblem.BORNE
    other = refusal_of(lambda: hold(session, case, moment, "DB31/T 9", project_id=group.project_id), "project_id")
    assert other.code is SeriesProblem.OTHER_SERIES_OF_PROJECT
    nothing = ReleaseNumber(series="DB31/T", serial=9)
    refusal = refusal_of(lambda: act(session, release_number, nothing, person=case.authority, moment=moment))
    assert refusal.code is SeriesProblem.NOT_HELD
    blank = replace(HoldNumber(series="DB31/T", number="DB31/T 9", reason=" ", state=HeldState.RESERVED))
    refusal = refusal_of(lambda: act(session, hold_number, blank, person=case.authority, moment=moment), "reason")
    assert refusal.code is FieldProblem.REQUIRED


def test_who_publishes_in_a_series_holds_its_numbers_and_nobody_else(session: Session, moment: Moment) -> None:
    case, group, other = (approved(session, moment, kind) for kind in (Kind.LOCAL_STANDARD, *[Kind.GROUP_STANDARD] * 2))
    own = f"T/{group.group_code}"
    hold(session, group, moment, f"{own} 5", series=own, person=group.secretariat)
    for person, series, error in (
        (group.secretariat, "DB31/T", NotFound),
        (other.secretariat, own, NotFound),
        (case.authority, own, NotFound),
        (case.department, "DB31/T", NotFound),
        (case.stranger, "DB31/T", NotFound),
    ):
        with pytest.raises(error):
            hold(session, case, moment, f"{series} 6", series=series, person=person)
    command = HoldNumber(series="DB31/T", number="DB31/T 6", reason="x", state=HeldState.RESERVED)
    with pytest.raises(Forbidden):
        act(session, hold_number, command, person=OPERATOR, moment=moment)
    settings = ChangeSeries(series="DB31/T", first_serial=5, padding=1)
    with pytest.raises(Forbidden):
        act(session, change_series, settings, person=case.authority, moment=moment)
    assert numbers_page(session, actor_of(session, case.department, moment.day)).rows == ()
    with pytest.raises(Forbidden):
        require_publisher(session, actor_of(session, case.department, moment.day))
    seen = {row.series.code for row in numbers_page(session, actor_of(session, group.secretariat, moment.day)).rows}
    assert seen == {own}
    everything = {row.series.code for row in numbers_page(session, OPERATOR).rows}
    assert {"DB31/T", "DB31", "DB31 310", "JJF(沪)", "JJG(沪)", own} <= everything


def test_each_act_on_a_series_stands_in_the_record_of_administration(session: Session, moment: Moment) -> None:
    case = approved(session, moment)
    hold(session, case, moment, "DB31/T 5")
    act(session, release_number, ReleaseNumber(series="DB31/T", serial=5), person=case.authority, moment=moment)
    hold(session, case, moment, "DB31/T 6", HeldState.UNUSABLE)
    settings = ChangeSeries(series="DB31/T", first_serial=2, padding=1)
    act(session, change_series, settings, person=OPERATOR, moment=moment)
    rows = session.execute(
        select(AdministrationEvent.action, AdministrationEvent.subject, AdministrationEvent.actor_id)
        .where(AdministrationEvent.action.in_(("number_reserved", "number_released", "number_made_unusable", "series_changed")))
        .order_by(AdministrationEvent.seq)
    ).all()  # fmt: skip
    assert [tuple(row) for row in rows] == [
        ("number_reserved", "DB31/T 5", case.authority),
        ("number_released", "DB31/T 5", case.authority),
        ("number_made_unusable", "DB31/T 6", case.authority),
        ("series_changed", "DB31/T", None),
    ]


def test_the_plan_number_follows_the_pattern_of_the_installation(session: Session, moment: Moment) -> None:
    case = approved(session, moment)
    assert propose_plan_number(session, project_of(session, case), 2026) == "DB31-2026-001"
    own = ChangePlanNumbering(kind=Kind.LOCAL_STANDARD, pattern="沪标 {year}-{serial:2}")
    act(session, change_plan_numbering, own, person=OPERATOR, moment=moment)
    assert propose_plan_number(session, project_of(session, case), 2026) == "沪标 2026-01"
    wrong = replace(own, pattern="沪标")
    refusal = refusal_of(lambda: act(session, change_plan_numbering, wrong, person=OPERATOR, moment=moment), "pattern")
    assert refusal.code is PatternProblem.WITHOUT_SERIAL
    act(session, change_plan_numbering, replace(own, pattern=""), person=OPERATOR, moment=moment)
    assert propose_plan_number(session, project_of(session, case), 2026) == "DB31-2026-001"


def test_a_serial_is_new_once_whatever_the_services_do(session: Session, moment: Moment) -> None:
    first, second = approved(session, moment), approved(session, moment)
    prepared(session, first, moment)
    prepared(session, second, moment)
    session.get_one(Publication, second.project_id).serial = "1"
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_preparing_reserving_releasing_and_ending_at_once_lose_no_serial(
    session: Session, session_factory: Sessions, moment: Moment
) -> None:
    cases = [approved(session, moment) for _ in range(MANY)]
    ending = [approved(session, moment) for _ in range(2)]
    revision = approved(session, moment, replaces="DB31/T 1—2019")
    hold(session, cases[0], moment, "DB31/T 1", HeldState.RESERVED, project_id=revision.project_id)
    for case in ending:
        prepared(session, case, moment)
    hold(session, cases[0], moment, "DB31/T 4", HeldState.UNUSABLE)
    session.rollback()

    def prepare(case: Case) -> str:
        with session_factory() as own:
            return prepared(own, case, moment)

    def reserve(number: str) -> str:
        with session_factory() as own:
            hold(own, cases[0], moment, number)
        return number

    def release() -> str:
        with session_factory() as own:
            command = ReleaseNumber(series="DB31/T", serial=4)
            act(own, release_number, command, person=cases[0].authority, moment=moment)
        return "released"

    def end(case: Case) -> str:
        command = PerformAction(project_id=case.project_id, action=Action.REFUSE_APPROVAL, note="不再需要")
        with session_factory() as own:
            act(own, perform, command, person=case.authority, moment=moment)
        return "ended"

    deeds: list[Callable[[], str]] = [
        *(partial(prepare, case) for case in (*cases, revision)),
        *(partial(end, case) for case in ending),
        partial(reserve, "DB31/T 900"),
        partial(reserve, "DB31/T 901"),
        release,
    ]
    answers = all_at_once([partial(outcome, deed) for deed in deeds])
    session.rollback()
    assert answers[MANY] == "DB31/T 1—2025"
    given = [answer for answer in answers[:MANY] if isinstance(answer, str)]
    assert len(set(given)) == MANY
    page = shown(session, cases[0], moment)
    assert {row.number for row in page.prepared} == {*given, "DB31/T 1—2025"}
    borne = {int(row.number.partition("—")[0].removeprefix("DB31/T ")) for row in page.prepared}
    last = session.scalars(select(NumberSeries.last_serial)).one()
    assert borne | {row.serial for row in page.held if row.serial < 900} == set(range(1, last + 1))
    assert page.gaps == ()
    assert [row.serial for row in page.reserved] == [900, 901]
