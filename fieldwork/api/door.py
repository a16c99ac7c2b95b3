"""The door of the API: the door of every view, for programs. A token that may only send gets no further than that."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from flask import Response, jsonify, request
from pydantic import BaseModel
from werkzeug.wrappers import Response as AnyResponse

from fieldwork.core.schemas import read
from fieldwork.errors import Forbidden, Invalid
from fieldwork.people import tokens
from fieldwork.web import View, allow, json_object

Schema = TypeVar("Schema", bound=BaseModel)


def api(
    permission: str, load: Callable[[UUID], Any] | None = None, *, only_sends: bool = False
) -> Callable[[View], View]:
    """Like `allow`. `only_sends`: the view takes things in and tells nothing; also for tokens that may only send, and
    for people whose account is out of use."""

    def decorate(view: View) -> View:
        guarded = allow(permission, load)(view)

        @wraps(guarded)
        def asked(**url: Any) -> Any:
            if tokens.is_out_of_scope():
                raise Forbidden("out_of_scope")
            return guarded(**url)

        asked.permission = permission  # type: ignore[attr-defined]
        asked.only_sends = only_sends  # type: ignore[attr-defined]
        return asked

    return decorate


def sent(schema: type[Schema]) -> Schema:
    """The JSON body of this call, as the schema's object.

    Raises:
        Invalid: messages in Chinese, by field.
        BadRequest, UnsupportedMediaType: it is no JSON object, or empty where something was to be sent.
    """
    found, errors = read(schema, json_object())
    if found is None:
        raise Invalid(errors)
    return found


def answered(body: Any, status: int = 200, **headers: str) -> Response:
    """The body as JSON, never kept by a cache unless it is asked again whether it still holds."""
    response = jsonify(body)
    response.status_code = status
    response.headers.update(headers)
    return response


def unless_unchanged(body: Any) -> AnyResponse:
    """The body with its ETag; 304 when the caller has it already."""
    response = jsonify(body)
    response.add_etag()
    return response.make_conditional(request)
