"""Sessions: who is logged in on this browser, for how long without a sign of life, and how a login begins anew."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import (
    Flask,
    after_this_request,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import LoginManager, current_user, login_user, logout_user
from itsdangerous import BadSignature, URLSafeSerializer
from peewee import fn
from werkzeug.wrappers import Response

from fieldwork import clock
from fieldwork.errors import Forbidden, Unauthorized
from fieldwork.people import held
from fieldwork.people.models import EndedSession, Unit, User
from fieldwork.web import ASSETS, is_api, split

DESK_ROLES = ("county", "city", "office", "leader", "admin")
IDLE_DESK = timedelta(minutes=30)
IDLE_FIELD = timedelta(days=7)
SEEN_EVERY_S = 60
KEY = "key"  # of the session: what logging out ends
LAST_PERSON = "who"  # the cookie that outlives a session: whose words a form with an ended session holds
LAST_PERSON_FOR = timedelta(days=90)
HELD_BODY_MAX_BYTES = 800_000_000  # as much as the same person could have sent logged in: 30 photos of 25 MB
PASSWORD_PAGES = {"people.password", "people.change_password", "people.logout"}


def install(app: Flask, let_in_by_token: Callable[[], None]) -> LoginManager:
    """Put Flask-Login in, with our loader, our idle limits and the page a new person cannot pass.

    `let_in_by_token` says who asks where it is not the session that says so, and sets `g.only_sends`.
    """
    manager = LoginManager(app)
    manager.session_protection = None  # phones change address all day; the epoch in the id ends sessions instead
    manager.user_loader(_load)
    manager.unauthorized_handler(_ask_to_log_in)
    app.before_request(_forget_the_last_asker)
    app.before_request(let_in_by_token)
    app.before_request(_end_idle_session)
    app.before_request(_ask_for_own_password)
    return manager


def begin(user: User) -> None:
    """Log the person in under a new session: nothing of the one before survives (no fixation)."""
    session.clear()
    session.permanent = True
    login_user(user)
    session[KEY] = secrets.token_urlsafe(24)
    session["seen"] = int(clock.now().timestamp())
    after_this_request(_leave_name(str(user.uid)))


def end() -> None:
    """Log out on this browser; a copy of the cookie is worthless from now on."""
    if key := session.get(KEY):
        EndedSession.get_or_create(key=key, defaults={"at": clock.now()})
    _leave()


def safe_next(target: str | None) -> str:
    """Where to go after the login: a path of this site, or the home page."""
    text = target or ""
    parts = split(text)
    is_local = text.startswith("/") and not text.startswith("//") and parts and not parts.scheme and not parts.netloc
    return text if is_local and text.isprintable() and "\\" not in text else url_for("insight.home")


def idle_limit(user: User) -> timedelta:
    """How long this person may be silent: half an hour at a desk, a week in the field."""
    return IDLE_DESK if user.has_role(*DESK_ROLES) else IDLE_FIELD


def person() -> User:
    """Who is logged in; only behind a door that asks for a login."""
    return current_user._get_current_object()


def last_person() -> str | None:
    """The uid of whoever logged in last on this browser; None when nobody did, or the cookie is not ours."""
    try:
        return str(_names().loads(request.cookies[LAST_PERSON]))
    except (KeyError, BadSignature):
        return None


def _leave() -> None:
    """Log out here alone: the cookie that came may be an old copy of one that lives on elsewhere."""
    logout_user()
    session.clear()


def _load(session_id: str) -> User | None:
    uid, _, epoch = session_id.partition(":")
    if not epoch.isdecimal():
        return None
    known = (User.uid == UUID(uid)) & (User.session_epoch == int(epoch)) & User.is_active
    if key := session.get(KEY):
        known &= ~fn.EXISTS(EndedSession.select().where(EndedSession.key == key))
    return User.select(User, Unit).join(Unit).where(known).first()


def _forget_the_last_asker() -> None:
    """Flask-Login keeps the person in `g`, which is older than the request where an application context stands around
    several (a shell, a test); nobody must be taken for the one before."""
    for name in ("_login_user", "device", "only_sends"):
        g.pop(name, None)


def _end_idle_session() -> None:
    if "seen" not in session or request.endpoint in ASSETS or not current_user.is_authenticated:
        return
    silent_s = int(clock.now().timestamp()) - session["seen"]
    if silent_s > idle_limit(current_user).total_seconds():
        _leave()
    elif silent_s >= SEEN_EVERY_S:  # not every request writes the cookie anew
        session["seen"] += silent_s


def _ask_for_own_password() -> Any:
    """Whoever still has the password somebody else made for them gets the password page, and nothing else."""
    view = current_app.view_functions.get(request.endpoint or "")
    is_open = view is None or request.endpoint in PASSWORD_PAGES or getattr(view, "permission", "public") == "public"
    is_open = is_open or g.get("only_sends", False)  # what is in a phone arrives, whatever is asked of its owner
    if is_open or not current_user.is_authenticated or not current_user.must_change_password:
        return None
    if is_api():
        raise Forbidden("password_first")
    return redirect(url_for("people.password", next=_here()), 303)


def _ask_to_log_in() -> Response:
    if is_api():
        raise Unauthorized
    if "HX-Request" in request.headers:  # no redirect: the page with what was typed stays, and says so (answers.js)
        return Response("", 401)
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("people.login", next=_here()), 303)
    owner = last_person()
    if owner is not None:
        request.max_content_length = HELD_BODY_MAX_BYTES
    kept = held.hold(owner)
    if not kept:
        return redirect(url_for("people.login", next=_here()), 303)
    return make_response(render_template("people/login.html", held=kept, errors={}), 401)


def _here() -> str | None:
    """The page the person was on, as a path; None for the home page."""
    here = request.full_path.rstrip("?") if request.method == "GET" else request.referrer
    target = split(here or "")
    if target is None:
        return None
    back = target.path + (f"?{target.query}" if target.query else "")
    return back if back not in {"", "/"} else None


def _leave_name(uid: str) -> Any:
    def leave(response: Response) -> Response:
        response.set_cookie(
            LAST_PERSON,
            _names().dumps(uid),
            max_age=LAST_PERSON_FOR,
            httponly=True,
            samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )
        return response

    return leave


def _names() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="last-person")
