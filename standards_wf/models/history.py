"""The record: what was done, in chains of hashes that no one can quietly change, and the seals over them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from standards_wf.models.base import SHA256, SHORT, Base, code
from standards_wf.models.people import Person
from standards_wf.workflow.vocabulary import Role, Stage


class LifecycleEvent(Base):
    """One thing that happened to a project: codes and parameters, never a translated sentence. Append-only."""

    __tablename__ = "lifecycle_event"
    __table_args__ = (
        UniqueConstraint("project_id", "seq"),
        CheckConstraint("seq > 0", name="seq_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    seq: Mapped[int]
    at: Mapped[datetime]
    on_day: Mapped[date]
    """The day in the installation's calendar on which it counts."""
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """For whom a deputy acted; the role is then that person's."""
    actor_role: Mapped[Role] = mapped_column(code(Role, "actor_role"))
    action: Mapped[str] = mapped_column(String(40))
    from_stage: Mapped[Stage | None] = mapped_column(code(Stage, "from_stage"))
    to_stage: Mapped[Stage] = mapped_column(code(Stage, "to_stage"))
    note: Mapped[str] = mapped_column(default="")
    params: Mapped[str] = mapped_column(default="{}")
    """Canonical JSON."""
    previous_hash: Mapped[str] = mapped_column(SHA256)
    hash: Mapped[str] = mapped_column(SHA256)

    actor: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[actor_id])


class AdministrationEvent(Base):
    """One thing that the administrators did to the installation: people, roles, rules. Append-only, one chain."""

    __tablename__ = "administration_event"
    __table_args__ = (CheckConstraint("seq > 0", name="seq_from_one"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(SHORT)
    params: Mapped[str] = mapped_column(default="{}")
    previous_hash: Mapped[str] = mapped_column(SHA256)
    hash: Mapped[str] = mapped_column(SHA256)


class Seal(Base):
    """The heads of all chains at one moment, hashed together with the seal before. Append-only."""

    __tablename__ = "seal"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    chains: Mapped[int]
    """How many chains there were."""
    events: Mapped[int]
    """How many events they held together."""
    previous_hash: Mapped[str] = mapped_column(SHA256)
    hash: Mapped[str] = mapped_column(SHA256)


class SealedHead(Base):
    """The head of a chain that moved since the seal before; chain 0 is the administration's."""

    __tablename__ = "sealed_head"

    seal_seq: Mapped[int] = mapped_column(ForeignKey("seal.seq"), primary_key=True)
    chain: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(SHA256)
