"""Reading what a request says into frozen dataclasses: every field of its type, every mistake named at once."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from flask import Request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import UnsupportedMediaType

from standards_wf.api.problems import RequestProblem
from standards_wf.errors import Invalid
from standards_wf.services.drafts import Upload
from standards_wf.workflow.fields import FieldProblem, day_from, is_text
from standards_wf.workflow.refusals import Refusal

LARGEST = 2**31 - 1
MULTIPART = "multipart/form-data"
Read = TypeVar("Read")


class _Problems(dict[str, Refusal]):
    """The problems found so far, by the path of the field."""

    def note(self, path: str, code: StrEnum, **params: object) -> None:
        self.setdefault(path or "body", Refusal(code, **params))


def inner_type(hint: object) -> object:
    """The type that is left when a value may also be absent."""
    if get_origin(hint) in {Union, UnionType}:
        return next(part for part in get_args(hint) if part is not NoneType)
    return hint


def may_be_null(hint: object) -> bool:
    """Whether a value may be absent."""
    return get_origin(hint) in {Union, UnionType} and NoneType in get_args(hint)


def is_required(field: Field[Any]) -> bool:
    """Whether the field must be given."""
    return field.default is MISSING and field.default_factory is MISSING


def outer_name(field_name: str) -> str:
    """A field as it is called outside; a name that is a word of the language has a line behind it inside."""
    return field_name.rstrip("_")


def upload_fields(wanted: type) -> frozenset[str]:
    """The fields that are files."""
    hints = get_type_hints(wanted)
    return frozenset(field.name for field in fields(wanted) if inner_type(hints[field.name]) is Upload)


def read_body(request: Request, wanted: type[Read]) -> Read:
    """The body of a request. Raises Invalid with every mistake, UnsupportedMediaType.

    A body that is an open object comes as it is, and whoever asked for it reads its values.
    """
    if get_origin(wanted) is dict:
        given = json_of(request)
        if not isinstance(given, Mapping):
            raise Invalid({"body": Refusal(RequestProblem.NOT_AN_OBJECT)})
        return given  # type: ignore[return-value]  # an object
    files = upload_fields(wanted)
    if files and request.mimetype == MULTIPART:
        return _read_form(request, wanted, files)
    must_be_files = any(field.name in files and is_required(field) for field in fields(wanted))  # type: ignore[arg-type]
    if must_be_files:
        raise UnsupportedMediaType
    return read_object(json_of(request), wanted)


def json_of(request: Request) -> object:
    """The JSON of a body; no body counts as an empty object. Raises UnsupportedMediaType, Invalid."""
    raw = request.get_data(cache=True)
    if not raw:
        return {}
    if not request.is_json:
        raise UnsupportedMediaType
    try:
        return json.loads(raw.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as unread:
        why = str(unread).partition("\n")[0] or "nesting"
        raise Invalid({"body": Refusal(RequestProblem.NOT_JSON, why=why)}) from None


def _refuse_constant(name: str) -> object:
    raise ValueError(name)


def read_object(given: object, wanted: type[Read]) -> Read:
    """A JSON object as a dataclass. Raises Invalid with every mistake."""
    problems = _Problems()
    value = _object(given, wanted, "", problems)
    if problems:
        raise Invalid(problems)
    return value  # type: ignore[return-value]  # without problems it was made


def _read_form(request: Request, wanted: type[Read], files: frozenset[str]) -> Read:
    given: dict[str, object] = {}
    problems = _Problems()
    known = {field.name: field for field in fields(wanted)}  # type: ignore[arg-type]
    for name, text in request.form.items():
        if name in files:
            problems.note(name, RequestProblem.NOT_A_FILE)
        given[name] = text
    for name, file in request.files.items():
        given[name] = Upload(file.filename or "", file.read())
    hints = get_type_hints(wanted)
    for name in given.keys() & known.keys() - files:
        given[name] = _from_text(str(given[name]), inner_type(hints[name]))
    value = _object(given, wanted, "", problems)
    if problems:
        raise Invalid(problems)
    return value  # type: ignore[return-value]  # without problems it was made


def read_query(given: "MultiDict[str, str]", wanted: type[Read]) -> Read:
    """The parameters behind the question mark; one that takes several values may stand several times.

    Raises Invalid with every mistake.
    """
    hints = get_type_hints(wanted)
    known = {field.name for field in fields(wanted)}  # type: ignore[arg-type]
    typed: dict[str, object] = {}
    for name, texts in given.lists():
        hint = inner_type(hints[name]) if name in known else str
        if get_origin(hint) is tuple:
            typed[name] = [_from_text(text, get_args(hint)[0]) for text in texts if text]
        elif hint is bool:
            # A switch that is named but left empty, or set twice, might do the opposite of what was meant.
            typed[name] = _from_text(texts[0], hint) if len(texts) == 1 else texts
        elif texts[-1] or hint is str:
            typed[name] = _from_text(texts[-1], hint)
    return read_object(typed, wanted)


def _from_text(text: str, hint: object) -> object:
    """A value as JSON would have it, where it came as text."""
    if hint is int:
        digits = text.removeprefix("-")
        return int(text) if digits.isascii() and digits.isdigit() and len(digits) < len(str(LARGEST)) + 1 else text
    if hint is bool:
        return {"true": True, "1": True, "false": False, "0": False}.get(text.lower(), text)
    return text


def _object(given: object, wanted: type, path: str, problems: _Problems) -> object:
    if not isinstance(given, Mapping):
        problems.note(path, RequestProblem.NOT_AN_OBJECT)
        return None
    hints = get_type_hints(wanted)
    known = {outer_name(field.name): field for field in fields(wanted)}
    for name in given.keys() - known.keys():
        problems.note(_join(path, str(name)), RequestProblem.NO_SUCH_FIELD, name=name, known=tuple(known))
    values: dict[str, object] = {}
    before = len(problems)
    for name, field in known.items():
        if name in given and not (given[name] is None and may_be_null(hints[field.name])):
            values[field.name] = _value(given[name], inner_type(hints[field.name]), _join(path, name), problems)
        elif is_required(field):
            problems.note(_join(path, name), FieldProblem.REQUIRED)
    return wanted(**values) if len(problems) == before and not problems else None


def _value(given: object, hint: object, path: str, problems: _Problems) -> object:
    if get_origin(hint) is tuple:
        return _items(given, get_args(hint)[0], path, problems)
    if get_origin(hint) is dict:
        return _mapping(given, get_args(hint), path, problems)
    if not isinstance(hint, type):
        raise TypeError(f"a request cannot hold {hint}")
    if is_dataclass(hint) and hint is not Upload:
        return _object(given, hint, path, problems)
    return _scalar(given, hint, path, problems)


def _items(given: object, of: object, path: str, problems: _Problems) -> tuple[object, ...]:
    if not isinstance(given, list):
        problems.note(path, RequestProblem.NOT_A_LIST)
        return ()
    return tuple(_value(item, of, f"{path}[{place}]", problems) for place, item in enumerate(given))


def _mapping(given: object, of: tuple[Any, ...], path: str, problems: _Problems) -> Mapping[Any, object]:
    if not isinstance(given, Mapping):
        problems.note(path, RequestProblem.NOT_AN_OBJECT)
        return {}
    names, values = of
    return {
        _value(name, names, _join(path, name), problems): _value(item, values, _join(path, name), problems)
        for name, item in given.items()
    }


def _scalar(given: object, hint: type, path: str, problems: _Problems) -> object:
    if hint is Upload:
        if not isinstance(given, Upload):
            problems.note(path, RequestProblem.NOT_A_FILE)
    elif hint is bool:
        if not isinstance(given, bool):
            problems.note(path, RequestProblem.NOT_A_BOOLEAN)
    elif hint is int:
        if isinstance(given, bool) or not isinstance(given, int) or not -LARGEST <= given <= LARGEST:
            problems.note(path, RequestProblem.NOT_AN_INTEGER, least=-LARGEST, most=LARGEST)
    elif not isinstance(given, str):
        problems.note(path, RequestProblem.NOT_A_STRING)
    elif not is_text(given):
        problems.note(path, FieldProblem.NOT_TEXT)
    else:
        return _from_string(given, hint, path, problems)
    return given


def _from_string(given: str, hint: type, path: str, problems: _Problems) -> object:
    if issubclass(hint, StrEnum):
        try:
            return hint(given)
        except ValueError:
            problems.note(path, FieldProblem.NOT_A_CHOICE, given=given, choices=tuple(code.value for code in hint))
            return None
    if hint is datetime:
        return _instant(given, path, problems)
    if hint is date:
        day = day_from(given)
        if day is None:
            problems.note(path, FieldProblem.NOT_A_DATE, given=given)
        return day
    return given


def _instant(given: str, path: str, problems: _Problems) -> datetime | None:
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        problems.note(path, RequestProblem.NOT_AN_INSTANT, given=given)
        return None
    return found


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """Which page of a list, and how long."""

    page: int = 1
    per_page: int = 20


MOST_PER_PAGE = 100


def checked_paging(page: int, per_page: int) -> None:
    """See that page and length can be answered. Raises Invalid."""
    problems = {}
    if page < 1:
        problems["page"] = Refusal(RequestProblem.OUT_OF_RANGE, given=page, least=1, most=LARGEST)
    if not 1 <= per_page <= MOST_PER_PAGE:
        problems["per_page"] = Refusal(RequestProblem.OUT_OF_RANGE, given=per_page, least=1, most=MOST_PER_PAGE)
    if problems:
        raise Invalid(problems)
