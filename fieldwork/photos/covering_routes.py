"""HTTP of the mosaic: the page on which parts of a photo are covered, by drawing or, without scripts, by tapping."""

from typing import Any

from flask import Blueprint, Flask, flash, request
from flask_login import current_user
from werkzeug.utils import redirect

from fieldwork.core.schemas import FieldErrors, read
from fieldwork.errors import Conflict, Forbidden
from fieldwork.photos import access, gridding, labels, mosaic
from fieldwork.photos.access import photo_for
from fieldwork.photos.gallery import way_back
from fieldwork.photos.gridding import BOX_FIELDS, PERCENT_FIELDS
from fieldwork.photos.models import PENDING, READY, Photo
from fieldwork.photos.schemas import Cover
from fieldwork.web import allow, page

room = Blueprint("mosaic", __name__)


def install(app: Flask) -> None:
    """Add the page."""
    app.register_blueprint(room)


@room.get("/photos/<string(length=64):sha256>/mosaic")
@allow("member")
def show(sha256: str) -> Any:
    photo = photo_for(current_user, sha256)
    if not mosaic.can_cover(current_user, photo):
        raise Forbidden("not_yours_to_do", permission="photo.cover")
    return _page(photo, [gridding.in_percent(box) for box in photo.mosaic])


@room.post("/photos/<string(length=64):sha256>/mosaic")
@allow("member")
def cover(sha256: str) -> Any:
    """Boxes as four lists of one length in parts (x, y, width, height) or in percent (left, top, wide, high), without
    the rows named in `gone`; and checked cells of the grid."""
    photo = photo_for(current_user, sha256)
    rows, cells = _sent_rows(), gridding.cells_of(request.form.getlist("cell"))
    kept = [number for number, row in enumerate(rows) if "is_gone" not in row]
    boxes = [gridding.in_parts(rows[number]) for number in kept]
    data, errors = read(Cover, {"seen": request.form.get("seen", ""), "boxes": boxes + gridding.boxes_of(cells)})
    if data is None:
        if not mosaic.can_cover(current_user, photo):
            raise Forbidden("not_yours_to_do", permission="photo.cover")
        said = {"": [labels.NO_BOX]} if not kept and not cells else _by_row(errors, kept)
        return _page(photo, rows, 422, errors=said, cells=cells)
    try:
        mosaic.cover(current_user, photo, data.seen, data.boxes)
    except Conflict as conflict:
        return _stale(sha256, conflict, [box.numbers for box in data.boxes])
    flash(labels.COVERING, "blue")
    return redirect(way_back(photo), 303)


@room.post("/photos/<string(length=64):sha256>/unveiling")
@allow("member")
def uncover(sha256: str) -> Any:
    photo = photo_for(current_user, sha256)
    try:
        mosaic.uncover(current_user, photo, request.form.get("seen", ""))
    except Conflict as conflict:
        return _stale(sha256, conflict, [])
    flash(labels.UNCOVERING, "green")
    return redirect(way_back(photo), 303)


def _sent_rows() -> list[dict[str, str]]:
    """The rows of the form as typed, in percent."""
    gone = set(request.form.getlist("gone"))
    sides = [request.form.getlist(name) for name in PERCENT_FIELDS]
    rows = [dict(zip(PERCENT_FIELDS, one, strict=False)) for one in zip(*sides, strict=False)]
    rows = [row | ({"is_gone": "1"} if str(number) in gone else {}) for number, row in enumerate(rows)]
    rows = [row for row in rows if any(row[name].strip() for name in PERCENT_FIELDS)]
    parts = zip(*(request.form.getlist(name) for name in BOX_FIELDS), strict=False)
    return rows + [dict(zip(PERCENT_FIELDS, map(_percent, one), strict=False)) for one in parts]


def _percent(part: str) -> str:
    try:
        return f"{round(float(part) * 100, gridding.DIGITS - 2):g}"
    except (ValueError, OverflowError):
        return part


def _by_row(errors: FieldErrors, kept: list[int]) -> FieldErrors:
    """Messages under the number of the row on the page; those of no row under ""."""
    found: FieldErrors = {}
    for name, said in errors.items():
        _, _, rest = name.partition(".")
        number = rest.split(".")[0]
        is_row = number.isdecimal() and int(number) < len(kept)
        found.setdefault(str(kept[int(number)]) if is_row else "", []).extend(said)
    return found


def _stale(sha256: str, conflict: Conflict, drawn: list[list[float]]) -> Any:
    """The boxes as they are now, and besides them all that this person sent."""
    photo = photo_for(current_user, sha256)
    boxes = photo.mosaic + [box for box in drawn if box not in photo.mosaic]
    return _page(photo, [gridding.in_percent(box) for box in boxes], conflict.status, errors={"": [labels.CHANGED]})


def _page(photo: Photo, rows: list[dict[str, str]], status: int = 200, **more: Any) -> Any:
    is_clear = access.is_uncovered_for(photo, current_user)
    is_hidden = not is_clear and photo.mosaic_key != "" and not photo.is_mosaic_ready
    is_fixed = not mosaic.can_uncover(current_user, photo)
    fixed = [gridding.in_percent(box) for box in photo.mosaic] if is_fixed else []
    return page(
        "photos/mosaic.html",
        status=status,
        photo=photo,
        state=PENDING if is_hidden and photo.state == READY else photo.state,
        rows=[row | {"is_fixed": row in fixed} for row in rows],
        is_clear=is_clear,
        can_uncover=not is_fixed,
        columns=gridding.COLUMNS,
        grid_rows=gridding.ROWS,
        next=way_back(photo),
        **{"errors": {}, "cells": [], **more},
    )
