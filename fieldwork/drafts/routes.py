"""HTTP of drafts that go to the server early: kept by the page that is typed on, found again by their author."""

from typing import Any
from uuid import UUID

from flask import Flask, Response, flash, jsonify, request

from fieldwork.core import words
from fieldwork.core.schemas import read
from fieldwork.drafts import labels
from fieldwork.drafts.room import room
from fieldwork.drafts.schemas import DraftIn
from fieldwork.errors import NotFound
from fieldwork.people.sessions import person
from fieldwork.records import drafts
from fieldwork.web import allow, go_to, json_object, page

BODY_MAX_BYTES = 200_000


def install(app: Flask) -> None:
    """Add this room's pages, words and labels."""
    app.register_blueprint(room)
    words.learn(labels.REFUSALS)
    app.jinja_env.globals["drafts_labels"] = labels


@room.get("/")
@allow("record.create")
def browse() -> Response:
    return page("drafts/list.html", drafts=drafts.drafts_of(person()))


@room.put("/<uuid:uid>")
@allow("record.create")
def keep(uid: UUID) -> Any:
    request.max_content_length = BODY_MAX_BYTES
    draft, errors = read(DraftIn, json_object())
    if draft is None:
        told = [{"field": field, "message": message} for field, said in errors.items() for message in said]
        return jsonify(errors=told), 422
    drafts.keep(person(), uid, draft.kind, draft.fields)
    return Response(status=204)


@room.delete("/<uuid:uid>")
@allow("record.create")
def forget(uid: UUID) -> Response:
    _forget(uid)
    return Response(status=204)


@room.post("/<uuid:uid>/removal")
@allow("record.create")
def remove(uid: UUID) -> Any:
    _forget(uid)
    flash(labels.FORGOTTEN)
    return go_to("drafts.browse")


def _forget(uid: UUID) -> None:
    if not drafts.forget(person(), uid):
        raise NotFound
