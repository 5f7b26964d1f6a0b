"""A form that could not be accepted: why, and everything that was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from standards_wf.errors import EditConflict, Invalid, StandardsError, TransitionRefused
from standards_wf.services.saying import reasons_of, say_fields
from standards_wf.workflow.vocabulary import Kind

ACCEPTABLE_LATER = (Invalid, EditConflict, TransitionRefused)
"""What the person at the form can mend there, so that the page is shown again."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a form was not accepted, and what was typed into it; `NO_TROUBLE` for a form that is new."""

    status: int = 200
    errors: Mapping[str, str] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    seen_version: int | None = None
    """Where the person stood who was overtaken by somebody else; `None` when nobody was."""
    typed: "MultiDict[str, str] | None" = None

    def value(self, name: str, otherwise: object = "") -> object:
        """What was typed into a field; of a form that is new, what the page proposes."""
        return otherwise if self.typed is None else self.typed.get(name, "")

    def values(self, name: str, otherwise: tuple[object, ...] = ()) -> tuple[object, ...]:
        """The same for a field with several values."""
        return otherwise if self.typed is None else tuple(self.typed.getlist(name))


NO_TROUBLE = Trouble()


def trouble_of(error: StandardsError, typed: "MultiDict[str, str]", kind: Kind | None = None) -> Trouble:
    """What to tell the person whose form was refused."""
    match error:
        case Invalid():
            return Trouble(422, errors=say_fields(error, kind), typed=typed)
        case EditConflict():
            return Trouble(409, reasons=(), seen_version=error.expected, typed=typed)
        case _:
            return Trouble(409, reasons=reasons_of(error, kind), typed=typed)
