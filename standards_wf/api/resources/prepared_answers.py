"""A prepared act as the API answers it: what was prepared, by whom, and what stands against the caller's confirming it."""

from dataclasses import dataclass
from datetime import date, datetime

from standards_wf.api.endpoints import Call
from standards_wf.api.errors import Reason, reason
from standards_wf.services.reading.prepared_acts import PreparedShown, prepared_page
from standards_wf.services.two_persons import State
from standards_wf.workflow.vocabulary import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedActAnswer:
    """An act that one person prepared. It is done when another confirms it; `version` is that of the project."""

    project_id: int
    number: int
    action: str
    to: Stage | None
    state: State
    note: str
    fields: dict[str, object]
    prepared_by: str
    prepared_at: datetime
    confirm_by: date
    """The last day on which it can be confirmed."""
    settled_by: str
    settled_at: datetime | None
    may_confirm: bool
    refusals: tuple[Reason, ...]
    """What stands against the caller's confirming it."""
    version: int
    location: str


def prepared_answer(call: Call, project_id: int, number: int) -> PreparedActAnswer:
    """One prepared act, for somebody who may see the project. Raises NotFound."""
    page = prepared_page(call.session, project_id, number, call.actor, call.moment)
    return answer_of(page.prepared, project_id, page.head.version)


def answer_of(shown: PreparedShown, project_id: int, version: int) -> PreparedActAnswer:
    """The same, of what was read already."""
    return PreparedActAnswer(
        project_id=project_id,
        number=shown.number,
        action=shown.act.value,
        to=shown.stage,
        state=shown.state,
        note=shown.note,
        fields=dict(shown.fields),
        prepared_by=shown.by,
        prepared_at=shown.prepared_at,
        confirm_by=shown.confirm_by,
        settled_by=shown.settled_by,
        settled_at=shown.settled_at,
        may_confirm=shown.may_confirm,
        refusals=tuple(reason(each) for each in shown.against),
        version=version,
        location=f"/api/v1/projects/{project_id}/prepared-acts/{shown.number}",
    )
