"""Reading single values of a form as people type them; all that cannot be read is told at once."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from werkzeug.datastructures import FileStorage, MultiDict

from standards_wf.errors import Invalid
from standards_wf.services.drafts import Upload
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.refusals import Refusal

Code = TypeVar("Code", bound=StrEnum)
_LARGEST = 2**31 - 1


class Reader:
    """Reads a form field by field and raises once, with everything that could not be read."""

    def __init__(self, form: "MultiDict[str, str]", files: "Mapping[str, FileStorage] | None" = None) -> None:
        self._form = form
        self._files = files or {}
        self._problems: dict[str, Refusal] = {}

    def text(self, name: str) -> str:
        """A text as typed; the service strips and bounds it."""
        return self._form.get(name, "").replace("\r\n", "\n")

    def texts(self, name: str) -> tuple[str, ...]:
        """The values that were ticked."""
        return tuple(self._form.getlist(name))

    def lines(self, name: str) -> tuple[str, ...]:
        """One entry for each line that is not empty."""
        return tuple(line.strip() for line in self.text(name).splitlines() if line.strip())

    def number(self, name: str, *, required: bool = False) -> int | None:
        """A whole number."""
        text = self.text(name).strip()
        if not text:
            self._miss(name, required=required)
            return None
        try:
            value = int(text)
        except ValueError:
            value = -1
        if not 0 <= value <= _LARGEST:
            self._problems[name] = Refusal(FieldProblem.NOT_A_NUMBER, given=text)
            return None
        return value

    def numbers(self, name: str) -> tuple[int, ...]:
        """The identities that were ticked."""
        return tuple(int(text) for text in self._form.getlist(name) if text.isdecimal() and int(text) <= _LARGEST)

    def day(self, name: str, *, required: bool = False) -> date | None:
        """A date, written year-month-day."""
        text = self.text(name).strip()
        if not text:
            self._miss(name, required=required)
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._problems[name] = Refusal(FieldProblem.NOT_A_DATE, given=text)
            return None

    def needed_day(self, name: str) -> date:
        """A date that must be there; where it is not, the form is refused in the end."""
        return self.day(name, required=True) or date.min

    def code(self, name: str, codes: type[Code], *, required: bool = False) -> Code | None:
        """One of a few codes."""
        text = self.text(name).strip()
        if not text:
            self._miss(name, required=required)
            return None
        try:
            return codes(text)
        except ValueError:
            self._problems[name] = Refusal(FieldProblem.NOT_A_CHOICE, given=text, choices=tuple(codes))
            return None

    def needed_code(self, name: str, codes: type[Code]) -> Code:
        """One of a few codes that must be chosen; where none is, the form is refused in the end."""
        return self.code(name, codes, required=True) or next(iter(codes))

    def yes(self, name: str) -> bool:
        """Whether a box was ticked."""
        return bool(self.text(name).strip())

    def upload(self, name: str, *, required: bool = False) -> Upload | None:
        """A file as it arrived."""
        sent = self._files.get(name)
        if sent is None or not sent.filename:
            self._miss(name, required=required)
            return None
        return Upload(sent.filename, sent.read())

    def version(self) -> int | None:
        """The version of the project that the page was drawn from."""
        return self.number("expected_version", required=True)

    def done(self) -> None:
        """Raise Invalid with everything that could not be read."""
        if self._problems:
            raise Invalid(self._problems)

    def _miss(self, name: str, *, required: bool) -> None:
        if required:
            self._problems[name] = Refusal(FieldProblem.REQUIRED)
