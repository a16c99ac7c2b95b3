"""HTTP of the photos: every picture is handed out through a check of who may see a record that shows it."""

from flask import Blueprint, Flask, Response, request, send_file
from flask_login import current_user

from fieldwork.core import words
from fieldwork.errors import NotFound
from fieldwork.photos import files, labels
from fieldwork.photos.models import Photo, is_original_for, is_visible
from fieldwork.web import allow

room = Blueprint("photos", __name__)
SIZES = {"320": 320, "1280": 1280, "2400": 2400}
ORIGINAL = "original"
YEAR_S = 31_536_000


def install(app: Flask) -> None:
    """Add this room's pages, words and labels."""
    app.register_blueprint(room)
    words.learn(labels.REFUSALS)
    app.jinja_env.globals["photos_labels"] = labels


@room.get("/photos/<string(length=64):sha256>")
@allow("member")
def file(sha256: str) -> Response:
    size = request.args.get("size", "1280")
    photo = Photo.get_or_none(Photo.sha256 == sha256)
    if photo is None or not (is_original_for if size == ORIGINAL else is_visible)(photo, current_user):
        raise NotFound
    if size not in SIZES and size != ORIGINAL:
        raise NotFound
    key = files.original_key(sha256) if size == ORIGINAL else files.derived_key(sha256, SIZES[size])
    mime = photo.mime if size == ORIGINAL else "image/jpeg"
    answer = send_file(files.store().open(key), mimetype=mime, conditional=True, etag=f"{sha256}-{size}")
    answer.headers["Cache-Control"] = f"private, max-age={YEAR_S}, immutable"
    return answer
