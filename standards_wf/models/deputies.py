"""Deputies: who acts for whom, in which period, with all roles or with one of them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from standards_wf.models.base import Base


class Deputyship(Base):
    """One person acts for another (代理) from one day to another, both included. It is ended, never deleted."""

    __tablename__ = "deputyship"
    __table_args__ = (
        CheckConstraint("valid_to >= valid_from", name="period_in_order"),
        CheckConstraint("principal_id <> deputy_id", name="not_of_oneself"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_by_id IS NULL)", name="revoked_by_somebody"),
        Index("ix_deputyship_deputy", "deputy_id"),
        Index("ix_deputyship_principal", "principal_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    principal_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    deputy_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("role_grant.id"))
    """The one role that is lent; all that the principal holds where none is named."""
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    named_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    named_at: Mapped[datetime]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    revoked_at: Mapped[datetime | None]
