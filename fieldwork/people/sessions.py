"""Sessions: who is logged in on this browser, for how long without a sign of life, and how a login begins anew."""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask, redirect, request, session, url_for
from flask_login import LoginManager, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from fieldwork import clock
from fieldwork.people.models import Unit, User

DESK_ROLES = ("county", "city", "office", "leader", "admin")
IDLE_DESK = timedelta(minutes=30)
IDLE_FIELD = timedelta(days=7)
SEEN_EVERY_S = 60


def install(app: Flask) -> LoginManager:
    """Put Flask-Login in, with our loader and our idle limits."""
    manager = LoginManager(app)
    manager.session_protection = None  # phones change address all day; the epoch in the id ends sessions instead
    manager.user_loader(_load)
    manager.unauthorized_handler(_ask_to_log_in)
    app.before_request(_end_idle_session)
    return manager


def begin(user: User) -> None:
    """Log the person in under a new session: nothing of the one before survives (no fixation)."""
    session.clear()
    session.permanent = True
    login_user(user)
    session["seen"] = int(clock.now().timestamp())


def end() -> None:
    """Log out on this browser."""
    logout_user()
    session.clear()


def safe_next(target: str | None) -> str:
    """Where to go after the login: a path of this site, or the home page."""
    parts = urlsplit(target or "")
    is_local = not parts.scheme and not parts.netloc and parts.path.startswith("/")
    is_plain = is_local and not parts.path.startswith("//") and "\\" not in (target or "")
    return target if target and is_plain else url_for("insight.home")


def idle_limit(user: User) -> timedelta:
    """How long this person may be silent: half an hour at a desk, a week in the field."""
    return IDLE_DESK if user.has_role(*DESK_ROLES) else IDLE_FIELD


def _load(session_id: str) -> User | None:
    uid, _, epoch = session_id.partition(":")
    if not epoch.isdecimal():
        return None
    known = (User.uid == UUID(uid)) & (User.session_epoch == int(epoch)) & User.is_active
    return User.select(User, Unit).join(Unit).where(known).first()


def _end_idle_session() -> None:
    if "seen" not in session or request.endpoint == "static" or not current_user.is_authenticated:
        return
    silent_s = int(clock.now().timestamp()) - session["seen"]
    if silent_s > idle_limit(current_user).total_seconds():
        end()
    elif silent_s >= SEEN_EVERY_S:  # not every request writes the cookie anew
        session["seen"] += silent_s


def _ask_to_log_in() -> Response:
    here = request.full_path.rstrip("?") if request.method == "GET" else request.referrer
    target = urlsplit(here or "")
    back = target.path + (f"?{target.query}" if target.query else "")
    if "HX-Request" in request.headers:
        return Response("", 401, {"HX-Redirect": url_for("people.login", next=back or None)})
    return redirect(url_for("people.login", next=back if back not in {"", "/"} else None), 303)
