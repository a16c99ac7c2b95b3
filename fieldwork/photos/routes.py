"""HTTP of the photos: every picture is handed out through a check of who may see a record that shows it."""

import logging
import os

from flask import Blueprint, Flask, Response, request, send_file
from flask_login import current_user
from werkzeug.wsgi import FileWrapper

from fieldwork import journal
from fieldwork.core import words
from fieldwork.errors import NotFound, NotYet
from fieldwork.photos import access, checking_routes, covering, covering_routes, files, gallery, labels, processing
from fieldwork.photos.access import photo_for
from fieldwork.photos.models import PENDING, READY, Photo
from fieldwork.web import allow

room = Blueprint("photos", __name__)
SIZES = {"320": 320, "1280": 1280, "2400": 2400}
ORIGINAL = "original"
JPEG = "image/jpeg"
YEAR_S = 31_536_000
SENT_AT_ONCE = 65_536

log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Add this room's pages, words and labels."""
    app.register_blueprint(room)
    gallery.install(app)
    covering_routes.install(app)
    checking_routes.install(app)
    processing.install()
    covering.install()
    words.learn(labels.REFUSALS)
    app.jinja_env.globals["photos_labels"] = labels


@room.get("/photos/<string(length=64):sha256>")
@allow("member")
def file(sha256: str) -> Response:
    size, is_clear = request.args.get("size", "1280"), request.args.get("clear") == "1"
    photo = photo_for(current_user, sha256)
    if not is_clear and size != ORIGINAL:
        return derivative(photo, size)
    if not access.is_uncovered_for(photo, current_user):
        raise NotFound
    answer = _original(photo) if size == ORIGINAL else _uncovered(photo, size)
    _note_look(photo, size)
    return _kept_if(False, answer)


def derivative(photo: Photo, size: str) -> Response:
    """The picture of the photo that everybody sees, covered where it has a mosaic, for a view that has made sure who
    asks.

    Raises:
        NotFound: there is no such size, or the file is gone and is made anew.
        NotYet: it is still being made, or could not be.
    """
    answer = _covered(photo, size) if photo.mosaic_key else _uncovered(photo, size)
    return _kept_if(request.args.get("v", "") == photo.mosaic_key, answer)


def _original(photo: Photo) -> Response:
    return _handed_out(files.original_key(photo.sha256), photo.mime, f"{photo.sha256}-{ORIGINAL}")


def _uncovered(photo: Photo, size: str) -> Response:
    _require_made(photo, size)
    try:
        return _handed_out(files.derived_key(photo.sha256, SIZES[size]), JPEG, f"{photo.sha256}-{size}")
    except NotFound:
        processing.make_anew(photo)  # its original is what counts: what went missing is made anew
        raise


def _require_made(photo: Photo, size: str) -> None:
    if size not in SIZES:
        raise NotFound
    if photo.state != READY:
        raise NotYet("photo_pending" if photo.state == PENDING else photo.reason)


def _covered(photo: Photo, size: str) -> Response:
    """What everybody sees of a photo with a mosaic; until that is made, nothing."""
    _require_made(photo, size)
    if not photo.is_mosaic_ready:
        raise NotYet("photo_pending")
    key = files.covered_key(photo.sha256, SIZES[size], photo.mosaic_key)
    try:
        return _handed_out(key, JPEG, f"{photo.sha256}-{size}-{photo.mosaic_key}")
    except NotFound:
        covering.remake(photo)
        raise


def _note_look(photo: Photo, size: str) -> None:
    """Who looks beneath a mosaic, or at an original that somebody else sent, is named in the journal."""
    is_of_another = size == ORIGINAL and not access.was_sent_by(current_user, photo)
    if photo.mosaic_key or is_of_another:
        journal.write(current_user, "photo.looked_at", sha256=photo.sha256, size=size)


def _kept_if(is_lasting: bool, answer: Response) -> Response:
    if not is_lasting:
        answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _handed_out(key: str, mime: str, name: str) -> Response:
    """The file under an address whose content never changes: kept by the browser for a year, by nobody between."""
    store = files.store()
    try:
        content = store.open(key)
    except FileNotFoundError as missing:
        log.error("photo.missing", extra={"key": key})
        raise NotFound from missing
    length = content.seek(0, os.SEEK_END)
    content.seek(0)
    ending = mime.partition("/")[2].replace("jpeg", "jpg")
    answer = send_file(content, mimetype=mime, conditional=False, etag=name, download_name=f"{name[:12]}.{ending}")
    answer.response = FileWrapper(content, SENT_AT_ONCE)  # read by this thread: nobody else waits for a slow store
    answer.headers["Cache-Control"] = f"private, max-age={YEAR_S}, immutable"
    answer.content_length = length
    answer.make_conditional(request, accept_ranges=True, complete_length=length)
    return answer
