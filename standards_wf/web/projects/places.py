"""The acts of a project as its pages list them, each with what is missing and where in the pages it is supplied."""

from dataclasses import dataclass

from flask import url_for

from standards_wf.services.reading.projects import Head
from standards_wf.services.remedies import Asked, Place, remedy_of
from standards_wf.services.saying import say
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.workflow.carrying_on import CARRY_ON
from standards_wf.workflow.machine import Decision
from standards_wf.workflow.refusals import RefusalCode
from standards_wf.workflow.vocabulary import Action, Role, Stage

_HERE = frozenset({Place.OVERVIEW, Place.FORM})
"""Where no link leads: the reader is there, or gets there by the act itself."""
_SAID_BY_THE_ROLE = frozenset({RefusalCode.ROLE_REQUIRED})
_OF_A_COMMITTEE = frozenset({Role.COMMITTEE_SECRETARY, Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER})
_ENDING = frozenset(
    {
        Action.DECLINE,
        Action.WITHDRAW,
        Action.REFUSE_PROJECT,
        Action.FAIL_REVIEW,
        Action.CANCEL_AFTER_FAILURE,
        Action.REFUSE_APPROVAL,
        Action.ABOLISH,
        Action.TERMINATE,
    }
)


@dataclass(frozen=True, slots=True)
class Reason:
    """What is still missing, and where it is supplied."""

    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """An act as the list of acts shows it."""

    label: str
    allowed: bool
    url: str
    preview: str
    """Where it is told what would happen."""
    reasons: tuple[Reason, ...]
    who: str
    hint: str
    tone: str


def items_of(head: Head, decisions: tuple[Decision, ...], *, has_committee: bool) -> tuple[list[Item], list[Item]]:
    """The acts of a stage: first those that carry the case on, then those that turn it back or end it."""
    on = CARRY_ON.get(head.stage, frozenset())
    main = [
        _item(head, decision, tone="", has_committee=has_committee) for decision in decisions if decision.action in on
    ]
    others = [
        _item(head, decision, tone=tone_of(decision.action) or "plain", has_committee=has_committee)
        for decision in decisions
        if decision.action not in on
    ]
    return main, sorted(others, key=lambda item: item.tone == "danger")


def _item(head: Head, decision: Decision, *, tone: str, has_committee: bool) -> Item:
    row = decision.row
    target: Stage = row.target if row else head.stage
    goes_on = target is not head.stage
    leads_to = t("之后进入“{stage}”阶段", "Leads to the stage “{stage}”", stage=labels.stage(target, head.kind))
    return Item(
        label=str(labels.action(decision.action, head.kind)),
        allowed=decision.open and decision.is_for_this_actor,
        url=url_for("projects.act", project_id=head.id, action=decision.action),
        preview=url_for("projects.preview", project_id=head.id, action=decision.action),
        reasons=reasons_of(head, decision) + (() if has_committee else _nobody_yet(head, decision)),
        who=t("、", ", ").join(str(labels.role(role)) for role in row.roles) if row else "",
        hint=leads_to if goes_on else "",
        tone=tone,
    )


def tone_of(action: Action) -> str:
    """How the button of an act looks: those that end something stand apart."""
    return "danger" if action in _ENDING else ""


def reasons_of(head: Head, decision: Decision) -> tuple[Reason, ...]:
    """Everything that is missing beside what the form of the act itself asks for."""
    return tuple(
        Reason(say(refusal, head.kind), _address(head, Asked(head.kind, head.stage, decision.row, refusal)))
        for refusal in decision.missing
        if refusal.code not in _SAID_BY_THE_ROLE
    )


def _nobody_yet(head: Head, decision: Decision) -> tuple[Reason, ...]:
    """An act of the committee, while no committee is in charge, waits on nobody: say so, and where one is named."""
    people = set(decision.row.roles) - {Role.SYSTEM} if decision.row else set()
    if not people or not people <= _OF_A_COMMITTEE:
        return ()
    sentence = t(
        "尚未指定技术委员会，无人可以办理；由批准立项的一方在申报书中指定。",
        "No committee is in charge, so nobody can do this; whoever approves projects names one in the application.",
    )
    return (Reason(sentence, url_for("projects.application", project_id=head.id)),)


def _address(head: Head, asked: Asked) -> str:
    place = remedy_of(asked).place
    return "" if place in _HERE else place_url(head.id, place)


def place_url(project_id: int, place: Place) -> str:
    """The address of a part of a project's pages."""
    return url_for(f"projects.{place}", project_id=project_id)
