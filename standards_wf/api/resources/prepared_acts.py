"""Acts that take two persons: what was prepared, and the second person's confirmation or withdrawal."""

from dataclasses import dataclass

from standards_wf.api.answers import Listed
from standards_wf.api.endpoints import Call, IfMatch, endpoint
from standards_wf.api.resources.prepared_answers import PreparedActAnswer, answer_of, prepared_answer
from standards_wf.api.resources.project_answers import ProjectAnswer, project_answer
from standards_wf.services.access import project_for
from standards_wf.services.prepared_acts import (
    ConfirmPreparedAct,
    WithdrawPreparedAct,
    confirm_prepared_act,
    withdraw_prepared_act,
)
from standards_wf.services.reading.prepared_acts import prepared_acts_of

TAG = "prepared acts"


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalBody:
    """Why what was prepared is not to be done."""

    note: str = ""


@endpoint(
    "GET",
    "/projects/{project_id}/prepared-acts",
    about="All that was ever prepared in a project for a second person, the latest first.",
    tag=TAG,
)
def list_(call: Call, project_id: int) -> Listed[PreparedActAnswer]:
    """Every prepared act of a project."""
    version = project_for(call.session, project_id, call.actor).version
    found = prepared_acts_of(call.session, project_id, call.actor, call.moment)
    items = tuple(answer_of(each, project_id, version) for each in found)
    return Listed(items=items, total=len(items), page=1, per_page=max(1, len(items)))


@endpoint(
    "GET",
    "/projects/{project_id}/prepared-acts/{number}",
    about="What somebody prepared, and whether the caller can confirm it.",
    tag=TAG,
)
def show(call: Call, project_id: int, number: int) -> PreparedActAnswer:
    """A prepared act."""
    return prepared_answer(call, project_id, number)


@endpoint(
    "POST",
    "/projects/{project_id}/prepared-acts/{number}/confirmation",
    about="Confirm what somebody else prepared: it is done, with the note and the fields that were prepared.",
    tag=TAG,
    if_match=IfMatch.WELCOME,
)
def confirm(call: Call, project_id: int, number: int) -> ProjectAnswer:
    """The project after the act."""
    command = ConfirmPreparedAct(project_id=project_id, number=number, expected_version=call.expected_version)
    confirm_prepared_act(call.session, command, actor=call.actor, moment=call.moment)
    return project_answer(call, project_id)


@endpoint(
    "POST",
    "/projects/{project_id}/prepared-acts/{number}/withdrawal",
    about="Withdraw what was prepared.",
    tag=TAG,
    if_match=IfMatch.WELCOME,
)
def withdraw(call: Call, project_id: int, number: int, body: WithdrawalBody) -> PreparedActAnswer:
    """The prepared act, withdrawn."""
    command = WithdrawPreparedAct(
        project_id=project_id, number=number, expected_version=call.expected_version, note=body.note
    )
    withdraw_prepared_act(call.session, command, actor=call.actor, moment=call.moment)
    return prepared_answer(call, project_id, number)
