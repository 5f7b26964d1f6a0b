"""People, and the roles that they hold for an organisation, a committee or a project, with a term."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from standards_wf.models.base import SHA256, SHORT, Base, code
from standards_wf.models.organizations import Organization
from standards_wf.workflow.facts import ScopeKind
from standards_wf.workflow.vocabulary import Role


class Person(Base):
    """Somebody who can log in. A person is never deleted; who left is no longer active."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(SHORT, unique=True)
    name: Mapped[str] = mapped_column(SHORT)
    email: Mapped[str] = mapped_column(SHORT, default="")
    title: Mapped[str] = mapped_column(SHORT, default="")
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    password_hash: Mapped[str] = mapped_column(SHORT)
    active: Mapped[bool] = mapped_column(default=True)
    session_epoch: Mapped[int] = mapped_column(default=0)
    """Goes up when the password changes, so that older sessions end."""
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    organization: Mapped[Organization | None] = relationship(lazy="raise")


class RoleGrant(Base):
    """A role with its scope and its term; a grant is ended, never deleted."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="term_in_order"),
        CheckConstraint(
            "(scope = 'system' AND organization_id IS NULL AND committee_id IS NULL AND project_id IS NULL)"
            " OR (scope = 'organization' AND organization_id IS NOT NULL AND committee_id IS NULL AND project_id IS NULL)"
            " OR (scope = 'committee' AND committee_id IS NOT NULL AND organization_id IS NULL AND project_id IS NULL)"
            " OR (scope = 'project' AND project_id IS NOT NULL AND organization_id IS NULL AND committee_id IS NULL)",
            name="scope_matches",
        ),
        CheckConstraint("(role = 'administrator') = (scope = 'system')", name="only_administrator_is_system_wide"),
        Index("ix_role_grant_person", "person_id"),
        Index("ix_role_grant_committee", "committee_id"),
        Index("ix_role_grant_project", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(code(Role, "role"))
    scope: Mapped[ScopeKind] = mapped_column(code(ScopeKind, "scope"))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])

    @property
    def scope_id(self) -> int | None:
        """The organisation, committee or project for which the role is held."""
        return self.organization_id or self.committee_id or self.project_id


class ApiToken(Base):
    """A token with which a program speaks for a person; only its hash is kept."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(SHORT)
    token_hash: Mapped[str] = mapped_column(SHA256, unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class LoginAttempt(Base):
    """A failed login, kept for as long as it slows the next one down."""

    __tablename__ = "login_attempt"
    __table_args__ = (Index("ix_login_attempt_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(SHORT)
    """The login or the address from which it was tried, marked as which."""
    at: Mapped[datetime]


class IdempotentAnswer(Base):
    """The answer once given to a write of the API, so that a repeated request is not a second act."""

    __tablename__ = "idempotent_answer"
    __table_args__ = (UniqueConstraint("person_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    key: Mapped[str] = mapped_column(SHORT)
    request_hash: Mapped[str] = mapped_column(SHA256)
    status: Mapped[int]
    body: Mapped[str]
    headers: Mapped[str]
    at: Mapped[datetime]
