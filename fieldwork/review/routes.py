"""HTTP of the review: the queue, one case beside it, and a view for every decision of the table."""

from typing import Any

from flask import Blueprint, Flask, Response, flash, request, url_for
from flask_login import current_user

from fieldwork import site
from fieldwork.cases import labels as case_labels
from fieldwork.cases import queries as case_queries
from fieldwork.cases import stale
from fieldwork.cases.models import Case
from fieldwork.cases.schemas import PINNED_FIELDS
from fieldwork.cases.states import AUTHORS_MOVES, IN_REVIEW, MOVES
from fieldwork.core import words
from fieldwork.core.moves import Move
from fieldwork.core.schemas import read
from fieldwork.errors import Stale
from fieldwork.people.policy import may
from fieldwork.photos import access
from fieldwork.records.facts import facts_of
from fieldwork.review import actions, labels, queries
from fieldwork.review.differences import differences
from fieldwork.web import allow, go_to, page, seen_version, visible

room = Blueprint("review", __name__)
COMPARED = ("title", "summary", "background", "text", "effect", "lessons", "conditions")


def install(app: Flask) -> None:
    """Add this room's pages, words and labels."""
    app.register_blueprint(room)
    words.learn(labels.REFUSALS)
    site.learn_badge("review", queries.waiting_count)
    app.jinja_env.globals["review_labels"] = labels


@room.errorhandler(Stale)
def too_late(refusal: Stale) -> Response:
    step = MOVES[(request.endpoint or "").removeprefix("review.move_")]
    return stale.about_move(refusal, step, labels.said(request.form, case_labels))


@room.get("/review/")
@allow("queue.work")
def queue() -> Response:
    waiting = queries.queue(current_user, request.args)
    return page("review/queue.html", "review/_rows.html", waiting=waiting, next_url=_next_url(waiting))


@room.get("/review/<uuid:uid>")
@allow("case.decide", load=visible(Case))
def case(case: Case) -> Response:
    return page("review/case.html", "review/_case.html", **_shown(case))


def _shown(case: Case, **more: Any) -> dict[str, Any]:
    """What the review page of a case needs; `more` are the errors and words of a form that was not taken."""
    whole = case_queries.whole(current_user, case)
    before = queries.last_submission(whole) if whole.state == IN_REVIEW else None
    visits, problems = case_queries.sources_of(current_user, whole)
    waiting = queries.queue(current_user, request.args if request.method == "GET" else {})
    return {
        "case": whole,
        "moves": [step for step in MOVES.open_to(current_user, whole, may) if step.code not in AUTHORS_MOVES],
        "changed": {f: differences(before.body.get(f) or "", getattr(whole, f)) for f in COMPARED} if before else {},
        "photos": access.shown_to(current_user, whole),
        "facts": facts_of(current_user, whole),
        "pins": case_queries.pins_of(whole),
        "visits": visits,
        "problems": problems,
        "waiting": waiting,
        "next_url": _next_url(waiting),
        "form": {},
        "errors": {},
        "failed": "",
    } | more


def _next_url(waiting: Any) -> str | None:
    return url_for("review.queue", cursor=waiting.next) if waiting.next else None


# --- decisions: one view each, from the table


def _posted(step: Move) -> dict[str, Any]:
    """The form as the schema wants it; a return carries one optional comment a field, sent as pin-<field>."""
    posted: dict[str, Any] = request.form.to_dict()
    if step.code == "return":
        posted["pins"] = {field: posted.get(f"pin-{field}", "") for field in PINNED_FIELDS}
    return posted


def _view_of(step: Move) -> Any:
    @allow(step.who, load=visible(Case))
    def view(case: Case) -> Any:
        data, errors = read(step.asks, _posted(step)) if step.asks else (None, {})
        if errors:
            shown = _shown(case, form=request.form, errors=errors, failed=step.code)
            return page("review/case.html", "review/_case.html", status=422, **shown)
        decided = actions.decide(current_user, case, step.code, seen_version(), data)
        flash(labels.done(step.code, case, decided, case_labels), "green")
        return go_to("review.queue") if case.state == IN_REVIEW else go_to("cases.show", uid=case.uid)

    return view


for _step in MOVES.values():
    if _step.code not in AUTHORS_MOVES:
        room.add_url_rule(f"/cases/<uuid:uid>/{_step.noun}", f"move_{_step.code}", _view_of(_step), methods=["POST"])
