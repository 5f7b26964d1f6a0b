"""Acts for tests of the lifecycle: done by whoever may, with what they need beforehand."""

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.documents.bearing import fold
from standards_wf.models.base import Base
from standards_wf.models.documents import Publication
from standards_wf.models.drafts import Attachment, Origin, StoredFile
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.projects import Appraisal, AppraisalExpert, ExplanatoryNote
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.publications import PreparePublication, prepare_publication
from standards_wf.services.record import sha256
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import Actor, Grant, ScopeKind
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.notes import headings_of
from standards_wf.workflow.packages import package_of
from standards_wf.workflow.vocabulary import (
    Action,
    DraftStage,
    Kind,
    Paper,
    ReviewMode,
    Role,
    Stage,
)
from tests.services.cases import Case, act, make_case, project_of
from tests.services.situations import attach_text

ADMINISTRATOR = Actor(name="administrator", grants=frozenset({Grant(Role.ADMINISTRATOR, ScopeKind.SYSTEM)}))


def days_later(moment: Moment, days: int) -> Moment:
    return Moment(moment.at + timedelta(days=days), moment.day + timedelta(days=days))


def do(
    session: Session,
    case: Case,
    action: Action,
    person: int | Actor,
    moment: Moment,
    *,
    note: str = "理由",
    expected_version: int | None = None,
    **given: Any,  # noqa: ANN401  # the fields of the act, each of its own type
) -> LifecycleEvent:
    """Somebody performs an act, with the fields given."""
    command = PerformAction(
        project_id=case.project_id,
        action=action,
        expected_version=expected_version,
        note=note,
        fields=ActFields(**given),
    )
    return act(session, perform, command, person=person, moment=moment)


def everything(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables: what must be the same after a refusal."""
    session.rollback()
    return {
        table.name: sorted(map(tuple, session.execute(select(table))), key=str) for table in Base.metadata.sorted_tables
    }


def params_of(event: LifecycleEvent) -> dict[str, object]:
    read: dict[str, object] = json.loads(event.params)
    return read


def give_paper(session: Session, case: Case, paper: Paper, moment: Moment) -> None:
    content = sha256(f"{case.project_id} {paper}")
    session.add(StoredFile(sha256=content, size=1, media_type="text/plain", stored_at=moment.at))
    session.flush()
    attachment = Attachment(
        project_id=case.project_id,
        paper=paper,
        sha256=content,
        filename=f"{paper}.docx",
        origin=Origin.UPLOADED,
        attached_at=moment.at,
        at_seq=project_of(session, case).last_event_seq,
        on_day=moment.day,
    )
    session.add(attachment)


def write_note(session: Session, case: Case, kind: Kind, moment: Moment) -> None:
    session.add_all(
        ExplanatoryNote(project_id=case.project_id, heading=heading, text="说明", changed_at=moment.at)
        for heading in headings_of(kind)
    )


def appraised(session: Session, moment: Moment, *, in_favour: bool = True, experts: int = 5) -> Case:
    """A local standard whose application was appraised."""
    case = make_case(session, moment, stage=Stage.APPRAISAL)
    with unit_of_work(session):
        appraisal = Appraisal(
            project_id=case.project_id, held_on=moment.day, in_favour=in_favour, recorded_at=moment.at
        )
        session.add(appraisal)
        session.flush()
        session.add_all(
            AppraisalExpert(appraisal_id=appraisal.id, name=f"专家{place}", unit="单位") for place in range(experts)
        )
    return case


def ready_to_publish(session: Session, moment: Moment, *, kind: Kind = Kind.LOCAL_STANDARD, replaces: str = "") -> Case:
    """A case at approval with its number, its dates, its text and all its papers."""
    case = make_case(session, moment, kind=kind, stage=Stage.APPROVAL, replaces=replaces)
    prepare_with_text(session, case, moment, kind)
    return case


def prepare_with_text(session: Session, case: Case, moment: Moment, kind: Kind = Kind.LOCAL_STANDARD) -> None:
    """Give a case its number, its dates, a text that bears them, and its papers."""
    command = PreparePublication(
        project_id=case.project_id,
        approved_on=moment.day,
        published_on=moment.day + timedelta(days=8),
        effective_on=moment.day + timedelta(days=130),
    )
    act(session, prepare_publication, command, person=case.authority, moment=moment)
    with unit_of_work(session):
        prepared = session.get_one(Publication, case.project_id)
        lines = (prepared.number, f"{prepared.published_on}发布", f"{prepared.effective_on}实施")
        marks = "\n".join(fold(line) for line in lines)
        attach_text(session, case.project_id, moment, DraftStage.PUBLICATION, marks=marks)
        body = Paper.STANDARD_BODY if kind is not Kind.METROLOGY_SPECIFICATION else Paper.CALIBRATION_BODY
        for paper in package_of(kind, body, ReviewMode.MEETING):
            if paper is not body:
                give_paper(session, case, paper, moment)


# The rhythm of every act.
