"""HTTP of 已检查: the page of photos nobody has checked yet, and the word that one may be published."""

from typing import Any

from flask import Blueprint, Flask, Response, make_response, render_template, request, url_for
from flask_login import current_user
from werkzeug.utils import redirect

from fieldwork.core import words
from fieldwork.errors import Conflict
from fieldwork.photos import mosaic
from fieldwork.photos.access import photo_for
from fieldwork.photos.gallery import way_back
from fieldwork.photos.models import Photo
from fieldwork.photos.queries import stored
from fieldwork.photos.waiting import waiting
from fieldwork.web import allow, is_htmx, page

room = Blueprint("checking", __name__)


def install(app: Flask) -> None:
    """Add the page."""
    app.register_blueprint(room)


@room.get("/photos/unchecked")
@allow("photo.work")
def browse() -> Response:
    kind = request.args.get("kind", "")
    found = waiting(current_user, kind, request.args.get("cursor"))
    next_url = url_for("checking.browse", kind=kind or None, cursor=found.next) if found.next else None
    return page("photos/unchecked.html", "photos/_unchecked.html", found=found, kind=kind, next_url=next_url)


@room.post("/photos/<string(length=64):sha256>/check")
@allow("member")
def check(sha256: str) -> Any:
    photo, seen = photo_for(current_user, sha256), request.form.get("seen", "")
    try:
        (mosaic.uncheck if request.form.get("undo") else mosaic.check)(current_user, photo, seen)
    except Conflict as conflict:
        if not is_htmx():
            raise
        return _tools(photo, conflict.status, words.of(conflict))
    return _tools(photo) if is_htmx() else redirect(way_back(photo), 303)


def _tools(photo: Photo, status: int = 200, fault: str = "") -> Response:
    """What stands below the photo now, with the focus where it was."""
    body = render_template(
        "photos/_tools.html",
        photo=stored([photo.sha256])[photo.sha256],
        number=request.form.get("number", 1, int),
        back=way_back(photo),
        can_cover=mosaic.can_cover(current_user, photo),
        can_check=mosaic.can_check(current_user, photo),
        fault=fault,
        is_answer=True,
    )
    return make_response(body, status)
