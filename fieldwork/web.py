"""The door of every view: who may come in, which record it is about, and how the answer goes out."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import SplitResult, urlsplit
from uuid import UUID

from flask import (
    Flask,
    Request,
    Response,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from fieldwork.errors import Forbidden, NotFound, Stale

VERSION_DIGITS_MAX = 9  # more never was a version, and databases cannot hold it
ASSETS = {"static", "script", "style"}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

View = Callable[..., Any]


class Words(ImmutableMultiDict):
    """What comes in an address or a form, without NUL, which no database takes and nobody types."""

    def __init__(self, mapping: Any = None) -> None:
        pairs = (
            mapping.items(multi=True) if hasattr(mapping, "getlist") else getattr(mapping, "items", lambda: mapping)()
        )
        super().__init__([(_without_nul(name), _without_nul(value)) for name, value in pairs or ()])


def _without_nul(value: Any) -> Any:
    return value.replace("\0", "") if isinstance(value, str) else value


class CleanRequest(Request):
    """A request whose words have been looked at once, for every view."""

    parameter_storage_class = Words


def allow(permission: str, load: Callable[[UUID], Any] | None = None) -> Callable[[View], View]:
    """Declare who may call a view. "public" lets anybody in; anything else asks for a login first.

    With `load`, the view's `uid` from the URL is turned into the record, passed as its first argument: 404 when it does
    not exist for this person, 409 when a form was filled in on an older version of it, 403 when the rule says no.
    `permission` "member" asks for nothing but the login.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**url: Any) -> Any:
            if permission != "public" and not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
            if load is None:
                _require(permission, None)
                return view(**url)
            record = load(url.pop("uid"))
            _refuse_stale(permission, record)
            _require(permission, record)
            return view(record, **url)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def visible(table: Any) -> Callable[[UUID], Any]:
    """A loader for `allow`: the row of this uid, if it exists for the person asking; else NotFound."""

    def load(uid: UUID) -> Any:
        record = table.visible_to(current_user).where(table.uid == uid).first()
        if record is None:
            raise NotFound
        return record

    return load


def page(full: str, part: str | None = None, status: int = 200, **context: Any) -> Response:
    """The page, or only its fragment when htmx asks for one."""
    wants_part = part is not None and is_htmx()
    body = render_template(part if wants_part and part else full, **context)
    response = make_response(body, status)
    response.vary.add("HX-Request")
    return response


def json_object() -> dict[str, Any]:
    """The JSON object that was sent.

    Raises:
        BadRequest, UnsupportedMediaType: it is no JSON, or no object.
    """
    try:
        body = request.get_json()
    except RecursionError:  # lists within lists without end
        raise BadRequest from None
    if not isinstance(body, dict):
        raise BadRequest
    return body


def go_to(endpoint: str, **values: Any) -> AnyResponse:
    """Send the browser to another page after a form was taken (303; htmx is told to navigate)."""
    address = url_for(endpoint, **values)
    if is_htmx():
        return make_response("", 200, {"HX-Redirect": address})
    return redirect(address, 303)


def is_htmx() -> bool:
    """Whether htmx asks for a fragment (not when it rebuilds a page from its history)."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def is_api() -> bool:
    """Whether a program asks, which no page would help."""
    return request.path.startswith("/api/")


def seen_version() -> int:
    """The version of the record that the person had before them, from the form's hidden field."""
    seen = request.form.get("version", "")
    if not seen.isdecimal() or len(seen) > VERSION_DIGITS_MAX:
        abort(400)
    return int(seen)


def same_origin() -> None:
    """Refuse a form sent from another site. Goes by headers that only browsers set, so that no token can go stale."""
    if request.method in SAFE_METHODS or request.headers.get("Authorization", "").startswith("Bearer "):
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in {"same-origin", "none"}:
            abort(403)
        return
    origin = request.headers.get("Origin")  # browsers before 2020; a program sends neither and has no cookie to steal
    if origin is not None and (parts := split(origin)) and parts.netloc == request.host:
        return
    if origin is not None:
        abort(403)


def split(address: str) -> SplitResult | None:
    """The parts of an address somebody sent; None when it is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def secure(response: Response) -> Response:
    """Put the security headers on an answer; pages are never stored by a shared cache."""
    if request.endpoint in ASSETS:  # they run nothing by themselves, and every byte of a header is sent with each
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        return response
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def install(app: Flask, require: Callable[[Any, str, Any], None]) -> None:
    """Put the door in: the origin check before, the headers after, and the rules `allow` asks."""
    app.extensions["require"] = require
    app.before_request(same_origin)
    app.after_request(secure)


def _refuse_stale(permission: str, record: Any) -> None:
    """A form that saw an older version is answered with both texts, whatever the newer state permits."""
    seen = request.form.get("version", "") if request.method == "POST" else ""
    if seen.isdecimal() and len(seen) <= VERSION_DIGITS_MAX and int(seen) != getattr(record, "version", int(seen)):
        raise Stale(record, request.form.to_dict(), can_retry=_is_permitted(permission, record))


def _is_permitted(permission: str, record: Any) -> bool:
    try:
        _require(permission, record)
    except Forbidden:
        return False
    return True


def _require(permission: str, record: Any) -> None:
    current_app.extensions["require"](current_user, permission, record)
