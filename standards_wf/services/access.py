"""The doors: the only way to obtain a thing, so that access cannot be forgotten.

Somebody who may not see a thing is told that it is not found. Inside a unit of work a door also locks the project's
row, so that two acts on one project come one after the other.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, Integer, and_, bindparam, cast, null, or_, select, union_all
from sqlalchemy.orm import Session

from standards_wf.errors import Forbidden, NotFound
from standards_wf.models.base import is_identity
from standards_wf.models.consultations import Comment, ConsultationRound
from standards_wf.models.deputies import Deputyship
from standards_wf.models.documents import Notice, Publication
from standards_wf.models.drafts import Attachment, DraftPicture, DraftVersion
from standards_wf.models.organizations import Committee
from standards_wf.models.people import Person, RoleGrant
from standards_wf.models.projects import Project, ProjectUnit
from standards_wf.models.reviews import Ballot, Review
from standards_wf.services.unit_of_work import is_writing
from standards_wf.workflow.facts import Actor, Grant, Parties, ScopeKind
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import DraftStage, Phase, Role, Stage

# Built once: to build a statement costs more than to ask it, and the doors are passed by every request.
_PROJECT = select(Project).where(Project.id == bindparam("project_id"))
_PROJECT_TO_WRITE = _PROJECT.with_for_update().execution_options(populate_existing=True)
_UNITS = select(ProjectUnit.organization_id).where(
    ProjectUnit.project_id == bindparam("project_id"), ProjectUnit.organization_id.is_not(None)
)
_TODAY: BindParameter[date] = bindparam("today")
_A_GRANT = (
    RoleGrant.role,
    RoleGrant.scope,
    RoleGrant.organization_id,
    RoleGrant.committee_id,
    RoleGrant.project_id,
)
IN_TERM = and_(RoleGrant.valid_from <= _TODAY, or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= _TODAY))
"""A role whose term covers the day that is given as `today`."""
LENT = and_(
    RoleGrant.person_id == Deputyship.principal_id,
    RoleGrant.role != Role.ADMINISTRATOR,
    or_(Deputyship.grant_id.is_(None), Deputyship.grant_id == RoleGrant.id),
    Deputyship.valid_from <= _TODAY,
    Deputyship.valid_to >= _TODAY,
    Deputyship.revoked_at.is_(None),
    Deputyship.principal_id.in_(select(Person.id).where(Person.active)),
)
"""What a deputyship lends: the principal's own grants and nothing that was lent to the principal, for as long as the
principal can log in. To keep the installation is not lent."""
_GRANTS = union_all(
    select(*_A_GRANT, cast(null(), Integer)).where(RoleGrant.person_id == bindparam("person_id"), IN_TERM),
    select(*_A_GRANT, Deputyship.principal_id)
    .join(Deputyship, LENT)
    .where(Deputyship.deputy_id == bindparam("person_id"), IN_TERM),
)


def require_identity(what: str, number: int) -> None:
    """See that a row can bear this number. Raises NotFound."""
    if not is_identity(number):
        raise NotFound(what, number)


def actor_of(session: Session, person_id: int, today: date) -> Actor:
    """A person as an actor, with the roles whose term covers this day, and those of whom the person is a deputy.

    Raises NotFound for somebody who does not exist or is no longer active.
    """
    require_identity("person", person_id)
    person = session.get(Person, person_id)
    if person is None or not person.active:
        raise NotFound("person", person_id)
    grants = session.execute(_GRANTS, {"person_id": person_id, "today": today})
    return Actor(
        person_id=person.id,
        name=person.name,
        organization_id=person.organization_id,
        grants=frozenset(
            Grant(role, scope, organization or committee or project, principal)
            for role, scope, organization, committee, project, principal in grants
        ),
    )


def parties_of(session: Session, project: Project) -> Parties:
    """Who is concerned by a project."""
    units = session.scalars(_UNITS, {"project_id": project.id})
    return Parties(
        project_id=project.id,
        proposer_id=project.proposer_id,
        authority_id=project.authority_id,
        competent_department_id=project.competent_department_id,
        group_id=project.group_id,
        committee_id=project.committee_id,
        drafting_unit_ids=frozenset(unit for unit in units if unit is not None),
    )


@dataclass(frozen=True, slots=True)
class Entrance:
    """A project that somebody may see, who is concerned by it, and what the asker is to it."""

    project: Project
    parties: Parties
    roles: frozenset[Role]
    own_roles: frozenset[Role] = frozenset()
    """Those of the roles in which the asker acts for nobody else."""

    def require(self, *roles: Role) -> Role:
        """The first of these roles that the asker has, an own one first. Raises Forbidden when there is none."""
        for held in (self.own_roles, self.roles):
            for role in roles:
                if role in held:
                    return role
        raise Forbidden(Refusal(RefusalCode.ROLE_REQUIRED, roles=roles))

    def require_own(self, *roles: Role) -> Role:
        """The same for what nobody does in another's place: to vote, and to sign. Raises Forbidden."""
        for role in roles:
            if role in self.own_roles:
                return role
        raise Forbidden(Refusal(RefusalCode.ROLE_REQUIRED, roles=roles))


def is_mere_proposer(roles: frozenset[Role], stage: Stage) -> bool:
    """Whether somebody only made the suggestion, and the case has gone on to others.

    Whoever suggests a document sees the case until it is decided; of what the drafters and the committee then do, only
    where it stands.
    """
    return roles <= {Role.PROPOSER, Role.PUBLIC} and STAGES[stage].phase is not Phase.PROPOSAL


def entrance_to(session: Session, project_id: int, actor: Actor, *, to_the_front: bool = False) -> Entrance:
    """Pass the door of a project: its own people, its committee, the clock and the administrator.

    To the front of it, where it stands and what was applied for, whoever made the suggestion passes as well. Raises
    NotFound.
    """
    require_identity("project", project_id)
    asked = _PROJECT_TO_WRITE if is_writing(session) else _PROJECT
    project = session.scalar(asked, {"project_id": project_id})
    if project is None:
        raise NotFound("project", project_id)
    parties = parties_of(session, project)
    roles = actor.roles_in(parties)
    shut_out = roles <= {Role.PUBLIC} or (not to_the_front and is_mere_proposer(roles, project.stage))
    if shut_out and not actor.is_administrator:
        raise NotFound("project", project_id)
    return Entrance(project, parties, roles, actor.own_roles_in(parties))


def project_for(session: Session, project_id: int, actor: Actor) -> Project:
    """The project, for somebody who may see it. Raises NotFound."""
    return entrance_to(session, project_id, actor).project


def draft_for(session: Session, project_id: int, number: int, actor: Actor) -> DraftVersion:
    """A version of a draft.

    The project's people and its committee see every version, everybody the text of a consultation and the published
    text. Raises NotFound.
    """
    require_identity("project", project_id)
    require_identity("draft", number)
    draft = session.scalar(
        select(DraftVersion).where(DraftVersion.project_id == project_id, DraftVersion.number == number)
    )
    if draft is None:
        raise NotFound("draft", number)
    if not is_public_draft(session, draft):
        project_for(session, project_id, actor)
    return draft


def require_picture(session: Session, draft: DraftVersion, sha256: str) -> None:
    """See that a picture stands in this version of a text. Raises NotFound."""
    if session.get(DraftPicture, (draft.id, sha256)) is None:
        raise NotFound("picture", sha256)


def is_public_draft(session: Session, draft: DraftVersion) -> bool:
    """Whether everybody may read this version: it was put to public consultation, or published."""
    if draft.draft_stage is DraftStage.CONSULTATION:
        return (
            session.scalar(
                select(ConsultationRound.id)
                .where(ConsultationRound.draft_id == draft.id, ConsultationRound.members_only.is_(False))
                .limit(1)
            )
            is not None
        )
    if draft.draft_stage is DraftStage.PUBLICATION:
        return (
            session.scalar(
                select(Publication.project_id).where(
                    Publication.draft_id == draft.id, Publication.published_at.is_not(None)
                )
            )
            is not None
        )
    return False


def consultation_for(session: Session, round_id: int, actor: Actor) -> ConsultationRound:
    """A round of consultation: everybody's, unless the association asks its members alone. Raises NotFound."""
    require_identity("consultation", round_id)
    found = session.get(ConsultationRound, round_id)
    if found is None:
        raise NotFound("consultation", round_id)
    if found.members_only:
        project_for(session, found.project_id, actor)
    return found


def comment_for(session: Session, comment_id: int, actor: Actor) -> tuple[Comment, Entrance]:
    """A comment, for the project's people. Raises NotFound."""
    require_identity("comment", comment_id)
    project_id = session.scalar(select(Comment.project_id).where(Comment.id == comment_id))
    if project_id is None:
        raise NotFound("comment", comment_id)
    entrance = entrance_to(session, project_id, actor)
    return session.get_one(Comment, comment_id, populate_existing=True), entrance


def ballot_for(session: Session, ballot_id: int, actor: Actor) -> tuple[Ballot, Review, Entrance]:
    """A ballot with its review, for the project's people and committee. Raises NotFound."""
    require_identity("ballot", ballot_id)
    project_id = session.scalar(
        select(Review.project_id).join(Ballot, Ballot.review_id == Review.id).where(Ballot.id == ballot_id)
    )
    if project_id is None:
        raise NotFound("ballot", ballot_id)
    entrance = entrance_to(session, project_id, actor)
    ballot = session.get_one(Ballot, ballot_id, populate_existing=True)
    return ballot, session.get_one(Review, ballot.review_id), entrance


def notice_for(session: Session, notice_id: int) -> tuple[Notice, Project]:
    """A public notice with its project: everybody may read it, and object while it runs. Raises NotFound."""
    require_identity("notice", notice_id)
    project_id = session.scalar(select(Notice.project_id).where(Notice.id == notice_id))
    if project_id is None:
        raise NotFound("notice", notice_id)
    asked = _PROJECT_TO_WRITE if is_writing(session) else _PROJECT
    project = session.scalars(asked, {"project_id": project_id}).one()
    return session.get_one(Notice, notice_id, populate_existing=True), project


def attachment_for(session: Session, attachment_id: int, actor: Actor) -> Attachment:
    """A paper of a project, for its people. Raises NotFound."""
    require_identity("paper", attachment_id)
    attachment = session.get(Attachment, attachment_id)
    if attachment is None:
        raise NotFound("paper", attachment_id)
    project_for(session, attachment.project_id, actor)
    return attachment


def publication_by_slug(session: Session, slug: str) -> Publication:
    """A published document by its address. Raises NotFound."""
    found = session.scalar(select(Publication).where(Publication.slug == slug, Publication.published_at.is_not(None)))
    if found is None:
        raise NotFound("document", slug)
    return found


def publication_for(session: Session, project_id: int) -> Publication:
    """A published document by the identity of its project; everybody may read it. Raises NotFound."""
    require_identity("document", project_id)
    found = session.get(Publication, project_id)
    if found is None or found.published_at is None:
        raise NotFound("document", project_id)
    return found


def committee_for(session: Session, committee_id: int, actor: Actor) -> Committee:
    """A committee, for those who hold a role in it, for an authority and for the administrator. Raises NotFound."""
    require_identity("committee", committee_id)
    committee = session.get(Committee, committee_id)
    belongs = any(grant.scope is ScopeKind.COMMITTEE and grant.scope_id == committee_id for grant in actor.grants)
    oversees = actor.is_administrator or any(grant.role is Role.AUTHORITY for grant in actor.grants)
    if committee is None or not (belongs or oversees):
        raise NotFound("committee", committee_id)
    return committee


def require_administrator(actor: Actor) -> None:
    """Let the administrator pass, and nobody else. Raises Forbidden."""
    if not actor.is_administrator:
        raise Forbidden(Refusal(RefusalCode.ROLE_REQUIRED, roles=(Role.ADMINISTRATOR,)))
