"""HTTP of this room: logging in, one's own page, the unit picker. The pages of administration stand in subfolders."""

import re
from typing import Any

from flask import Flask, flash, redirect, request, url_for
from flask_login import current_user

from fieldwork.core import words
from fieldwork.core.hanzi.cleaning import clean
from fieldwork.core.schemas import FieldErrors, read
from fieldwork.people import actions, held, labels, queries, schemas, sessions
from fieldwork.people.accounts import routes as accounts
from fieldwork.people.devices import routes as devices
from fieldwork.people.importing import routes as importing
from fieldwork.people.policy import may
from fieldwork.people.room import room
from fieldwork.people.sessions import person
from fieldwork.people.sitewide import routes as sitewide
from fieldwork.people.throttle import TooMany
from fieldwork.people.units import routes as units
from fieldwork.people.units.near import point_of
from fieldwork.people.units.options import unit_options as options_for
from fieldwork.people.vocabulary import routes as vocabulary
from fieldwork.web import allow, go_to, page

LOGIN_BODY_MAX_BYTES = 4_000_000  # a form held through the login is larger signed than it was
SEARCH_MAX = 100
FIELD_NAME = re.compile(r"[a-z][a-z_]{0,30}")
YEAR_S = 365 * 24 * 3600
SUBFOLDERS = (accounts, devices, importing, sitewide, units, vocabulary)  # their views hang on the same blueprint


def install(app: Flask) -> None:
    """Add this room's pages, words and labels."""
    app.register_blueprint(room)
    words.learn(labels.REFUSALS)
    for kind, names in labels.FIELDS.items():
        words.name_fields(kind, names)
    app.jinja_env.globals["people_labels"] = labels


# --- in and out


@room.get("/login")
@allow("public")
def login() -> Any:
    if current_user.is_authenticated:
        return redirect(sessions.safe_next(request.args.get("next")), 303)
    return page("people/login.html", next=request.args.get("next"), errors={})


@room.post("/login")
@allow("public")
def enter() -> Any:
    request.max_content_length = request.max_form_memory_size = LOGIN_BODY_MAX_BYTES
    form, errors = read(schemas.Login, request.form)
    if form is None:
        return _login_again(errors, 422)
    try:
        user = actions.log_in(form.username, form.password, _address())
    except TooMany as refusal:
        return _login_again({"": [words.of(refusal)]}, refusal.status)
    if user is None:
        return _login_again({"": [labels.WRONG_LOGIN]}, 422)
    sessions.begin(user)
    return _go_on()


@room.post("/logout")
@allow("member")
def logout() -> Any:
    actions.log_out(person())
    sessions.end()
    return go_to("people.login")


# --- one's own password


@room.get("/me/password")
@allow("member")
def password() -> Any:
    return page("people/password.html", errors={}, next=request.args.get("next"))


@room.post("/me/password")
@allow("member")
def change_password() -> Any:
    request.max_content_length = request.max_form_memory_size = LOGIN_BODY_MAX_BYTES
    form, errors = read(schemas.NewPassword, request.form)
    if form is None:
        return _password_again(errors, 422)
    try:
        user = actions.change_password(person(), form.current, form.password, _address())
    except TooMany as refusal:
        return _password_again({"": [words.of(refusal)]}, refusal.status)
    if user is None:
        return _password_again({"current": [schemas.WRONG_CURRENT]}, 422)
    sessions.begin(user)
    flash(labels.PASSWORD_CHANGED)
    return _go_on()


# --- one's own page


@room.get("/me/")
@allow("member")
def me() -> Any:
    can_check = may(person(), "photo.work")
    return page("people/me.html", grants=queries.grants_of(person()), can_check_photos_of_others=can_check)


@room.post("/me/prefs")
@allow("member")
def prefs() -> Any:
    looks, _ = read(schemas.Looks, request.form)
    answer = go_to("people.me")
    for name, value in (looks or schemas.Looks()).model_dump().items():
        answer.set_cookie(name, value, max_age=YEAR_S, samesite="Lax", httponly=True)
    flash(labels.PREFS_KEPT)
    return answer


@room.post("/me/sessions")
@allow("member")
def end_sessions() -> Any:
    actions.end_sessions(person())
    sessions.end()
    flash(labels.SESSIONS_ENDED)
    return go_to("people.login")


@room.get("/admin/")
@allow("vocabulary.edit")
def admin() -> Any:
    return page("people/admin.html")


# --- choosing a unit


@room.get("/units/options")
@allow("member")
def unit_options() -> Any:
    asked = request.args
    name = asked.get("name", "")
    near = point_of(asked.get("near", ""))
    q = clean(asked.get("q") or asked.get(f"{name}_q") or "")[:SEARCH_MAX]
    options = options_for(person(), q, near)
    return page("people/_unit_options.html", options=options, name=name if FIELD_NAME.fullmatch(name) else "unit")


# --- what several views do


def _go_on() -> Any:
    """Where a person goes who has just come in: their own password first, then the form they had typed, then `next`."""
    form = held.release(request.form.get("held", ""))
    if current_user.must_change_password and form is None:
        return redirect(url_for("people.password", next=request.form.get("next")), 303)
    if current_user.must_change_password:
        return _password_again({}, 200)
    if form is None:
        return redirect(sessions.safe_next(request.form.get("next")), 303)
    if not form.may_be_shown_to(current_user.uid):
        flash(labels.NOT_YOUR_WORDS, "amber")
        return go_to("insight.home")
    return page("people/held.html", form=form)


def _login_again(errors: FieldErrors, status: int) -> Any:
    sent = request.form
    shown = {"username": sent.get("username"), "next": sent.get("next"), "held": sent.get("held")}
    return page("people/login.html", status=status, errors=errors, **shown)


def _password_again(errors: FieldErrors, status: int) -> Any:
    sent = request.form
    return page("people/password.html", status=status, errors=errors, next=sent.get("next"), held=sent.get("held"))


def _address() -> str:
    return request.remote_addr or ""
