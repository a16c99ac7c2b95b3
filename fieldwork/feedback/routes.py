"""HTTP of this room. Everybody may write, on the login page too; reading is for the author and those who answer."""

from typing import Any

from flask import Blueprint, Flask, flash, request, url_for
from flask_login import current_user

from fieldwork.core import words
from fieldwork.core.schemas import FieldErrors, read
from fieldwork.feedback import actions, labels, queries, schemas
from fieldwork.feedback.models import Feedback
from fieldwork.ids import uuid7
from fieldwork.people.sessions import person
from fieldwork.people.throttle import TooMany
from fieldwork.web import allow, go_to, page, seen_version, visible

room = Blueprint("feedback", __name__)


def install(app: Flask) -> None:
    """Add this room's pages, words and labels."""
    app.register_blueprint(room)
    words.learn(labels.REFUSALS)
    words.name_fields(Feedback.kind, labels.FIELDS)
    app.jinja_env.globals["feedback_labels"] = labels


@room.get("/feedback/new")
@allow("public")
def new() -> Any:
    return page("feedback/new.html", form={"page": request.args.get("page", ""), "id": uuid7()}, errors={})


@room.post("/feedback/")
@allow("public")
def send() -> Any:
    form, errors = read(schemas.FeedbackIn, request.form)
    if form is None:
        return _again(errors, 422)
    author = person() if current_user.is_authenticated else None
    try:
        kept = actions.send(author, form, request.remote_addr or "")
    except TooMany as refusal:
        return _again({"": [words.of(refusal)]}, refusal.status)
    flash(labels.RECEIVED)
    return go_to("feedback.show", uid=kept.uid) if author else go_to("feedback.new")


@room.get("/feedback/")
@allow("member")
def browse() -> Any:
    state = request.args.get("state")
    found = queries.feedback_page(person(), state, request.args.get("cursor"))
    following = url_for("feedback.browse", state=state, cursor=found.next) if found.next else None
    return page("feedback/list.html", "feedback/_rows.html", found=found, state=state, next_url=following)


@room.get("/feedback/<uuid:uid>")
@allow("member", load=visible(Feedback))
def show(feedback: Feedback) -> Any:
    return page("feedback/show.html", feedback=feedback, errors={}, reply=feedback.reply)


@room.post("/feedback/<uuid:uid>/answer")
@allow("feedback.answer", load=visible(Feedback))
def answer(feedback: Feedback) -> Any:
    form, errors = read(schemas.Answer, request.form)
    if form is None:
        typed = request.form.get("reply", "")
        return page("feedback/show.html", status=422, feedback=feedback, errors=errors, reply=typed)
    actions.answer(person(), feedback, seen_version(), form)
    flash(labels.ANSWERED)
    return go_to("feedback.show", uid=feedback.uid)


def _again(errors: FieldErrors, status: int) -> Any:
    return page("feedback/new.html", status=status, form=request.form, errors=errors)
