"""When the answer is no, or something broke: one handler for refusals, one for HTTP errors, one for the unforeseen."""

import logging
from typing import Any

from flask import Flask, render_template
from werkzeug.exceptions import HTTPException

from fieldwork import labels
from fieldwork.core import words
from fieldwork.errors import Refused, Stale

log = logging.getLogger("fieldwork")


def install(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Stale, _stale)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def _page(status: int, message: str = "") -> tuple[str, int]:
    title, advice = labels.HTTP_ERRORS.get(status, labels.HTTP_ERRORS[400 if status < 500 else 500])
    return render_template("errors/error.html", status=status, title=title, message=message or advice), status


def _refused(refusal: Refused) -> tuple[str, int]:
    return _page(refusal.status, words.of(refusal))


def _stale(refusal: Stale) -> tuple[str, int]:
    """The other person's change beside the text kept. Rooms with better words for it catch Stale themselves."""
    shown: dict[str, Any] = {"record": refusal.record, "yours": list(refusal.yours.items())}
    return render_template("errors/stale.html", message=words.of(refusal), **shown), refusal.status


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    return _page(error.code)


def _unforeseen(error: Exception) -> tuple[str, int]:
    log.exception("unforeseen", exc_info=error)
    return _page(500)
