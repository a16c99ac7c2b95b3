"""The answer to a form that came too late: both texts side by side, and the kept one ready to be sent again."""

from collections.abc import Sequence
from typing import Any

from flask import Response, request, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from fieldwork import clock, journal
from fieldwork.core import words
from fieldwork.errors import Stale
from fieldwork.people.units.queries import options_of
from fieldwork.photos import forms as pictures
from fieldwork.records import labels
from fieldwork.records.models import Record
from fieldwork.web import page

Lines = list[tuple[str, str]]


def both_texts(refusal: Stale, fields: Sequence[str], room: str) -> Response:
    """The page that shows these text fields (columns and form fields of one name) as they stand and as they were typed.

    `room` has the views show and edit: what was meant to be a new record is sent again as a correction of this one.
    """
    record, sent = refusal.record, pictures.received()
    last = journal.last_of(record.uid)
    is_own = last is not None and last.actor_id == current_user.id
    return page(
        "errors/stale.html",
        "errors/_stale.html",
        409,
        message=labels.SENT_BEFORE if is_own else None,
        by="" if last is None or is_own else last.actor.name,
        when=clock.local(last.at).strftime("%H:%M") if last else "",
        current=_named(
            record.kind, {"unit": record.unit.shown_name} | {name: getattr(record, name) for name in fields}
        ),
        yours=_typed(record, sent.form, fields),
        back=url_for(f"{room}.show", uid=record.uid),
        retry=_again(record, sent.form, room) if refusal.can_retry else None,
    )


def _typed(record: Record, form: MultiDict[str, str], fields: Sequence[str]) -> Lines:
    unit = next(iter(options_of([form.get("unit", "")])), ("", "", ""))[1]
    return _named(record.kind, {"unit": unit} | {name: form.get(name, "") for name in fields})


def _named(kind: str, values: dict[str, str]) -> Lines:
    return [(words.field_name(kind, name) or name, value) for name, value in values.items() if value]


def _again(record: Record, form: MultiDict[str, str], room: str) -> dict[str, Any]:
    """Where the kept text goes with one tap: the same move on the version that stands now."""
    is_about_it = "uid" in (request.view_args or {})
    url = request.path if is_about_it else url_for(f"{room}.edit", uid=record.uid)
    fields = [(name, value) for name, value in form.items(multi=True) if name not in {"version", "find"}]
    return {"url": url, "version": record.version, "fields": fields}
