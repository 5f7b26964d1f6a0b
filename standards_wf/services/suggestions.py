"""The suggestion with which a case begins (立项建议)."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.base import is_identity
from standards_wf.models.framework import FrameworkNode
from standards_wf.models.organizations import Committee, Organization, OrganizationKind
from standards_wf.models.projects import (
    Project,
    Suggestion,
)
from standards_wf.services.calls import check_call
from standards_wf.services.record import GENESIS, Happening, append
from standards_wf.services.typed import LONG, TITLE, Typed
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.fields import FieldProblem, is_text
from standards_wf.workflow.kinds import KINDS, Addressee
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import (
    Effect,
    Event,
    Kind,
    MetrologyCategory,
    Role,
    Stage,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSuggestion:
    """A suggestion for a new document (立项建议); anybody may file one."""

    kind: Kind
    category: MetrologyCategory | None = None
    title_zh: str
    title_en: str = ""
    framework_node: str = ""
    text: str
    name: str
    organization: str = ""
    contact: str
    competent_department_id: int | None = None
    group_id: int | None = None
    committee_id: int | None = None
    call_id: int | None = None
    sent_on: date | None = None
    """The day on which it was sent, where its address had to be confirmed before the case began."""
    is_demonstration: bool = False


def file_suggestion(session: Session, cmd: FileSuggestion, *, actor: Actor, moment: Moment) -> Project:
    """Open a case with a suggestion. Somebody who is logged in becomes its proposer.

    A local standard goes to a competent department, a group standard to an association, a metrology specification to
    a committee. Raises Invalid.
    """
    cmd = checked_suggestion(session, cmd, moment=moment)
    authority = session.scalar(
        select(Organization.id)
        .where(Organization.kind == OrganizationKind.AUTHORITY)
        .order_by(Organization.id)
        .limit(1)
    )
    row = KINDS[cmd.kind]
    project = Project(
        kind=cmd.kind,
        category=cmd.category if row.has_category else None,
        stage=Stage.SUGGESTED,
        stage_since=moment.at,
        created_at=moment.at,
        title_zh=cmd.title_zh,
        title_en=cmd.title_en,
        framework_node=cmd.framework_node or None,
        purpose=cmd.text,
        contact=cmd.contact,
        proposer_id=actor.person_id,
        authority_id=None if row.issued_by_group else authority,
        competent_department_id=cmd.competent_department_id if row.addressee is Addressee.DEPARTMENT else None,
        group_id=cmd.group_id if row.issued_by_group else None,
        committee_id=cmd.committee_id,
        version=0,
        last_event_seq=0,
        head_hash=GENESIS,
        is_demonstration=cmd.is_demonstration,
    )
    session.add(project)
    session.flush()
    session.add(
        Suggestion(
            project_id=project.id,
            name=cmd.name,
            organization=cmd.organization,
            contact=cmd.contact,
            text=cmd.text,
            received_at=moment.at,
            call_id=cmd.call_id,
        )
    )
    told: dict[str, object] = {
        "kind": cmd.kind,
        "title_zh": cmd.title_zh,
        "name": cmd.name,
        "organization": cmd.organization,
    }
    if cmd.call_id is not None:
        told["call"] = cmd.call_id
    happening = Happening(
        action=Event.SUGGESTION_FILED,
        role=Role.PROPOSER if actor.person_id else Role.PUBLIC,
        to_stage=Stage.SUGGESTED,
        params=told,
        effects=(Effect.NOTIFY,),
    )
    append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return project


def checked_suggestion(session: Session, cmd: FileSuggestion, *, moment: Moment) -> FileSuggestion:
    """The suggestion as it would be kept. Raises Invalid with all that is wrong."""
    typed = Typed()
    cleaned = replace(
        cmd,
        title_zh=typed.text("title_zh", cmd.title_zh, maximum=TITLE, required=True),
        title_en=typed.text("title_en", cmd.title_en, maximum=TITLE),
        text=typed.text("text", cmd.text, maximum=LONG, required=True),
        name=typed.text("name", cmd.name, required=True),
        organization=typed.text("organization", cmd.organization),
        contact=typed.text("contact", cmd.contact, required=True),
        framework_node=known_node(session, typed, cmd.framework_node) or "",
    )
    _check_addressee(session, typed, cmd)
    if cmd.call_id is not None:
        check_call(session, typed, cmd.call_id, cmd.kind, cmd.sent_on or moment.day)
    typed.done()
    return cleaned


def known_node(session: Session, typed: Typed, code: str) -> str | None:
    """The code of a framework node, or `None` where none is given; an unknown code is noted as a problem."""
    code = code.strip()
    if not code:
        return None
    if not is_text(code) or session.get(FrameworkNode, code) is None:
        typed.refuse("framework_node", Refusal(FieldProblem.NOT_A_CHOICE, given=code))
        return None
    return code


def _check_addressee(session: Session, typed: Typed, cmd: FileSuggestion) -> None:
    row = KINDS[cmd.kind]
    if row.has_category and cmd.category is None:
        typed.refuse("category", Refusal(FieldProblem.REQUIRED))
    match row.addressee:
        case Addressee.DEPARTMENT:
            _check_organization(
                session, typed, "competent_department_id", cmd.competent_department_id, OrganizationKind.DEPARTMENT
            )
        case Addressee.GROUP:
            _check_organization(session, typed, "group_id", cmd.group_id, OrganizationKind.ASSOCIATION)
        case Addressee.COMMITTEE:
            if cmd.committee_id is None:
                typed.refuse("committee_id", Refusal(FieldProblem.REQUIRED))
    check_committee(session, typed, cmd.committee_id)


def check_committee(session: Session, typed: Typed, committee_id: int | None) -> None:
    """Note a committee that does not exist as a problem."""
    if committee_id is None:
        return
    if not is_identity(committee_id) or session.get(Committee, committee_id) is None:
        typed.refuse("committee_id", Refusal(FieldProblem.NOT_A_CHOICE, given=committee_id))


def _check_organization(
    session: Session, typed: Typed, name: str, organization_id: int | None, kind: OrganizationKind
) -> None:
    if organization_id is None:
        typed.refuse(name, Refusal(FieldProblem.REQUIRED))
        return
    found = session.get(Organization, organization_id) if is_identity(organization_id) else None
    if found is None or found.kind is not kind:
        typed.refuse(name, Refusal(FieldProblem.NOT_A_CHOICE, given=organization_id))
