"""How the command line says no: every reason, with its code."""

from collections.abc import Mapping

from standards_wf.cli import printing
from standards_wf.errors import Forbidden, Invalid, StandardsError, TransitionRefused, Unavailable
from standards_wf.services.saying import reasons_of, say
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Kind


class NotByHand(StandardsError):
    """Somebody wants to act as the clock, which acts by itself."""

    def __str__(self) -> str:
        return t(
            "“system”的事项由系统按日自动办理，不能以它的名义办理。",
            "What belongs to the system is done by the clock; nobody acts in its name.",
        )


def refusal_as_data(refusal: Refusal, kind: Kind | None = None) -> dict[str, object]:
    """One reason for a machine: its code, its sentence in the words of the kind, the numbers behind it."""
    return {"code": refusal.code, "message": say(refusal, kind), "params": dict(refusal.params)}


def say_no(error: StandardsError, *, machine: bool) -> None:
    """Print every reason: as sentences beside the answer, or as JSON in its place."""
    if machine:
        printing.data(_as_data(error))
        return
    match error:
        case NotByHand():
            printing.tell(str(error))
        case TransitionRefused():
            for refusal in error.refusals:
                printing.tell(f"[{refusal.code}] {say(refusal, error.kind)}")
        case Forbidden():
            printing.tell(f"[{error.reason.code}] {say(error.reason, error.kind)}")
        case Invalid():
            for name, refusal in error.fields.items():
                printing.tell(f"{field_label(name)}: {say(refusal, error.kind)}")
        case Unavailable() if " " in str(error) or not str(error).isascii():
            printing.tell(str(error))  # whoever raised it has said what is the matter
        case _:
            named = str(getattr(error, "identity", ""))
            for reason in reasons_of(error):
                printing.tell(f"{named}: {reason}" if named else reason)


def field_label(name: str) -> str:
    """A field by its word; one that has none, by its name."""
    try:
        return f"{labels.field(name)} ({name})"
    except KeyError:
        return name


def _as_data(error: StandardsError) -> Mapping[str, object]:
    match error:
        case TransitionRefused():
            return {"error": "refused", "refusals": [refusal_as_data(each, error.kind) for each in error.refusals]}
        case Forbidden():
            return {"error": "forbidden", "refusals": [refusal_as_data(error.reason, error.kind)]}
        case Invalid():
            fields = {name: refusal_as_data(each, error.kind) for name, each in error.fields.items()}
            return {"error": "invalid", "fields": fields}
        case NotByHand():
            return {"error": "forbidden", "message": str(error)}
        case _:
            return {"error": type(error).__name__.lower(), "message": " ".join(reasons_of(error))}
