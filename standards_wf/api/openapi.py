"""The description of the API (OpenAPI 3.1), made from the endpoints themselves."""

import inspect
from dataclasses import fields
from importlib.metadata import version
from typing import Any, get_origin, get_type_hints

from standards_wf.api.answers import JSON, FileAnswer
from standards_wf.api.endpoints import ENDPOINTS, Endpoint, IfMatch
from standards_wf.api.errors import PROBLEM, TITLES, Problem
from standards_wf.api.idempotency import HEADER, LONGEST_KEY
from standards_wf.api.schemas import Schema, Schemas
from standards_wf.api.values import MULTIPART, is_required, outer_name, upload_fields
from standards_wf.workflow.fields import ActFields

PREFIX = "/api/v1"
_ALWAYS = (500, 503)


def description() -> Schema:
    """The whole description."""
    schemas = Schemas()
    problem = schemas.of(Problem)
    paths: dict[str, dict[str, Schema]] = {}
    for each in ENDPOINTS:
        paths.setdefault(PREFIX + each.path, {})[each.method.lower()] = _operation(each, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "标准全生命周期管理系统 Standards Lifecycle System",
            "version": version("standards-wf"),
            "description": (
                "JSON, UTF-8, snake_case. Dates are YYYY-MM-DD, instants RFC 3339 in UTC. What is public is read without "
                "a token; everything else takes one as `Authorization: Bearer TOKEN`. Sentences come in Chinese, or in "
                "English by `Accept-Language: en`."
            ),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.named.items())),
            "responses": {
                f"Problem{status}": {"description": title.en, "content": {PROBLEM: {"schema": problem}}}
                for status, title in TITLES.items()
            },
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "tags": [{"name": tag} for tag in dict.fromkeys(each.tag for each in ENDPOINTS)],
    }


def _operation(asked: Endpoint, schemas: Schemas) -> Schema:
    operation: Schema = {
        "operationId": asked.name.replace(".", "_").rstrip("_"),
        "summary": asked.about,
        "tags": [asked.tag],
        "parameters": [*_in_path(asked, schemas), *_in_query(asked, schemas), *_in_headers(asked)],
        "responses": _responses(asked, schemas),
        "security": [{}, {"token": []}] if asked.is_public else [{"token": []}],
    }
    if asked.body is not None:
        operation["requestBody"] = _request_body(asked, schemas)
    return operation


def _in_path(asked: Endpoint, schemas: Schemas) -> list[Schema]:
    return [
        {"name": name, "in": "path", "required": True, "schema": schemas.of(asked.hints[name])}
        for name in asked.path_names
    ]


def _in_query(asked: Endpoint, schemas: Schemas) -> list[Schema]:
    if asked.query is None:
        return []
    described: Schema = schemas._object(asked.query)  # noqa: SLF001  the parameters are the parts of an object
    return [
        {"name": name, "in": "query", "required": False, "schema": schema}
        for name, schema in described["properties"].items()
    ]


def _in_headers(asked: Endpoint) -> list[Schema]:
    headers: list[Schema] = []
    if asked.is_write:
        about = "A request that is sent again with its key gets the answer that it got before, and is not done again."
        headers.append(_header(HEADER, about, {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY}))
    if asked.if_match is not IfMatch.UNUSED:
        about = "The ETag of the project as the caller has seen it."
        is_needed = asked.if_match is IfMatch.NEEDED
        headers.append(_header("If-Match", about, {"type": "string"}) | {"required": is_needed})
    return headers


def _header(name: str, about: str, schema: Schema) -> Schema:
    return {"name": name, "in": "header", "required": False, "description": about, "schema": schema}


def _request_body(asked: Endpoint, schemas: Schemas) -> Schema:
    body: Any = asked.body
    if get_origin(body) is dict:
        return {"required": False, "content": {JSON: {"schema": _act_fields(schemas)}}}
    schema = schemas.of(body)
    content: Schema = {}
    files = upload_fields(body)
    must_be_files = any(field.name in files and is_required(field) for field in fields(body))
    if files:
        content[MULTIPART] = {"schema": schema}
    if not must_be_files:
        content[JSON] = {"schema": schema}
    return {"required": any(is_required(field) for field in fields(body)), "content": content}


def _act_fields(schemas: Schemas) -> Schema:
    hints = get_type_hints(ActFields)
    properties = {outer_name(field.name): schemas.of(hints[field.name]) for field in fields(ActFields)}
    return {
        "type": "object",
        "description": "The note, and the fields of this act's form: `actions[].fields` of the project names them.",
        "properties": {"note": {"type": "string"}, **properties},
        "additionalProperties": False,
    }


def _responses(asked: Endpoint, schemas: Schemas) -> Schema:
    responses: Schema = {str(asked.status): _success(asked, schemas)}
    if asked.accepted is not None:
        about = "The act takes two persons here: it is prepared, and done when another person confirms it."
        responses["202"] = {"description": about, "content": {JSON: {"schema": schemas.of(asked.accepted)}}}
    for status in sorted(_refusals(asked)):
        responses[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
    return responses


def _success(asked: Endpoint, schemas: Schemas) -> Schema:
    if asked.answer is FileAnswer:
        content = {media_type: {"schema": {"type": "string"}} for media_type in asked.media_types}
        return {"description": "The file.", "content": content}
    schema = schemas.of(asked.answer)
    if asked.rehearsal is not None:
        schema = {"oneOf": [schema, schemas.of(asked.rehearsal_answer)]}
    success: Schema = {"description": _first_line(asked), "content": {JSON: {"schema": schema}}}
    if "version" in getattr(asked.answer, "__dataclass_fields__", {}):
        success["headers"] = {"ETag": {"schema": {"type": "string"}, "description": "The version of the project."}}
    return success


def _first_line(asked: Endpoint) -> str:
    return (inspect.getdoc(asked.handler) or "").partition("\n")[0]


def _refusals(asked: Endpoint) -> set[int]:
    """The statuses with which a call can be refused."""
    found = {401, *_ALWAYS}
    if asked.path_names or not asked.is_public:
        found.add(404)
    if asked.query is not None or asked.body is not None or asked.is_write:
        found.add(422)
    if asked.is_write:
        found |= {403, 409, 413}
    if asked.body is not None:
        found.add(415)
    if asked.if_match is not IfMatch.UNUSED:
        found.add(412)
    if asked.if_match is IfMatch.NEEDED:
        found.add(428)
    if asked.media_types:
        found.add(406)
    return found
