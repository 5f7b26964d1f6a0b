"""The versions of a project's text: the list with its findings, and one version to read."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, defer

from standards_wf.models.drafts import DraftVersion
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.people import Person
from standards_wf.services.access import draft_for, entrance_to
from standards_wf.services.reading.projects import Head, head_at
from standards_wf.services.reading.texts import ClauseShown, clauses_of, tree_of
from standards_wf.wording.language import Term
from standards_wf.wording.persons import acting_for
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.vocabulary import DraftStage


@dataclass(frozen=True, slots=True)
class FindingShown:
    """One finding of the format check."""

    rule: str
    severity: str
    clause: str
    message: Term
    suggestion: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionShown:
    """A version of the text, as the list has it."""

    number: int
    draft_stage: DraftStage
    filename: str
    has_pdf: bool
    clauses: int
    errors: int
    findings: tuple[FindingShown, ...]
    attached_by: str
    attached_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftsPage:
    """All versions, the newest first."""

    head: Head
    versions: tuple[VersionShown, ...]


def drafts_of(session: Session, project_id: int, actor: Actor) -> DraftsPage:
    """The versions of a project's text, for its people. Raises NotFound."""
    entrance = entrance_to(session, project_id, actor)
    found = session.execute(_VERSIONS.where(DraftVersion.project_id == project_id).order_by(DraftVersion.number.desc()))
    versions = tuple(_version(*row) for row in found)
    return DraftsPage(head=head_at(session, entrance, actor), versions=versions)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """One version with its clauses, and with its tree where one is stored."""

    head: Head
    version: VersionShown
    clauses: tuple[ClauseShown, ...]
    tree: str


def draft_of(session: Session, project_id: int, number: int, actor: Actor) -> DraftPage:
    """One version to read, for the project's people. Raises NotFound."""
    entrance = entrance_to(session, project_id, actor)
    draft = draft_for(session, project_id, number, actor)
    version = session.execute(_VERSIONS.where(DraftVersion.id == draft.id)).one()
    return DraftPage(
        head=head_at(session, entrance, actor),
        version=_version(*version),
        clauses=clauses_of(session, draft.id),
        tree=tree_of(session, draft.id),
    )


_PRINCIPAL = aliased(Person)
_VERSIONS = (
    select(DraftVersion, Person.name, _PRINCIPAL.name)
    .options(defer(DraftVersion.folded_text, raiseload=True))
    .outerjoin(Person, Person.id == DraftVersion.attached_by_id)
    .outerjoin(
        LifecycleEvent,
        (LifecycleEvent.project_id == DraftVersion.project_id) & (LifecycleEvent.seq == DraftVersion.attached_seq),
    )
    .outerjoin(_PRINCIPAL, _PRINCIPAL.id == LifecycleEvent.on_behalf_of_id)
)


def _version(draft: DraftVersion, name: str | None, principal: str | None) -> VersionShown:
    return VersionShown(
        number=draft.number,
        draft_stage=draft.draft_stage,
        filename=draft.filename,
        has_pdf=draft.pdf_sha256 is not None,
        clauses=draft.clauses_read,
        errors=draft.errors_found,
        findings=tuple(
            FindingShown(
                rule=row["rule"],
                severity=row["severity"],
                clause=row["clause"] or "",
                message=Term(*row["message"]),
                suggestion=Term(*row["suggestion"]),
            )
            for row in json.loads(draft.findings)
        ),
        attached_by=acting_for(name, principal),
        attached_at=draft.attached_at,
    )
