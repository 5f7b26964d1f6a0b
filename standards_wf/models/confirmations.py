"""People without an account: the secret links that they are mailed, the letters to them, and what waits to be confirmed."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from standards_wf.models.base import SHA256, SHORT, Base, code, code_of_table
from standards_wf.workflow.vocabulary import Kind, MetrologyCategory


class LinkPurpose(StrEnum):
    """What a mailed link is for."""

    CONFIRM_SUGGESTION = "confirm_suggestion"
    FOLLOW_SUGGESTION = "follow_suggestion"


class MailedLink(Base):
    """A link with a secret, for one address: of the secret the hash alone is kept."""

    __tablename__ = "mailed_link"
    __table_args__ = (Index("ix_mailed_link_subject", "purpose", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[LinkPurpose] = mapped_column(code(LinkPurpose, "purpose"))
    subject_id: Mapped[int]
    """What it leads to: a row of the table that its purpose names."""
    name: Mapped[str] = mapped_column(SHORT)
    address: Mapped[str] = mapped_column(SHORT, index=True)
    salt: Mapped[str] = mapped_column(SHA256)
    """With the key of the installation it gives the secret again, for a letter that is written later."""
    secret_hash: Mapped[str] = mapped_column(SHA256, unique=True)
    made_at: Mapped[datetime]
    expires_on: Mapped[date | None]
    """The last day on which it works; `None` for one that follows a case for good."""
    used_at: Mapped[datetime | None]


class Letter(Base):
    """A mail to somebody without an account: that a link waits, or what happened to the case that a link follows."""

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("link_id", "project_id", "event_seq"),
        CheckConstraint("(project_id IS NULL) = (event_seq IS NULL)", name="of_an_event_or_of_the_link"),
        Index(
            "ix_letter_unsent",
            "available_at",
            sqlite_where=text("sent_at IS NULL"),
            postgresql_where=text("sent_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("mailed_link.id"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    event_seq: Mapped[int | None]
    """The event of the case that it tells; `None` for the letter that brings the link itself."""
    written_at: Mapped[datetime]
    available_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(default="")


class WaitingSuggestion(Base):
    """A suggestion whose address is not confirmed yet; nobody is shown it, and it is forgotten after its time."""

    __tablename__ = "waiting_suggestion"
    __table_args__ = (CheckConstraint("length(title_zh) > 0", name="has_a_title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(code_of_table(Kind, "kind"))
    category: Mapped[MetrologyCategory | None] = mapped_column(code(MetrologyCategory, "category"))
    title_zh: Mapped[str] = mapped_column(String(500))
    title_en: Mapped[str] = mapped_column(String(500), default="")
    framework_node: Mapped[str] = mapped_column(String(40), default="")
    text: Mapped[str]
    name: Mapped[str] = mapped_column(SHORT)
    organization: Mapped[str] = mapped_column(SHORT, default="")
    email: Mapped[str] = mapped_column(SHORT)
    telephone: Mapped[str] = mapped_column(SHORT, default="")
    competent_department_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"))
    call_id: Mapped[int | None] = mapped_column(ForeignKey("project_call.id"))
    sent_on: Mapped[date]
