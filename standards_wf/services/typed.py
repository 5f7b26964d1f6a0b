"""Reading what people typed: stripped, bounded, text and nothing else; every problem is gathered by field."""

from collections.abc import Iterable
from datetime import date

from standards_wf.errors import Invalid
from standards_wf.workflow.calendar import is_countable
from standards_wf.workflow.fields import FieldProblem, is_text
from standards_wf.workflow.refusals import Refusal

SHORT = 200
TITLE = 500
LONG = 20_000


class Typed:
    """Checks the fields of one form and raises once, with all that is wrong."""

    def __init__(self) -> None:
        self.problems: dict[str, Refusal] = {}

    def text(self, name: str, value: str, *, maximum: int = SHORT, required: bool = False) -> str:
        """The text without blanks at its ends; too long, not text or missing is noted."""
        value = value.strip()
        if not is_text(value):
            self.problems[name] = Refusal(FieldProblem.NOT_TEXT)
        elif len(value) > maximum:
            self.problems[name] = Refusal(FieldProblem.TOO_LONG, maximum=maximum)
        elif required and not value:
            self.problems[name] = Refusal(FieldProblem.REQUIRED)
        return value

    def day(self, name: str, value: date) -> date:
        """A day from which periods can be counted; one of another age is noted."""
        if not is_countable(value):
            self.problems[name] = Refusal(FieldProblem.NOT_A_DATE, given=value.isoformat())
        return value

    def refuse(self, name: str, refusal: Refusal) -> None:
        """Note a problem of a field."""
        self.problems[name] = refusal

    def names(self, name: str, values: Iterable[str], *, maximum: int = SHORT) -> tuple[str, ...]:
        """A list of names without the empty ones."""
        return tuple(text for value in values if (text := self.text(name, value, maximum=maximum)))

    def done(self) -> None:
        """Raise Invalid with everything that was noted."""
        if self.problems:
            raise Invalid(self.problems)
