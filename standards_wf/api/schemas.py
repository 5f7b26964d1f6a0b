"""JSON schemas of what goes in and out, made from the dataclasses themselves."""

import inspect
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from standards_wf.api.answers import Listed, plain
from standards_wf.api.values import LARGEST, inner_type, is_required, may_be_null, outer_name
from standards_wf.services.drafts import Upload

Schema = dict[str, Any]

_SCALARS: dict[object, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": -LARGEST, "maximum": LARGEST},
    float: {"type": "number"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    Fraction: {"type": "string", "pattern": "^[0-9]+/[0-9]+$"},
    Upload: {"type": "string", "contentMediaType": "application/octet-stream"},
    object: {},
}


class Schemas:
    """The schemas that are referred to by name, gathered while others are made."""

    def __init__(self) -> None:
        self.named: dict[str, Schema] = {}

    def of(self, hint: Any) -> Schema:  # noqa: ANN401  a type of whatever form
        """The schema of a type."""
        if may_be_null(hint):
            return {"anyOf": [self.of(inner_type(hint)), {"type": "null"}]}
        if hint in _SCALARS:
            return dict(_SCALARS[hint])
        if get_origin(hint) is not None:
            return self._made_of(get_origin(hint), get_args(hint))
        return {} if isinstance(hint, TypeVar) else self._named(hint)

    def _made_of(self, whole: object, parts: tuple[Any, ...]) -> Schema:
        """A list, a page of a list, or a mapping of something."""
        if whole is tuple:
            return {"type": "array", "items": self.of(parts[0])}
        if whole is Listed:
            return self._list_of(parts[0])
        names, values = parts
        schema: Schema = {"type": "object", "additionalProperties": self.of(values)}
        return schema if names in {str, int} else schema | {"propertyNames": self.of(names)}

    def _named(self, hint: type) -> Schema:
        name = hint.__name__
        if name not in self.named:
            self.named[name] = {}  # a schema may refer to itself
            self.named[name] = self._code(hint) if issubclass(hint, StrEnum) else self._object(hint)
        return {"$ref": f"#/components/schemas/{name}"}

    @staticmethod
    def _code(codes: type[StrEnum]) -> Schema:
        return {"type": "string", "enum": [code.value for code in codes], "description": inspect.getdoc(codes) or ""}

    def _list_of(self, item: type) -> Schema:
        name = f"{item.__name__}List"
        if name not in self.named:
            self.named[name] = {}
            properties = {
                "items": {"type": "array", "items": self.of(item)},
                "total": {"type": "integer"},
                "page": {"type": "integer"},
                "per_page": {"type": "integer"},
            }
            self.named[name] = {"type": "object", "properties": properties, "required": list(properties)}
        return {"$ref": f"#/components/schemas/{name}"}

    def _object(self, shape: type) -> Schema:
        if not is_dataclass(shape):
            raise TypeError(f"no schema for {shape}")
        hints = _hints(shape)
        is_body = shape.__name__.endswith(("Body", "Query"))
        properties: dict[str, Schema] = {}
        for field in fields(shape):
            schema = self.of(hints[field.name])
            if field.default is not MISSING and is_body and field.default is not None:
                schema |= {"default": plain(field.default)}
            properties[outer_name(field.name)] = schema
        required = [outer_name(field.name) for field in fields(shape) if is_required(field)]
        made: Schema = {
            "type": "object",
            "description": inspect.getdoc(shape) or "",
            "properties": properties,
        }
        if required:
            made["required"] = required
        if is_body:
            made["additionalProperties"] = False
        return made


def _hints(shape: type) -> dict[str, Any]:
    """The types of the fields; those of a list of something particular name it."""
    hints = get_type_hints(shape)
    for base in getattr(shape, "__orig_bases__", ()):
        if get_origin(base) is Listed:
            hints["items"] = tuple.__class_getitem__((get_args(base)[0], ...))
    return hints
