"""The gallery of a record: addresses of its pictures, and its fragment while some are still being made."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, request, url_for
from flask_login import current_user

from fieldwork.core import kinds
from fieldwork.errors import NotFound
from fieldwork.people.policy import may
from fieldwork.people.sessions import safe_next
from fieldwork.photos import access, labels
from fieldwork.photos.models import Photo
from fieldwork.photos.queries import Addressed, pairs_of
from fieldwork.web import allow, go_to, is_htmx, page, visible

WAITS_S = (2, 2, 3, 3, 5, 5, 8, 8, 13, 13, 21, 21, 34, 34)  # then a page waits no more

room = Blueprint("gallery", __name__)


def install(app: Flask) -> None:
    """Add the fragment and what templates ask."""
    app.register_blueprint(room)
    app.jinja_env.globals.update(
        photo_url=photo_url,
        can_cover_photos=can_cover_photos,
        can_check_photos=can_check_photos,
        photo_pairs=pairs_of,
        photo_wait=wait_s,
        photo_reason=labels.reason_in_words,
        is_fragment=is_htmx,
    )


def photo_url(photo: Addressed, size: int) -> str:
    """Where the picture of this size is: the one place that knows. Another mosaic has another address."""
    more: dict[str, Any] = {"v": photo.mosaic_key} if photo.mosaic_key else {}
    return url_for("photos.file", sha256=photo.sha256, size=size, **more)


def way_back(photo: Photo) -> str:
    """Where to go after something was done with a photo: the page named, or the first record that shows it."""
    if wanted := request.values.get("next"):
        return safe_next(wanted)
    for record in access.records_showing(photo, current_user):
        return url_for(f"{record.kind}s.show", uid=record.uid, _anchor=f"photo-{photo.sha256}")
    return url_for("insight.home")


def can_cover_photos(record: Any) -> bool:
    """Whether the person may cover the photos this record shows: one rule for all of them, asked once a record."""
    return may(current_user, "photo.cover", record)


def can_check_photos(record: Any) -> bool:
    """Whether the person may say of this record's photos that they can be published."""
    return may(current_user, "photo.check", record)


def wait_s(look: int) -> int:
    """How long to wait before looking for the `look`-th time, from 0, whether pictures are made; 0: no more."""
    return WAITS_S[look] if 0 <= look < len(WAITS_S) else 0


@room.get("/photos/of/<string(maxlength=16):kind>/<uuid:uid>")
@allow("member")
def of_record(kind: str, uid: UUID) -> Any:
    """All photos of a record that this person sees; without htmx, the record's page."""
    if kind not in kinds.all_kinds():
        raise NotFound
    record = visible(kinds.table_of(kind))(uid)
    if not is_htmx():
        return go_to(f"{kind}s.show", uid=uid)
    return page(
        "photos/_record.html",
        record=record,
        photos=access.shown_to(current_user, record),
        facts=may(current_user, "record.facts", record),
        look=request.args.get("look", 0, int),
    )
