"""A page of one form, described field by field, so that all of them look and answer alike."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from standards_wf.web.forms.trouble import Trouble
from standards_wf.wording import labels

Choices = tuple[tuple[object, ...], ...]


class Input(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    TEXTAREA = "textarea"
    DATE = "date"
    NUMBER = "number"
    EMAIL = "email"
    PASSWORD = "password"  # noqa: S105  how a field is filled in
    SELECT = "select"
    RADIOS = "radios"
    CHECKBOX = "checkbox"
    CHECKBOXES = "checkboxes"
    FILE = "file"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form, with what the page proposes for it."""

    name: str
    input: Input = Input.TEXT
    label: str = ""
    value: object = ""
    required: bool | None = True
    hint: str = ""
    choices: Choices = ()
    chosen: tuple[object, ...] = ()
    empty: str | None = None
    rows: int = 5
    width: str = "full"
    accept: str = ""
    autocomplete: str = ""
    least: date | None = None
    most: date | None = None

    @property
    def words(self) -> str:
        """What stands above the field."""
        return self.label or str(labels.field(self.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Fields that belong together, under a heading of their own if there is one."""

    fields: tuple[Field, ...]
    title: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """A page of one form."""

    title: str
    submit: str
    cancel_url: str
    crumbs: tuple[tuple[str, str], ...] = ()
    over: str = ""
    under: str = ""
    groups: tuple[Group, ...] = ()
    version: int | None = None
    variant: str = "primary"
    trouble: Trouble
    notices: tuple[tuple[str, str], ...] = ()
    """Kind of notice and sentence, shown above the form."""
    told: tuple[str, ...] = ()
    """What will follow, in sentences below the fields."""
    rehearsal_url: str = ""
    """Where it can first be told what would happen, with what was typed."""
    missing: tuple[str, ...] = ()
    """What still stands in the way, in sentences above the form."""
    since: tuple[object, ...] = ()
    """What happened since the person looked, as rows of a timeline."""

    @property
    def has_files(self) -> bool:
        """Whether files are sent with it."""
        return any(field.input is Input.FILE for group in self.groups for field in group.fields)
