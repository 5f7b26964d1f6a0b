"""Opening the case of a revision that a periodic review has ordered, with all that is known from the older document."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.documents import PeriodicReview, Publication, Replacement
from standards_wf.models.organizations import Organization
from standards_wf.models.projects import Project, ProjectUnit, Suggestion
from standards_wf.services.record import GENESIS, Happening, append
from standards_wf.services.succession import Planned, plan
from standards_wf.workflow.facts import SYSTEM_ACTOR
from standards_wf.workflow.stages import RUNNING
from standards_wf.workflow.vocabulary import Effect, Event, Role, Stage


def open_revision(session: Session, older: Project, review: PeriodicReview, moment: Moment) -> dict[str, object]:
    """Open the case that revises a document, linked to the review that ordered it; answers for the history.

    A case that is under way already and is to replace the document wholly is that case; no second one is opened.
    """
    publication = session.get(Publication, older.id)
    if publication is None:  # put here by hand
        return {}
    running = _under_way(session, older)
    case = running or _new_case(session, older, publication.number, review, moment)
    review.successor_id = case.id
    return {"successor_id": case.id, "successor_title": case.title_zh}


def _under_way(session: Session, older: Project) -> Project | None:
    return session.scalar(
        select(Project)
        .join(Replacement, Replacement.project_id == Project.id)
        .where(Replacement.replaced_project_id == older.id, Replacement.partial.is_(False))
        .where(Project.stage.in_(RUNNING))
        .order_by(Project.id)
        .limit(1)
    )


def _new_case(session: Session, older: Project, number: str, review: PeriodicReview, moment: Moment) -> Project:
    case = Project(
        kind=older.kind,
        category=older.category,
        stage=Stage.SUGGESTED,
        stage_since=moment.at,
        created_at=moment.at,
        title_zh=older.title_zh,
        title_en=older.title_en,
        framework_node=older.framework_node,
        ics=older.ics,
        ccs=older.ccs,
        purpose=review.grounds,
        scope=older.scope,
        contact=older.contact,
        is_revision=True,
        adopts_foreign_text=older.adopts_foreign_text,
        is_mandatory=older.is_mandatory,
        authority_id=older.authority_id,
        competent_department_id=older.competent_department_id,
        group_id=older.group_id,
        committee_id=older.committee_id,
        version=0,
        last_event_seq=0,
        head_hash=GENESIS,
        is_demonstration=older.is_demonstration,
    )
    session.add(case)
    session.flush()
    units = session.scalars(
        select(ProjectUnit).where(ProjectUnit.project_id == older.id).order_by(ProjectUnit.position)
    ).all()
    session.add_all(
        ProjectUnit(project_id=case.id, position=unit.position, organization_id=unit.organization_id, name=unit.name)
        for unit in units
    )
    issuer = session.get(Organization, older.group_id or older.authority_id or 0)
    session.add(
        Suggestion(
            project_id=case.id,
            name=issuer.name if issuer else number,
            organization=issuer.name if issuer else "",
            contact=older.contact or (issuer.name if issuer else number),
            text=review.grounds or older.title_zh,
            received_at=moment.at,
        )
    )
    plan(session, case, (Planned(number=number, project_id=older.id),))
    opened = Happening(
        action=Event.REVISION_OPENED,
        role=Role.SYSTEM,
        to_stage=Stage.SUGGESTED,
        params={"kind": older.kind, "title_zh": older.title_zh, "replaces": [number], "revision_of_id": older.id},
        effects=(Effect.NOTIFY,),
    )
    append(session, case, opened, actor=SYSTEM_ACTOR, moment=moment)
    session.flush()
    return case
