"""Numbers out of their series, and the dates of a publication."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, Forbidden, Invalid, NotFound
from standards_wf.models.documents import Publication
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.joint import JointPartner
from standards_wf.models.numbering import HeldNumber, NumberSeries
from standards_wf.services.problems import PublicationProblem
from standards_wf.services.publications import PreparePublication, prepare_publication, suggest_number
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.refusals import RefusalCode
from standards_wf.workflow.series import HeldState
from standards_wf.workflow.vocabulary import Kind, MetrologyCategory, Province, Stage
from tests.services.cases import Case, act, make_case, project_of


def approved(
    session: Session,
    moment: Moment,
    kind: Kind = Kind.LOCAL_STANDARD,
    *,
    category: MetrologyCategory | None = None,
    replaces: str = "",
    group_code: str | None = None,
) -> Case:
    return make_case(
        session, moment, kind=kind, category=category, replaces=replaces, group_code=group_code, stage=Stage.APPROVAL
    )


def make_joint(session: Session, case: Case) -> None:
    """The authorities of the delta are partners of this case."""
    with unit_of_work(session):
        session.add(JointPartner(project_id=case.project_id, province=Province.JIANGSU, authority="示例局"))


def preparation(case: Case, number: str | None = None) -> PreparePublication:
    return PreparePublication(
        project_id=case.project_id,
        number=number,
        approved_on=date(2025, 6, 2),
        published_on=date(2025, 6, 10),
        effective_on=date(2025, 10, 1),
    )


def prepared(session: Session, case: Case, moment: Moment, number: str | None = None) -> str:
    clerk = case.secretariat if project_of(session, case).kind is Kind.GROUP_STANDARD else case.authority
    return act(session, prepare_publication, preparation(case, number), person=clerk, moment=moment).number


def refused(session: Session, case: Case, moment: Moment, number: str | None) -> PublicationProblem:
    with pytest.raises(Invalid) as told:
        prepared(session, case, moment, number)
    code = told.value.fields["number"].code
    assert isinstance(code, PublicationProblem)
    return code


def test_a_new_document_takes_the_next_number_of_its_series(session: Session, moment: Moment) -> None:
    first, second = approved(session, moment), approved(session, moment)
    assert suggest_number(session, project_of(session, first), moment) == "DB31/T 1—2025"
    assert prepared(session, first, moment, "db31t1511-2025") == "DB31/T 1511—2025"
    assert suggest_number(session, project_of(session, second), moment) == "DB31/T 1512—2025"
    assert prepared(session, second, moment) == "DB31/T 1512—2025"


@pytest.mark.parametrize(
    ("category", "number"),
    [
        (MetrologyCategory.CALIBRATION_SPECIFICATION, "JJF(沪) 1—2025"),
        (MetrologyCategory.VERIFICATION_REGULATION, "JJG(沪) 1—2025"),
    ],
)
def test_metrology_specifications_have_a_series_for_each_of_two_prefixes(
    session: Session, moment: Moment, category: MetrologyCategory, number: str
) -> None:
    read = number.replace(" ", "")
    case = approved(session, moment, Kind.METROLOGY_SPECIFICATION, category=category)
    assert prepared(session, case, moment).replace(" ", "") == read


def test_each_association_has_a_series_of_its_own(session: Session, moment: Moment) -> None:
    first = approved(session, moment, Kind.GROUP_STANDARD)
    same = approved(session, moment, Kind.GROUP_STANDARD, group_code=first.group_code)
    other = approved(session, moment, Kind.GROUP_STANDARD)
    assert prepared(session, first, moment) == f"T/{first.group_code} 1—2025"
    assert prepared(session, other, moment) == f"T/{other.group_code} 1—2025"
    assert suggest_number(session, project_of(session, same), moment) == f"T/{first.group_code} 2—2025"
    assert refused(session, other, moment, f"T/{first.group_code} 9—2025") is PublicationProblem.OUTSIDE_THE_SERIES


def test_a_revision_keeps_the_serial_of_the_replaced_document_and_takes_the_new_year(
    session: Session, moment: Moment
) -> None:
    old = approved(session, moment)
    command = replace(preparation(old, "DB31/T 387.2—2018"), published_on=date(2018, 5, 1))
    act(session, prepare_publication, command, person=old.authority, moment=moment)
    revision = approved(session, moment, replaces="DB31/T 387.2—2018")
    assert suggest_number(session, project_of(session, revision), moment) == "DB31/T 387.2—2025"
    assert prepared(session, revision, moment) == "DB31/T 387.2—2025"
    newcomer = approved(session, moment)
    assert refused(session, newcomer, moment, "DB31/T 387.2—2025") is PublicationProblem.TAKEN
    assert prepared(session, newcomer, moment) == "DB31/T 388—2025"


def test_the_number_of_the_replaced_document_itself_is_refused(session: Session, moment: Moment) -> None:
    revision = approved(session, moment, replaces="DB31/T 12—2025")
    assert refused(session, revision, moment, "DB31/T 12—2025") is PublicationProblem.SAME_AS_REPLACED
    assert prepared(session, revision, moment) == "DB31/T 1—2025"


def test_a_mandatory_standard_keeps_its_number_without_t_when_it_is_revised(session: Session, moment: Moment) -> None:
    assert prepared(session, approved(session, moment, replaces="DB31 387—2018"), moment) == "DB31 387—2025"
    newcomer = approved(session, moment)
    assert refused(session, newcomer, moment, "DB31 388—2025") is PublicationProblem.OUTSIDE_THE_SERIES


def test_a_national_document_that_is_replaced_lends_its_number_to_nobody(session: Session, moment: Moment) -> None:
    case = approved(session, moment, replaces="GB/T 13234—2018")
    assert suggest_number(session, project_of(session, case), moment) == "DB31/T 1—2025"
    assert refused(session, case, moment, "GB/T 13234—2025") is PublicationProblem.OUTSIDE_THE_SERIES


def test_a_number_is_of_its_series_and_its_year_and_can_be_read(session: Session, moment: Moment) -> None:
    case = approved(session, moment)
    assert refused(session, case, moment, "第一号") is PublicationProblem.NOT_A_NUMBER
    assert refused(session, case, moment, "DB32/T 5—2025") is PublicationProblem.OUTSIDE_THE_SERIES
    assert refused(session, case, moment, "DB31/T 5—2024") is PublicationProblem.OTHER_YEAR
    assert session.scalars(select(Publication)).all() == []
    assert prepared(session, case, moment, "ＤＢ３１／Ｔ 5") == "DB31/T 5—2025"


def test_a_number_that_is_taken_is_refused_with_who_has_it(session: Session, moment: Moment) -> None:
    first, second = approved(session, moment), approved(session, moment)
    prepared(session, first, moment, "DB31/T 7—2025")
    with pytest.raises(Invalid) as told:
        prepared(session, second, moment, "DB31/T 0007—2025")
    refusal = told.value.fields["number"]
    assert refusal.code is PublicationProblem.TAKEN
    assert refusal.params["holder"] == "DB31/T 7—2025"
    assert refusal.params["title"] == project_of(session, first).title_zh


def test_a_joint_number_of_the_delta_is_taken_and_does_not_move_the_series(session: Session, moment: Moment) -> None:
    joint, newcomer = approved(session, moment), approved(session, moment)
    assert refused(session, joint, moment, "DB31/T 310012—2025") is PublicationProblem.OUTSIDE_THE_SERIES
    make_joint(session, joint)
    assert suggest_number(session, project_of(session, joint), moment) == "DB31/T 310001—2025"
    assert prepared(session, joint, moment, "DB31/T 310012—2025") == "DB31/T 310012—2025"
    assert prepared(session, newcomer, moment) == "DB31/T 1—2025"


def test_a_series_that_has_come_to_its_end_asks_for_a_typed_number(session: Session, moment: Moment) -> None:
    prepared(session, approved(session, moment), moment, "DB31/T 9999—2025")
    newcomer = approved(session, moment)
    assert refused(session, newcomer, moment, None) is PublicationProblem.SERIES_EXHAUSTED
    assert prepared(session, newcomer, moment, "DB31/T 77—2025") == "DB31/T 77—2025"


def test_numbers_present_before_the_series_was_counted_are_not_given_again(session: Session, moment: Moment) -> None:
    imported, newcomer = approved(session, moment), approved(session, moment)
    prepared(session, imported, moment, "DB31/T 40.3—2025")
    with unit_of_work(session):
        session.delete(session.get_one(NumberSeries, "DB31/T"))
    assert prepared(session, newcomer, moment) == "DB31/T 41—2025"


def test_prepared_again_a_document_keeps_its_number_and_takes_the_year_of_the_new_date(
    session: Session, moment: Moment
) -> None:
    case = approved(session, moment)
    prepared(session, case, moment)
    seen = project_of(session, case).version
    again = replace(
        preparation(case),
        expected_version=seen,
        published_on=date(2026, 1, 5),
        gap_reason=" 配合年度计划 ",
        announcement_number="2026年第1号",
    )
    publication = act(session, prepare_publication, again, person=case.authority, moment=moment)
    assert (publication.number, publication.slug) == ("DB31/T 1—2026", "DB31-T-1-2026")
    assert (publication.gap_reason, publication.announcement_number) == ("配合年度计划", "2026年第1号")
    event = session.scalars(select(LifecycleEvent.params).order_by(LifecycleEvent.id.desc())).first()
    assert event is not None
    assert '"before":"DB31/T 1—2025"' in event
    with pytest.raises(EditConflict):
        act(session, prepare_publication, again, person=case.authority, moment=moment)


def test_a_number_that_is_changed_is_free_again_and_goes_to_the_next_document(session: Session, moment: Moment) -> None:
    case, newcomer, another = (approved(session, moment) for _ in range(3))
    prepared(session, case, moment)
    prepared(session, case, moment, "DB31/T 9—2025")
    assert session.scalars(select(Publication.number)).all() == ["DB31/T 9—2025"]
    freed = session.scalars(select(HeldNumber)).one()
    assert (freed.serial, freed.state, freed.project_id) == (1, HeldState.FREE, case.project_id)
    assert prepared(session, newcomer, moment) == "DB31/T 1—2025"
    assert session.scalars(select(HeldNumber)).all() == []
    assert prepared(session, another, moment) == "DB31/T 10—2025"


def test_the_authority_numbers_and_the_secretariat_numbers_group_standards(session: Session, moment: Moment) -> None:
    local, group = approved(session, moment), approved(session, moment, Kind.GROUP_STANDARD)
    for person in (local.department, local.secretary, local.chair):
        with pytest.raises(Forbidden):
            act(session, prepare_publication, preparation(local), person=person, moment=moment)
    for case, person in ((local, local.stranger), (local, local.secretariat), (group, group.authority)):
        with pytest.raises(NotFound):
            act(session, prepare_publication, preparation(case), person=person, moment=moment)


def test_nothing_is_prepared_before_the_submission_or_after_publication(session: Session, moment: Moment) -> None:
    early = make_case(session, moment, stage=Stage.RESOLUTION)
    with pytest.raises(Forbidden) as not_yet:
        prepared(session, early, moment)
    assert not_yet.value.reason.code is RefusalCode.NOT_FROM_THIS_STAGE
    case = approved(session, moment)
    prepared(session, case, moment)
    with unit_of_work(session):
        session.get_one(Publication, case.project_id).published_at = moment.at
    with pytest.raises(Invalid) as told:
        prepared(session, case, moment)
    assert told.value.fields["publication"].code is PublicationProblem.ALREADY_PUBLISHED


def test_texts_that_are_too_long_or_no_text_are_told_by_field(session: Session, moment: Moment) -> None:
    case = approved(session, moment)
    command = replace(preparation(case, "9" * 201), gap_reason="x\x00", announcement_number="x" * 201)
    with pytest.raises(Invalid) as told:
        act(session, prepare_publication, command, person=case.authority, moment=moment)
    assert {name: refusal.code for name, refusal in told.value.fields.items()} == {
        "number": FieldProblem.TOO_LONG,
        "gap_reason": FieldProblem.NOT_TEXT,
        "announcement_number": FieldProblem.TOO_LONG,
    }


def test_eight_clerks_who_number_at_once_are_given_eight_numbers(
    session: Session, session_factory: sessionmaker[Session], moment: Moment
) -> None:
    cases = [approved(session, moment) for _ in range(8)]
    session.rollback()

    def number(case: Case) -> str:
        with session_factory() as own:
            return prepared(own, case, moment)

    with ThreadPoolExecutor(8) as clerks:
        numbers = list(clerks.map(number, cases))
    assert sorted(numbers) == sorted(f"DB31/T {serial}—2025" for serial in range(1, 9))
    session.rollback()
    assert session.scalars(select(NumberSeries.last_serial)).all() == [8]
