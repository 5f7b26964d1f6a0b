"""Cases with what an act needs around it: a text put to consultation, a publication prepared, a document in force."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import Publication
from standards_wf.models.drafts import DraftVersion, StoredFile
from standards_wf.models.projects import Project, ProjectDrafter
from standards_wf.services.ballots import OpenBallot, open_ballot
from standards_wf.services.record import sha256
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.numbers import read_number
from standards_wf.workflow.vocabulary import DraftStage, Kind, Stage
from tests.services.cases import Case, act, make_case


def attach_text(
    session: Session, project_id: int, moment: Moment, stage: DraftStage, *, marks: str = "", at_seq: int = 1
) -> int:
    """A readable version of the text, after the last one; gives its identity."""
    numbers = session.scalars(select(DraftVersion.number).where(DraftVersion.project_id == project_id)).all()
    content = sha256(f"text {project_id} {len(numbers)}")
    session.add(StoredFile(sha256=content, size=1, media_type="text/plain", stored_at=moment.at))
    session.flush()
    draft = DraftVersion(
        project_id=project_id,
        number=len(numbers) + 1,
        draft_stage=stage,
        docx_sha256=content,
        pdf_sha256=content,
        filename="text.docx",
        clauses_read=3,
        errors_found=0,
        findings="[]",
        folded_text=marks,
        attached_at=moment.at,
        attached_seq=at_seq,
    )
    session.add(draft)
    session.flush()
    return draft.id


def in_consultation(
    session: Session,
    moment: Moment,
    *,
    kind: Kind = Kind.LOCAL_STANDARD,
    days: int = 30,
    members_only: bool = False,
) -> Case:
    """A case whose text is open for comments for so many days."""
    case = make_case(session, moment, kind=kind, stage=Stage.CONSULTATION)
    with unit_of_work(session):
        draft_id = attach_text(session, case.project_id, moment, DraftStage.CONSULTATION)
        opened = ConsultationRound(
            project_id=case.project_id,
            number=1,
            draft_id=draft_id,
            opens_on=moment.day,
            closes_on=moment.day + timedelta(days=days),
            members_only=members_only,
            public_interest_untouched=members_only,
        )
        session.add(opened)
    return case


def round_of(session: Session, case: Case) -> ConsultationRound:
    """The last round of a case, as it stands in the database now."""
    session.rollback()
    rounds = select(ConsultationRound).where(ConsultationRound.project_id == case.project_id)
    asked = rounds.order_by(ConsultationRound.number.desc()).limit(1).execution_options(populate_existing=True)
    return session.scalars(asked).one()


def published(
    session: Session,
    moment: Moment,
    number: str,
    *,
    kind: Kind = Kind.LOCAL_STANDARD,
    stage: Stage = Stage.IN_FORCE,
    effective_on: date | None = None,
    replaces: str = "",
) -> Case:
    """A case with its document: published today, in force from today unless another day is given."""
    case = make_case(session, moment, kind=kind, stage=stage, replaces=replaces)
    with unit_of_work(session):
        read = read_number(number)
        session.add(
            Publication(
                project_id=case.project_id,
                number=str(read),
                number_key=read.key,
                slug=read.slug,
                series=read.prefix,
                serial=read.serial,
                keeps_serial=bool(replaces),
                approved_on=moment.day,
                published_on=moment.day,
                effective_on=effective_on or moment.day,
                published_at=moment.at,
                draft_id=attach_text(session, case.project_id, moment, DraftStage.PUBLICATION),
            )
        )
    return case


def version_of(session: Session, case: Case) -> int:
    """The version that a page would show now."""
    session.rollback()
    return session.scalars(select(Project.version).where(Project.id == case.project_id)).one()


def name_drafter(session: Session, case: Case, person_id: int) -> None:
    """The foreword names one more drafter."""
    with unit_of_work(session):
        places = session.scalars(select(ProjectDrafter.position).where(ProjectDrafter.project_id == case.project_id))
        place = max(places, default=0) + 1
        session.add(ProjectDrafter(project_id=case.project_id, position=place, person_id=person_id, name="起草人"))


def opened_ballot(session: Session, moment: Moment) -> tuple[Case, int]:
    """A case whose committee votes, with the identity of the ballot."""
    case = make_case(session, moment)
    command = OpenBallot(project_id=case.project_id, closes_on=moment.day + timedelta(days=10))
    return case, act(session, open_ballot, command, person=case.secretary, moment=moment).id
