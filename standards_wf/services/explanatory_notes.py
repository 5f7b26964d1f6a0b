"""The explanatory note (编制说明), heading by heading."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.projects import (
    ExplanatoryNote,
)
from standards_wf.services.access import entrance_to
from standards_wf.services.lifecycle import require_version
from standards_wf.services.record import Happening, append
from standards_wf.services.typed import LONG, Typed
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.notes import NoteHeading, headings_of
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import (
    Event,
    Phase,
    Role,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteExplanatoryNote:
    """Texts for headings of the explanatory note (编制说明); headings not named stay as they are."""

    project_id: int
    texts: Mapping[NoteHeading, str]
    expected_version: int | None = None


def write_explanatory_note(
    session: Session, cmd: WriteExplanatoryNote, *, actor: Actor, moment: Moment
) -> LifecycleEvent | None:
    """Write headings of the explanatory note; answers `None` when nothing changed.

    Raises NotFound, Forbidden, EditConflict, Invalid.
    """
    entrance = entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    role = entrance.require(Role.DRAFTER, Role.COMMITTEE_SECRETARY)
    if STAGES[project.stage].phase not in {Phase.DRAFTING, Phase.CONSULTATION, Phase.APPROVAL}:
        raise Forbidden(
            Refusal(RefusalCode.NOT_FROM_THIS_STAGE, action=Event.EXPLANATORY_NOTE_WRITTEN, stage=project.stage)
        )
    require_version(project, cmd.expected_version)
    allowed = headings_of(project.kind, is_revision=project.is_revision)
    typed = Typed()
    for heading in cmd.texts:
        if heading not in allowed:
            typed.refuse(str(heading), Refusal(FieldProblem.UNKNOWN_FIELD))
    texts = {heading: typed.text(heading, text, maximum=LONG) for heading, text in cmd.texts.items()}
    typed.done()
    rows = {
        row.heading: row
        for row in session.scalars(select(ExplanatoryNote).where(ExplanatoryNote.project_id == project.id))
    }
    changed = []
    for heading, text in texts.items():
        row = rows.get(heading)
        if row is None:
            session.add(ExplanatoryNote(project_id=project.id, heading=heading.value, text=text, changed_at=moment.at))
        elif row.text != text:
            row.text, row.changed_at = text, moment.at
        else:
            continue
        changed.append(heading)
    if not changed:
        return None
    happening = Happening(
        action=Event.EXPLANATORY_NOTE_WRITTEN, role=role, to_stage=project.stage, params={"headings": changed}
    )
    event = append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return event
