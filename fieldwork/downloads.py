"""Files where files cannot be saved: inside WeChat and other apps a download leads to a page that is to be opened in
the phone's own browser. Nobody is logged in there, so its address is signed: one file, one person, ten minutes."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask, Response, current_app, g, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.test import EnvironBuilder

from fieldwork import clock, labels
from fieldwork.errors import NotFound
from fieldwork.people.models import Unit, User
from fieldwork.web import allow, page

DOWNLOADS = frozenset(
    {"cases.word", "briefings.word", "briefings.html", "problems.export", "people.import_template"}
)  # fmt: skip
GOOD_FOR = timedelta(minutes=10)


def install(app: Flask) -> None:
    """Send downloads from inside other apps elsewhere; after the sessions, so that it is known who asks."""
    app.before_request(_send_elsewhere)
    app.jinja_env.globals["is_inside_another_app"] = is_inside_another_app
    app.add_url_rule("/d/<string:signed>", "download", _download)


def is_inside_another_app() -> bool:
    """Whether the page is shown by WeChat or another Android app, which saves no files."""
    agent = request.headers.get("User-Agent", "")
    return "MicroMessenger" in agent or ("Android" in agent and "; wv)" in agent)


def _send_elsewhere() -> Any:
    is_download = request.endpoint in DOWNLOADS and request.method == "GET"
    if not is_download or not is_inside_another_app() or not current_user.is_authenticated:
        return None
    return redirect(url_for("download", signed=_signed(current_user, request.full_path.rstrip("?"))), 303)


@allow("public")
def _download(signed: str) -> Any:
    path, person = _opened(signed)
    if path is None or person is None:
        title, advice = labels.LINK_ENDED
        return _unkept(
            make_response(render_template("errors/error.html", status=410, title=title, message=advice), 410)
        )
    if is_inside_another_app():
        minutes = int(GOOD_FOR.total_seconds() // 60)
        return _unkept(page("errors/open_in_browser.html", address=request.url, minutes=minutes))
    return _unkept(_fetched(path, person))


def _signed(person: User, path: str) -> str:
    """The path with its query, for this person and for ten minutes."""
    return _signer().dumps([path, person.get_id(), int((clock.now() + GOOD_FOR).timestamp())])


def _opened(signed: str) -> tuple[str | None, User | None]:
    """The path and the person; None when the link was altered or is too old, or lets this person in no more."""
    try:
        path, login, until = _signer().loads(signed)
    except BadSignature:
        return None, None
    return (path, _who(login)) if clock.now().timestamp() < until else (None, None)


def _who(login: str) -> User | None:
    """Whoever this login was of, unless it was ended since: on all devices, by a new password, by the administrator."""
    uid, _, epoch = login.partition(":")
    known = (User.uid == UUID(uid)) & (User.session_epoch == int(epoch)) & User.is_active
    return User.select(User, Unit).join(Unit).where(known, ~User.must_change_password).first()


def _fetched(path: str, person: User) -> Response:
    """What this person would get at the path, as one GET of its own: every permission is asked, no session is begun."""
    path, _, query = path.partition("?")
    environ = EnvironBuilder(path, base_url=request.url_root, query_string=query).get_environ()
    with current_app.request_context(environ):
        if request.endpoint not in DOWNLOADS:
            raise NotFound
        g._login_user = person
        try:
            return make_response(current_app.view_functions[request.endpoint](**(request.view_args or {})))
        finally:
            g.pop("_login_user")


def _unkept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="download")
