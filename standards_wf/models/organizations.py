"""Organisations and technical committees."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from standards_wf.models.base import SHORT, Base, code


class OrganizationKind(StrEnum):
    """What sort of body an organisation is."""

    AUTHORITY = "authority"
    DEPARTMENT = "department"
    ASSOCIATION = "association"
    INSTITUTE = "institute"
    ENTERPRISE = "enterprise"
    OTHER = "other"


class Organization(Base):
    """A body that takes part: the authority, a department, an association, a drafting unit."""

    __tablename__ = "organization"
    __table_args__ = (
        CheckConstraint("(kind = 'association') = (group_code IS NOT NULL)", name="associations_have_a_group_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(SHORT, unique=True)
    short_name: Mapped[str] = mapped_column(SHORT, default="")
    kind: Mapped[OrganizationKind] = mapped_column(code(OrganizationKind, "kind"))
    group_code: Mapped[str | None] = mapped_column(SHORT, unique=True)
    """The code that an association gives its standards: the ABC of `T/ABC 1—2025`."""
    is_demonstration: Mapped[bool] = mapped_column(default=False)


class Committee(Base):
    """A technical committee; who belongs to it is said by role grants with a term."""

    __tablename__ = "committee"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(SHORT, unique=True)
    field: Mapped[str] = mapped_column(default="")
    term_from: Mapped[date | None]
    term_to: Mapped[date | None]
    is_demonstration: Mapped[bool] = mapped_column(default=False)
