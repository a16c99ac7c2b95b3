"""HTTP of 回收站: a record's author throws it away on its own page, sees what lies in the trash, and puts it back."""

from typing import Any
from uuid import UUID

from flask import Flask, Response, flash
from flask_login import current_user

from fieldwork.core import kinds, words
from fieldwork.errors import NotFound
from fieldwork.people.sessions import person
from fieldwork.trash import actions, labels, queries
from fieldwork.trash.room import room
from fieldwork.web import View, allow, go_to, page, seen_version, visible

ROOMS = {"visit": "visits", "problem": "problems", "case": "cases"}
LISTS = {"visit": "visits.browse", "problem": "problems.ledger", "case": "cases.browse"}


def install(app: Flask) -> None:
    """Add this room's pages, words and labels; tell the pages of records what may be thrown away."""
    app.register_blueprint(room)
    words.learn(labels.REFUSALS)
    app.jinja_env.globals.update(
        trash_labels=labels, trash_days=queries.KEPT_FOR.days, may_be_thrown_away=queries.may_be_thrown_away
    )


@room.get("/trash/")
@allow("member")
def browse() -> Response:
    return page("trash/list.html", thrown=queries.thrown_away(person()))


def _throwing(kind: str) -> View:
    @allow("record.edit", load=visible(kinds.table_of(kind)))
    def throw_away(record: Any) -> Any:
        actions.throw_away(person(), record, seen_version())
        flash(labels.THROWN_AWAY.format(days=queries.KEPT_FOR.days))
        return go_to(LISTS[kind])

    return throw_away


def _putting_back(kind: str) -> View:
    def own(uid: UUID) -> Any:
        record = queries.in_trash(current_user, kinds.table_of(kind), uid)
        if record is None:
            raise NotFound
        return record

    @allow("record.edit", load=own)
    def put_back(record: Any) -> Any:
        actions.put_back(person(), record)
        flash(labels.PUT_BACK, "green")
        return go_to(f"{ROOMS[kind]}.show", uid=record.uid)

    return put_back


for _kind, _room in ROOMS.items():
    room.add_url_rule(f"/{_room}/<uuid:uid>/trash", f"throw_away_{_kind}", _throwing(_kind), methods=["POST"])
    room.add_url_rule(f"/trash/{_kind}/<uuid:uid>/return", f"put_back_{_kind}", _putting_back(_kind), methods=["POST"])
