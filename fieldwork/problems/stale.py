"""The answer to a form that came too late: how the problem stands beside what was written, and how to send it again."""

from typing import Any

from flask import Response, request, url_for
from flask_login import current_user

from fieldwork import clock, journal
from fieldwork.core.schemas import read
from fieldwork.errors import Stale
from fieldwork.journal import AuditEntry
from fieldwork.photos import forms as pictures
from fieldwork.problems import labels, references
from fieldwork.problems.models import Problem
from fieldwork.problems.room import room
from fieldwork.problems.schemas import ProblemIn
from fieldwork.problems.states import ENDED, MOVES
from fieldwork.problems.timeline import sentences, story
from fieldwork.web import page

MOVE = "problems.move_"
COMPARED = ("title", "text", "cause", "suggestion", "raised_by", "place_note")
Lines = list[tuple[str, str]]


@room.errorhandler(Stale)
def _both_texts(refusal: Stale) -> Response:
    problem, sent = refusal.record, pictures.received()
    last = journal.last_of(problem.uid)
    return page(
        "errors/stale.html",
        "errors/_stale.html",
        409,
        current=_as_it_stands(problem, last),
        yours=_as_written(sent.form),
        by=last.actor.name if last and last.actor else "",
        when=clock.local(last.at).strftime("%H:%M") if last else "",
        back=url_for("problems.show", uid=problem.uid),
        retry=_again(problem, sent.form) if refusal.can_retry else None,
    )


def _code() -> str:
    """The move the form was for; empty for a form that records or corrects."""
    return (request.endpoint or "").removeprefix(MOVE) if (request.endpoint or "").startswith(MOVE) else ""


def _as_it_stands(problem: Problem, last: AuditEntry | None) -> Lines:
    """For a move: the state and the last step. For a correction: the same fields as they are now."""
    if not _code():
        return [(labels.FIELDS[field], getattr(problem, field)) for field in COMPARED if getattr(problem, field)]
    step = story([last]) if last else []
    return [(labels.FIELDS["state"], labels.STATES[problem.state]), *((event.what, event.words) for event in step)]


def _as_written(form: Any) -> Lines:
    """What the person wrote, whether or not it is valid."""
    schema = MOVES[_code()].asks if _code() else ProblemIn
    data, _ = read(schema, form) if schema else (None, {})
    written = references.in_words(current_user, data) if data else form.to_dict()
    return sentences(written, _code())


def _again(problem: Problem, form: Any) -> dict[str, Any] | None:
    """The same form on the version that stands now, if it still leads anywhere."""
    code = _code()
    if not (MOVES[code].applies_to(problem) if code else problem.state not in ENDED):
        return None
    fields = [(name, value) for name, value in form.items(multi=True) if name != "version"]
    url = url_for(MOVE + code, uid=problem.uid) if code else url_for("problems.edit", uid=problem.uid)
    return {"url": url, "version": problem.version, "fields": fields}
