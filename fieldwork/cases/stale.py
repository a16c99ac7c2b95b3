"""The answer to a form about a case that came too late: how the case stands beside what was written or meant."""

from typing import Any

from flask import Response, request, url_for
from flask_login import current_user

from fieldwork import clock, journal
from fieldwork.cases import labels
from fieldwork.cases.states import WRITABLE
from fieldwork.core.moves import Move
from fieldwork.errors import Stale
from fieldwork.people.policy import may
from fieldwork.records import stale
from fieldwork.web import page

TEXTS = ("title", "summary", "background", "text", "effect", "lessons", "conditions", "authors", "contact")
Lines = list[tuple[str, str]]


def about_text(refusal: Stale) -> Response:
    """For a text: the same fields as they are now. It is sent again only while the case can be written."""
    can_retry = refusal.can_retry and refusal.record.state in WRITABLE
    return stale.both_texts(Stale(refusal.record, refusal.yours, can_retry=can_retry), TEXTS, "cases")


def about_move(refusal: Stale, step: Move, said: Lines) -> Response:
    """For a move: the state and the last step. It is made again only if it still leads somewhere for this person."""
    case, last = refusal.record, journal.last_of(refusal.record.uid)
    return page(
        "errors/stale.html",
        "errors/_stale.html",
        409,
        current=[(labels.STANDING, labels.standing(case)), *(labels.spoken(last.action, last.detail) if last else [])],
        yours=[(labels.MEANT, labels.MOVES[step.code]), *said],
        by=last.actor.name if last and last.actor else "",
        when=clock.local(last.at).strftime("%H:%M") if last else "",
        back=url_for("cases.show", uid=case.uid),
        retry=_again(case, step),
    )


def _again(case: Any, step: Move) -> dict[str, Any] | None:
    if not step.applies_to(case) or not may(current_user, step.who, case):
        return None
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != "version"]
    return {"url": request.path, "version": case.version, "fields": fields}
