"""A text as JSON, and back without loss; each element names its type, and what is empty is left out."""

import dataclasses
import json
import types
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from standards_wf.documents import elements
from standards_wf.documents.elements import Tree

_TYPES: dict[str, type] = {
    each.__name__.lower(): each
    for each in vars(elements).values()
    if isinstance(each, type) and dataclasses.is_dataclass(each)
}
_NAMES = {each: name for name, each in _TYPES.items()}


class NotATree(ValueError):
    """The JSON was not written by `as_json`."""


def as_json(tree: Tree) -> dict[str, Any]:
    """The tree as what `json.dumps` takes."""
    plain = _plain(tree)
    assert isinstance(plain, dict)  # noqa: S101  a dataclass is written as an object
    return plain


def from_json(data: Mapping[str, Any]) -> Tree:
    """The tree as it was written.

    Raises NotATree.
    """
    try:
        tree = _made(data, Tree)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotATree(f"not a text: {error}") from error
    if not isinstance(tree, Tree):
        raise NotATree("not a text")
    return tree


def as_json_text(tree: Tree) -> str:
    """The tree as it is stored."""
    return json.dumps(as_json(tree), ensure_ascii=False)


def from_json_text(text: str) -> Tree:
    """The tree as it was stored.

    Raises NotATree.
    """
    return from_json(json.loads(text))


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        said = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        empty = _empty(type(value))
        kept = {name: _plain(each) for name, each in said.items() if name not in empty or each != empty[name]}
        return {"type": _NAMES[type(value)], **kept}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, frozenset):
        return sorted(str(each) for each in value)
    return value.isoformat() if isinstance(value, datetime) else value


@cache
def _empty(kind: type) -> dict[str, object]:
    """What each field is when nothing is said of it."""
    return {field.name: field.default for field in dataclasses.fields(kind) if field.default is not dataclasses.MISSING}


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, vars(elements))


def _made(data: Any, hint: Any) -> object:  # noqa: ANN401  whatever JSON holds, of whatever type is expected
    origin = get_origin(hint)
    if origin in (tuple, frozenset):
        return origin(_made(each, get_args(hint)[0]) for each in data)
    if origin in (Union, types.UnionType):
        choices = [each for each in get_args(hint) if each is not type(None)]
        if data is None:
            return None
        return _made(data, _TYPES[data["type"]] if isinstance(data, Mapping) else choices[0])
    if dataclasses.is_dataclass(hint):
        named = _TYPES[data["type"]]
        if named is not hint:
            raise NotATree(f"{data['type']} where {hint} belongs")
        hints = _hints(named)
        return named(**{name: _made(each, hints[name]) for name, each in data.items() if name != "type"})
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(data)
    return datetime.fromisoformat(data) if hint is datetime else data
