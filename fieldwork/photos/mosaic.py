"""What is done about what a photo shows: parts covered and uncovered, and the word that it may be published."""

import hashlib
import json
from typing import Any

from fieldwork import clock, journal
from fieldwork.core.db import transaction
from fieldwork.errors import Conflict, Forbidden, NotFound
from fieldwork.people.models import User
from fieldwork.people.policy import may
from fieldwork.photos import access, covering
from fieldwork.photos.models import READY, Photo
from fieldwork.photos.schemas import Box

WAY_OF_COVERING = 2  # another one when `pixelating` covers otherwise, with a migration that renames present mosaics


def cover(actor: User, photo: Photo, seen: str, boxes: list[Box]) -> Photo:
    """Cover exactly these boxes for all. To add protection, whoever works on a record that shows it may; to take any
    of it away is for whom `can_uncover` names. What was checked is to be checked again.

    Raises:
        NotFound, Forbidden.
        Conflict: somebody changed the mosaic after `seen`, its key.
    """
    wanted = [box.numbers for box in boxes]
    kept = all(old in wanted for old in photo.mosaic)
    _require(actor, photo, "photo.cover" if kept else "photo.uncover")
    return _change(actor, photo, seen, "photo.covered", wanted)


def uncover(actor: User, photo: Photo, seen: str) -> Photo:
    """Take the whole mosaic away: for whom `can_uncover` names.

    Raises:
        NotFound, Forbidden.
        Conflict: somebody changed the mosaic after `seen`, its key.
    """
    _require(actor, photo, "photo.uncover")
    return _change(actor, photo, seen, "photo.uncovered", [])


def check(actor: User, photo: Photo, seen: str) -> Photo:
    """Say that the picture, as it is covered now, may be published.

    Raises:
        NotFound, Forbidden.
        Conflict: the mosaic is another than what was `seen`, or is still being made.
    """
    return _mark(actor, photo, seen, is_checked=True)


def uncheck(actor: User, photo: Photo, seen: str) -> Photo:
    """Take that word back.

    Raises:
        NotFound, Forbidden, Conflict: as check.
    """
    return _mark(actor, photo, seen, is_checked=False)


def key_of(boxes: list[list[float]]) -> str:
    """The digest by which a mosaic is known, of its boxes and of how they are covered; "" for none."""
    return hashlib.sha256(json.dumps([WAY_OF_COVERING, boxes]).encode()).hexdigest()[:16] if boxes else ""


def can_cover(user: User, photo: Photo) -> bool:
    """Whether the person may cover more of it: who works on a record that shows it and, as long as no record of
    anybody else does, who sent it."""
    return _may(user, photo, "photo.cover")


def can_uncover(user: User, photo: Photo) -> bool:
    """Whether the person may show again what is covered: the administrator; and as long as no record of anybody else
    shows it, be it in the trash, the author of those that do or, where none does, who sent it first. To have the bytes
    or to show them in a record of one's own is to see what lies beneath, not to decide what readers of others see.
    """
    return _may(user, photo, "photo.uncover")


def can_check(user: User, photo: Photo) -> bool:
    """Whether the person may say that it can be published."""
    return _may(user, photo, "photo.check")


def _may(user: User, photo: Photo, permission: str) -> bool:
    if permission == "photo.uncover":
        return may(user, permission) or _is_theirs_alone(user, photo)
    if any(may(user, permission, record) for record in access.records_showing(photo, user)):
        return True
    is_asked_of_senders = permission == "photo.cover" and access.was_sent_by(user, photo)
    return is_asked_of_senders and not access.authors_showing(photo) - {user.id}


def _is_theirs_alone(user: User, photo: Photo) -> bool:
    return (access.authors_showing(photo) or {photo.uploader_id}) == {user.id}


def _require(actor: User, photo: Photo, permission: str) -> None:
    if not access.is_visible(photo, actor) and not may(actor, "photo.uncover"):
        raise NotFound
    if not _may(actor, photo, permission):
        raise Forbidden("not_yours_to_do", permission=permission)


def _change(actor: User, photo: Photo, seen: str, action: str, boxes: list[list[float]]) -> Photo:
    key = key_of(boxes)
    values: dict[str, Any] = {"mosaic": boxes, "mosaic_key": key, "checked_at": None, "checked_by": None}
    if key == seen == photo.mosaic_key:
        return photo
    with transaction():
        stands = (Photo.id == photo.id) & (Photo.mosaic_key == seen)
        # the placeholder goes, too: sixteen pixels of a face are still of that face
        if not Photo.update(**values, is_mosaic_ready=False, placeholder="").where(stands).execute():
            raise Conflict("mosaic_changed")
        journal.write(actor, action, sha256=photo.sha256, before=photo.mosaic, boxes=boxes)
        covering.begin(photo.sha256)
    return Photo.get_by_id(photo.id)


def _mark(actor: User, photo: Photo, seen: str, *, is_checked: bool) -> Photo:
    _require(actor, photo, "photo.check")
    values = {"checked_at": clock.now() if is_checked else None, "checked_by": actor if is_checked else None}
    stands = (Photo.id == photo.id) & (Photo.mosaic_key == seen) & (Photo.state == READY)
    with transaction():
        whole = stands & ((Photo.mosaic_key == "") | Photo.is_mosaic_ready)
        if not Photo.update(**values).where(whole).execute():
            raise Conflict("mosaic_changed" if photo.mosaic_key != seen else "photo_pending")
        journal.write(actor, "photo.checked" if is_checked else "photo.unchecked", sha256=photo.sha256, mosaic=seen)
    return Photo.get_by_id(photo.id)
