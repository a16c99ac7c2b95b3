"""The description of the API (OpenAPI 3.1), made from the routes, the table of operations, and the schemas that check
what comes in."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from flask import current_app
from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema
from werkzeug.routing import Rule

from fieldwork.api import answers
from fieldwork.api.door import unless_unchanged
from fieldwork.api.operations import OPERATIONS, PROBLEM_JSON, Operation, Parameter, Reply
from fieldwork.api.room import room
from fieldwork.core import words
from fieldwork.web import allow

REFERENCE = "#/components/schemas/{model}"
CHANGES = {"POST", "PUT", "PATCH", "DELETE"}
BODY_REFUSALS = (400, 413, 415, 422)
REFUSALS = {
    400: "Not clear",
    401: "Nobody is logged in; or, for a token, wrong name or password",
    403: "This person, or a token that only sends, may not; or a page of another site asks",
    404: "There is no such thing for this person",
    409: "It does not stand where this call needs it",
    410: "It was here and was thrown away; whoever still holds a copy keeps it",
    412: "Another version of tus",
    413: "Too large",
    415: "Sent as another kind of content",
    416: "There is no such part of it",
    422: "Something is wrong with what was sent",
    429: "Too many failures; in a quarter of an hour again",
    460: "What arrived is not what was announced",
    507: "No room left; nothing was kept half-written",
}
SECURITY: list[dict[str, list[str]]] = [{"token": []}, {"session": []}]
SCHEMES = {
    "token": {"type": "http", "scheme": "bearer", "description": "From POST /tokens"},
    "session": {"type": "apiKey", "in": "cookie", "name": "session", "description": "Of somebody logged in on a page"},
}


@room.get("/openapi.json")
@allow("public")
def describe() -> Any:
    return unless_unchanged(document())


@cache
def document() -> dict[str, Any]:
    """The whole description; the routes are the same as long as the process lives."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Fieldwork", "version": "1", "description": "Records of the field, sent, kept and told of."},
        "servers": [{"url": room.url_prefix}],
        "paths": _paths(),
        "components": {"schemas": _schemas(), "securitySchemes": SCHEMES},
    }


def _paths() -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for name, rule, methods in described_routes():
        path = re.sub(r"<(?:[^:>]+:)?([^>]+)>", r"{\1}", rule.rule).removeprefix(room.url_prefix or "")
        for method in sorted(methods):
            paths.setdefault(path, {})[method.lower()] = _operation(name, rule, method)
    return paths


def described_routes() -> Iterator[tuple[str, Rule, set[str]]]:
    """Every route of the API: endpoint without the room's name, rule, and the methods it was declared with."""
    for rule in current_app.url_map.iter_rules():
        place, _, name = rule.endpoint.partition(".")
        if place == room.name:
            methods = rule.methods or set()
            yield name, rule, methods - {"HEAD", "OPTIONS"} or methods - {"OPTIONS"} or methods


def _operation(name: str, rule: Rule, method: str) -> dict[str, Any]:
    operation = OPERATIONS[name]
    is_public = getattr(current_app.view_functions[rule.endpoint], "permission", "") == "public"
    parameters = [*_path_parameters(rule), *(_parameter(one) for one in operation.parameters)]
    body = _body(operation)
    return {
        "operationId": name,
        "summary": operation.words,
        "security": [] if is_public else SECURITY,
        **({"parameters": parameters} if parameters else {}),
        **({"requestBody": body} if body else {}),
        "responses": _responses(operation, method, rule, is_public=is_public),
    }


def _path_parameters(rule: Rule) -> Iterator[dict[str, Any]]:
    for name in sorted(rule.arguments):
        schema = (
            {"type": "string", "format": "uuid"} if name == "uid" else {"type": "string", "pattern": "^[0-9a-f]{64}$"}
        )
        yield {"name": name, "in": "path", "required": True, "schema": schema}


def _parameter(one: Parameter) -> dict[str, Any]:
    said = {"name": one.name, "in": one.place, "description": one.words, "schema": one.schema}
    return {**said, "required": True} if one.required else said


def _body(operation: Operation) -> dict[str, Any] | None:
    if operation.takes is not None:
        return {"required": True, "content": {"application/json": {"schema": _reference(operation.takes)}}}
    if operation.takes_bytes:
        return {"content": {operation.takes_bytes: {"schema": {"type": "string", "format": "binary"}}}}
    return None


def _responses(operation: Operation, method: str, rule: Rule, *, is_public: bool) -> dict[str, Any]:
    refused = {*operation.refusals, *(BODY_REFUSALS if operation.takes else ())}
    refused |= set() if is_public else {401, 403}
    refused |= {404} if rule.arguments and method != "PUT" else set()
    found = {status: _reply(reply) for status, reply in operation.replies.items()}
    for status in refused - operation.replies.keys():
        found[status] = _refusal(
            status, has_fields=status == 422 and operation.takes is not None, is_told=method != "HEAD"
        )
    return {str(status): found[status] for status in sorted(found)}


def _reply(reply: Reply) -> dict[str, Any]:
    said: dict[str, Any] = {"description": reply.words}
    if reply.headers:
        said["headers"] = {name: {"required": True, "schema": {"type": "string"}} for name in reply.headers}
    if reply.body is not None:
        schema = reply.body if isinstance(reply.body, dict) else _reference(reply.body)
        said["content"] = {kind: {"schema": schema} for kind in reply.kinds}
    elif reply.kinds != Reply.kinds:
        said["content"] = {kind: {} for kind in reply.kinds}
    return said


def _refusal(status: int, *, has_fields: bool, is_told: bool) -> dict[str, Any]:
    said: dict[str, Any] = {"description": REFUSALS[status]}
    if is_told:
        said["content"] = {PROBLEM_JSON: {"schema": _reference(answers.Invalid if has_fields else answers.Refusal)}}
    return said


def _reference(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": REFERENCE.format(model=model.__name__)}


# --- schemas


class _Plain(GenerateJsonSchema):
    """Without the titles pydantic makes up from field names."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def _schemas() -> dict[str, Any]:
    taken = {operation.takes for operation in OPERATIONS.values() if operation.takes is not None}
    told: set[type[BaseModel]] = {answers.Refusal, answers.Invalid}
    for operation in OPERATIONS.values():
        told |= {reply.body for reply in operation.replies.values() if isinstance(reply.body, type)}
    wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = [(model, "validation") for model in taken]
    wanted += [(model, "serialization") for model in told]
    wanted.sort(key=lambda one: one[0].__name__)
    _, made = models_json_schema(wanted, ref_template=REFERENCE, schema_generator=_Plain)
    return {name: _named(schema) for name, schema in sorted(made["$defs"].items())}


def _named(schema: dict[str, Any]) -> dict[str, Any]:
    """With what the fields of a record are called on the screen."""
    kind = schema.get("properties", {}).get("kind", {}).get("const")
    for name, field in schema.get("properties", {}).items() if kind else ():
        title = words.field_name(kind, name)
        if title:
            field["title"] = title
    return schema
