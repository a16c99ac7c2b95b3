"""HTTP of records in the API: sent with PUT, read one by one or in pages. The same for visits, problems and cases."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response, request
from flask_login import current_user

from fieldwork.api import presenting
from fieldwork.api.door import answered, api, sent
from fieldwork.api.room import room
from fieldwork.cases import queries as cases
from fieldwork.core.paging import Page
from fieldwork.errors import Invalid
from fieldwork.intake import labels
from fieldwork.intake.actions import take
from fieldwork.intake.kinds import KINDS
from fieldwork.intake.receipts import receipt_of
from fieldwork.people import tokens
from fieldwork.people.devices.models import SEND
from fieldwork.people.sessions import person
from fieldwork.problems.listing import listing
from fieldwork.visits import queries as visits
from fieldwork.web import View, visible

ROOMS = {"visit": "visits", "problem": "problems", "case": "cases"}
PAGES: dict[str, Callable[..., Page]] = {
    "visit": visits.visits,
    "problem": lambda user, asked: listing(user, asked).page(asked.get("cursor")),
    "case": cases.cases,
}


def _add(kind: str) -> None:
    """The three views of one kind, as api.put_visit, api.get_visit, api.list_visits."""
    path = f"/{ROOMS[kind]}"
    room.add_url_rule(f"{path}/<uuid:uid>", f"put_{kind}", _put(kind), methods=["PUT"])
    room.add_url_rule(f"{path}/<uuid:uid>", f"get_{kind}", _get(kind), methods=["GET"])
    room.add_url_rule(path, f"list_{ROOMS[kind]}", _list(kind), methods=["GET"])


def _put(kind: str) -> View:
    @api("member", only_sends=True)
    def put(uid: UUID) -> Response:
        body = sent(KINDS[kind].body)
        if body.id != uid:
            raise Invalid({"id": [labels.OTHER_ID]})
        taken = take(person(), kind, body)
        if taken.is_set_aside:
            kept_as = str(taken.submission.uid)
            return answered({"current": _as_it_stands(taken.record), "yours_kept_as": kept_as}, 409)
        return answered(receipt_of(taken.submission), 201 if taken.is_new else 200)

    return put


def _as_it_stands(record: Any) -> dict[str, Any]:
    """The record for who may read it; others, and tokens that only send, learn no more than that it has a version."""
    device = tokens.device()
    is_seen = type(record).visible_to(person()).where(type(record).id == record.id).exists()
    if not is_seen or (device is not None and device.scope == SEND):
        return {"id": str(record.uid), "version": record.version}
    return presenting.whole(person(), record)


def _get(kind: str) -> View:
    table = KINDS[kind].table

    @api("member", load=visible(table))
    def get(record: Any) -> Response:
        return answered(presenting.whole(person(), record))

    return get


def _list(kind: str) -> View:
    @api("member")
    def browse() -> Response:
        page = PAGES[kind](current_user, request.args)
        return answered({"items": [presenting.brief(record) for record in page], "next": page.next})

    return browse


for _kind in ROOMS:
    _add(_kind)

__all__ = ["room"]
