"""What an act says besides its name: the fields of its form, the same for page, API and command line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from standards_wf.workflow.calendar import is_countable
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Action, EarlyReason, ReviewMode


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFields:
    """The values given with an act; what an act does not use stays empty."""

    plan_number: str = ""
    plan_published_on: date | None = None
    completes_on: date | None = None
    plan_id: int | None = None
    announcement: str = ""
    fast_track_granted: bool = False
    merged_into: int | None = None
    months: int | None = None
    closes_on: date | None = None
    members_only: bool = False
    public_interest_untouched: bool = False
    review_mode: ReviewMode | None = None
    meets_on: date | None = None
    place: str = ""
    filing_number: str = ""
    filed_on: date | None = None
    disclosure_address: str = ""
    disclosed_on: date | None = None
    early_reason: EarlyReason | None = None
    early_grounds: str = ""
    decided_on: date | None = None
    use_instead: str = ""


class FieldType(StrEnum):
    """How a field is typed and shown."""

    TEXT = "text"
    DATE = "date"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    REVIEW_MODE = "review_mode"
    EARLY_REASON = "early_reason"


CHOICES: Mapping[FieldType, type[StrEnum]] = {
    FieldType.REVIEW_MODE: ReviewMode,
    FieldType.EARLY_REASON: EarlyReason,
}
"""The codes to choose from, where a field is a choice."""
MAX_TEXT = 200
MAX_ADDRESS = 500


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of an act's form."""

    name: str
    type: FieldType
    required: bool = True
    maximum: int = MAX_TEXT
    """How long a text may be."""


_CONSULTATION = (
    FieldRow("closes_on", FieldType.DATE),
    FieldRow("members_only", FieldType.BOOLEAN, required=False),
    FieldRow("public_interest_untouched", FieldType.BOOLEAN, required=False),
)
_REVIEW = (
    FieldRow("review_mode", FieldType.REVIEW_MODE),
    FieldRow("meets_on", FieldType.DATE, required=False),
    FieldRow("place", FieldType.TEXT, required=False),
)

_DECISION = (
    FieldRow("announcement", FieldType.TEXT, required=False),
    FieldRow("decided_on", FieldType.DATE, required=False),
)

FIELDS: dict[Action, tuple[FieldRow, ...]] = {
    Action.APPROVE_PROJECT: (
        FieldRow("plan_number", FieldType.TEXT),
        FieldRow("plan_published_on", FieldType.DATE),
        FieldRow("completes_on", FieldType.DATE),
        FieldRow("plan_id", FieldType.INTEGER, required=False),
        FieldRow("announcement", FieldType.TEXT, required=False),
        FieldRow("fast_track_granted", FieldType.BOOLEAN, required=False),
    ),
    Action.DECLINE: (FieldRow("merged_into", FieldType.INTEGER, required=False),),
    Action.TERMINATE: (FieldRow("announcement", FieldType.TEXT, required=False),),
    Action.EXTEND_PROJECT: (FieldRow("months", FieldType.INTEGER),),
    Action.OPEN_CONSULTATION: _CONSULTATION,
    Action.REOPEN_CONSULTATION: _CONSULTATION,
    Action.EXTEND_CONSULTATION: (FieldRow("closes_on", FieldType.DATE),),
    Action.SUBMIT_FOR_REVIEW: _REVIEW,
    Action.REPEAT_REVIEW: _REVIEW,
    Action.RECORD_FILING: (FieldRow("filing_number", FieldType.TEXT), FieldRow("filed_on", FieldType.DATE)),
    Action.RECORD_DISCLOSURE: (
        FieldRow("disclosure_address", FieldType.TEXT, maximum=MAX_ADDRESS),
        FieldRow("disclosed_on", FieldType.DATE),
    ),
    Action.START_REVIEW: (
        FieldRow("early_reason", FieldType.EARLY_REASON, required=False),
        FieldRow("early_grounds", FieldType.TEXT, required=False, maximum=MAX_ADDRESS),
    ),
    Action.CONFIRM: _DECISION,
    Action.ORDER_REVISION: _DECISION,
    Action.PROPOSE_ABOLITION: _DECISION,
    Action.ABOLISH: (
        FieldRow("announcement", FieldType.TEXT, required=False),
        FieldRow("use_instead", FieldType.TEXT, required=False),
    ),
}


class FieldProblem(StrEnum):
    """Why a field's value was not understood."""

    NOT_A_DATE = "not_a_date"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_YES_OR_NO = "not_a_yes_or_no"
    TOO_LONG = "too_long"
    REQUIRED = "required"
    ALREADY_TAKEN = "already_taken"
    NOT_TEXT = "not_text"
    IN_THE_FUTURE = "in_the_future"
    BEFORE_PUBLICATION = "before_publication"
    BEFORE_REVIEW = "before_review"
    NOT_AN_ADDRESS = "not_an_address"
    UNKNOWN_FIELD = "unknown_field"


class FieldsNotUnderstood(ValueError):
    """Values that cannot be read; `problems` names each field with its reason."""

    def __init__(self, problems: Mapping[str, Refusal]) -> None:
        super().__init__(", ".join(problems))
        self.problems = dict(problems)


_YES, _NO = frozenset({"1", "true", "on", "yes", "y"}), frozenset({"", "0", "false", "off", "no", "n"})


def is_text(value: str) -> bool:
    """Whether every database can keep it: no NUL, and no half of a character that only JSON can write."""
    return "\x00" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)


def _text(row: FieldRow, text: str) -> str:
    if not is_text(text):
        raise FieldsNotUnderstood({row.name: Refusal(FieldProblem.NOT_TEXT)})
    if len(text) > row.maximum:
        raise FieldsNotUnderstood({row.name: Refusal(FieldProblem.TOO_LONG, maximum=row.maximum)})
    return text


_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day_from(text: str) -> date | None:
    """The day that is written YYYY-MM-DD; nothing for another spelling, as 20260101 or the day of a week."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _read(row: FieldRow, text: str) -> object:
    match row.type:
        case FieldType.TEXT:
            return _text(row, text)
        case FieldType.DATE:
            day = day_from(text)
            if day is None or not is_countable(day):
                raise FieldsNotUnderstood({row.name: Refusal(FieldProblem.NOT_A_DATE, given=text)})
            return day
        case FieldType.INTEGER:
            try:
                return int(text)
            except ValueError:
                raise FieldsNotUnderstood({row.name: Refusal(FieldProblem.NOT_A_NUMBER, given=text)}) from None
        case FieldType.BOOLEAN:
            if text.lower() not in _YES | _NO:
                raise FieldsNotUnderstood({row.name: Refusal(FieldProblem.NOT_A_YES_OR_NO, given=text)})
            return text.lower() in _YES
        case FieldType.REVIEW_MODE | FieldType.EARLY_REASON:
            codes = CHOICES[row.type]
            if text not in set(codes):
                raise FieldsNotUnderstood(
                    {row.name: Refusal(FieldProblem.NOT_A_CHOICE, given=text, choices=tuple(codes))}
                )
            return codes(text)


def read_fields(action: Action, given: Mapping[str, object]) -> ActFields:
    """Read the values of an act's form as people type them; a value left empty counts as not given.

    Raises FieldsNotUnderstood with every unreadable or unknown field.
    """
    rows = {row.name: row for row in FIELDS.get(action, ())}
    problems = {name: Refusal(FieldProblem.UNKNOWN_FIELD) for name in given if name not in rows}
    values: dict[str, object] = {}
    for name, row in rows.items():
        raw = given.get(name)
        text = "" if raw is None else str(raw).strip()
        if not text:
            continue
        try:
            values[name] = _read(row, text)
        except FieldsNotUnderstood as unread:
            problems |= unread.problems
    if problems:
        raise FieldsNotUnderstood(problems)
    return ActFields(**values)  # type: ignore[arg-type]  # `_read` gives each field its own type


_NAMES = {field.name for field in fields(ActFields)}
if any(row.name not in _NAMES for rows in FIELDS.values() for row in rows):
    raise ValueError("every row of FIELDS needs a field in ActFields")
