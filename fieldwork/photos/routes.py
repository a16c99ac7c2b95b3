"""HTTP of the photos: every picture is handed out through a check of who may see a record that shows it."""

import logging
import os
import re

from flask import Blueprint, Flask, Response, request, send_file
from flask_login import current_user
from werkzeug.wsgi import FileWrapper

from fieldwork.core import words
from fieldwork.errors import NotFound, NotYet
from fieldwork.photos import files, gallery, labels, processing
from fieldwork.photos.models import PENDING, READY, Photo, is_original_for, is_visible
from fieldwork.web import allow

room = Blueprint("photos", __name__)
SIZES = {"320": 320, "1280": 1280, "2400": 2400}
ORIGINAL = "original"
JPEG = "image/jpeg"
HASH = re.compile(r"[0-9a-f]{64}")
YEAR_S = 31_536_000
SENT_AT_ONCE = 65_536

log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Add this room's pages, words and labels."""
    app.register_blueprint(room)
    gallery.install(app)
    processing.install()
    words.learn(labels.REFUSALS)
    app.jinja_env.globals["photos_labels"] = labels


@room.get("/photos/<string(length=64):sha256>")
@allow("member")
def file(sha256: str) -> Response:
    size = request.args.get("size", "1280")
    photo = Photo.get_or_none(Photo.sha256 == sha256) if HASH.fullmatch(sha256) else None
    if photo is None or not (is_original_for if size == ORIGINAL else is_visible)(photo, current_user):
        raise NotFound
    if size == ORIGINAL:
        return _handed_out(files.original_key(sha256), photo.mime, f"{sha256}-{size}")
    return derivative(photo, size)


def derivative(photo: Photo, size: str) -> Response:
    """A re-encoded picture of the photo, for a view that has made sure who asks.

    Raises:
        NotFound: there is no such size, or the file is gone and is made anew.
        NotYet: it is still being made, or could not be.
    """
    sha256 = photo.sha256
    if size not in SIZES:
        raise NotFound
    if photo.state != READY:
        raise NotYet("photo_pending" if photo.state == PENDING else photo.reason)
    try:
        return _handed_out(files.derived_key(sha256, SIZES[size]), JPEG, f"{sha256}-{size}")
    except NotFound:
        processing.begin(photo)  # its original is what counts: what went missing is made anew
        raise


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
