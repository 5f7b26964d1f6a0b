"""What the API answers: frozen dataclasses written as JSON, lists by pages, and files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Generic, TypeVar
from urllib.parse import quote

from flask import Response, request

from standards_wf.services.record import plain as plain_scalar

JSON = "application/json"
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Generic[Item]):
    """One page of a list, with the number of all items."""

    items: tuple[Item, ...]
    total: int
    page: int
    per_page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAnswer:
    """A file as it is given out."""

    content: bytes
    media_type: str
    filename: str
    public: bool = False


def plain(value: object) -> object:
    """A value as JSON writes it: codes as they are stored, dates YYYY-MM-DD, instants RFC 3339 in UTC."""
    if is_dataclass(value):
        # A name that is a word of the language has a line behind it here, and none outside.
        return {field.name.rstrip("_"): plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(plain_scalar(name)): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return plain_scalar(value)


def as_json(value: object) -> str:
    """A value as a JSON text."""
    return json.dumps(plain(value), ensure_ascii=False)


def json_response(value: object, status: int = 200, media_type: str = JSON) -> Response:
    """A value as an answer."""
    return Response(as_json(value), status=status, mimetype=media_type)


def file_response(file: FileAnswer) -> Response:
    """A file as an answer; what somebody has already is not sent again."""
    ascii_name = "".join(sign if sign.isascii() and sign not in '"\\' else "_" for sign in file.filename)
    answer = Response(
        file.content,
        mimetype=file.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{ascii_name}"; '
            f"filename*=UTF-8''{quote(file.filename, safe='')}",
            "Cache-Control": "public, no-cache" if file.public else "private, no-cache",
            "Vary": "Accept, Authorization",
        },
    )
    answer.add_etag()
    answer.make_conditional(request)
    return answer
