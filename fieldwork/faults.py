"""When the answer is no, or something broke: one handler for refusals, one for HTTP errors, one for the unforeseen."""

import errno
import logging
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from peewee import OperationalError
from werkzeug.exceptions import HTTPException

from fieldwork import clock, journal, labels
from fieldwork.core import words
from fieldwork.errors import NO_ROOM, Invalid, Refused, Stale, StorageFull
from fieldwork.web import is_api

FULL = ("disk is full", "no space left", "disk full")  # as SQLite and PostgreSQL say it
BUSY = ("database is locked", "too many clients", "connection refused", "starting up", "shutting down")
FAILING = frozenset({errno.EIO, errno.EROFS, errno.ESTALE, errno.ENODEV, errno.ENXIO})  # a disk that may come back

log = logging.getLogger("fieldwork")


def install(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Invalid, _invalid)
    app.register_error_handler(Stale, _stale)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database_trouble)
    app.register_error_handler(OSError, _disk_trouble)
    app.register_error_handler(Exception, _unforeseen)


def _page(status: int, message: str = "", **more: Any) -> Any:
    title, advice = labels.HTTP_ERRORS.get(status, labels.HTTP_ERRORS[400 if status < 500 else 500])
    if is_api():
        return _problem({"type": "about:blank", "title": title, "status": status, "detail": message or advice, **more})
    said = {"title": title, "message": message or advice, "back": _way_back() if status in {403, 409} else ""}
    return render_template("errors/error.html", status=status, **said), status


def _problem(details: dict[str, Any]) -> Response:
    """What is wrong, for programs (RFC 9457)."""
    answer = jsonify(details)
    answer.status_code, answer.mimetype = details["status"], "application/problem+json"
    if answer.status_code == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _refused(refusal: Refused) -> Any:
    answer = make_response(_page(refusal.status, words.of(refusal)))
    if refusal.retry_after_s is not None:
        answer.headers["Retry-After"] = str(refusal.retry_after_s)
    return answer


def _way_back() -> str:
    """The page of the record that the address is about; none for the record's own page."""
    uid = str((request.view_args or {}).get("uid", ""))
    before, found, after = request.path.partition(uid) if uid else ("", "", "")
    return before + found if after else ""


def _invalid(refusal: Invalid) -> Any:
    errors = [{"field": field, "message": message} for field, said in refusal.errors.items() for message in said]
    return _page(refusal.status, words.of(refusal), errors=errors)


def _stale(refusal: Stale) -> tuple[str, int]:
    """The other person's change beside the text kept, and the way to send it again on what stands now."""
    record = refusal.record
    last = journal.last_of(record.uid)
    shown = {
        "current": _named(record.kind, {field: getattr(record, field, "") for field in refusal.yours}),
        "yours": _named(record.kind, refusal.yours),
        "by": last.actor.name if last and last.actor else "",
        "when": clock.local(last.at).strftime("%H:%M") if last else "",
        "back": request.path.rsplit("/", 1)[0] if request.path.count("/") > 2 else request.path,
        "retry": _retry(record) if refusal.can_retry else None,
    }
    return render_template("errors/stale.html", message=words.of(refusal), **shown), refusal.status


def _named(kind: str, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The values a person can read, under the names the screen gives them."""
    named = ((words.field_name(kind, field), value) for field, value in values.items())
    return [(name, str(value)) for name, value in named if name and isinstance(value, str | int | float | date | None)]


def _retry(record: Any) -> dict[str, Any]:
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != "version"]
    return {"url": request.path, "version": record.version, "fields": fields}


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    answer = make_response(_page(error.code))
    answer.headers.extend((name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"})
    return answer


def _database_trouble(error: OperationalError) -> Any:
    """A full disk and a busy database are no faults of ours; nothing of the transaction is kept, it may come again."""
    said = str(error).lower()
    if any(words in said for words in FULL):
        log.error("database.full")
        return _refused(StorageFull())
    if any(words in said for words in BUSY):
        log.warning("database.busy")
        return _page(503)
    return _unforeseen(error)


def _disk_trouble(error: OSError) -> Any:
    """No room, for a temporary file as for any other, or a failing disk: what is half-written is not handed out."""
    if error.errno in FAILING:
        log.error("disk.failing", exc_info=error)
        return _page(503)
    if error.errno not in NO_ROOM:
        return _unforeseen(error)
    log.error("disk.full")
    return _refused(StorageFull())


def _unforeseen(error: Exception) -> Any:
    log.exception("unforeseen", exc_info=error)
    return _page(500)
