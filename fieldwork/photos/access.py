"""Who sees what of a photo: nothing, what everybody on the record sees, or what lies beneath its mosaic."""

import re
from collections.abc import Iterable
from typing import Any

from peewee import ModelSelect

from fieldwork.core import kinds
from fieldwork.errors import NotFound
from fieldwork.people.models import User
from fieldwork.people.policy import may
from fieldwork.people.reach import reach_of
from fieldwork.photos.models import READY, Photo, PhotoLink, PhotoUpload
from fieldwork.photos.queries import ShownPhoto, photos_of

CHECKERS = ("county", "city", "office")
HASH = re.compile(r"[0-9a-f]{64}")


def photo_for(user: Any, sha256: str) -> Photo:
    """The photo, if it exists for this person; else NotFound, as for a hash that was guessed."""
    photo = Photo.get_or_none(Photo.sha256 == sha256) if HASH.fullmatch(sha256) else None
    if photo is None or not (is_visible(photo, user) or may(user, "photo.uncover")):
        raise NotFound
    return photo


def is_visible(photo: Photo, user: User) -> bool:
    """Whether some record this person sees shows the photo, or they sent it themselves. A record that is seen only
    because it is a model shows what may be published."""
    return was_sent_by(user, photo) or any(_showing(kind, photo, user).exists() for kind in kinds.all_kinds())


def is_owner(photo: Photo, user: User) -> bool:
    """Whether the person sent it, or wrote a record that shows it."""
    if was_sent_by(user, photo):
        return True
    return any(
        _showing(kind, photo, user).where(kinds.table_of(kind).author == user.id).exists() for kind in kinds.all_kinds()
    )


def is_uncovered_for(photo: Photo, user: User) -> bool:
    """Whether the person may have the original and what is beneath a mosaic: its owner, who handles a record that
    shows it, an admin."""
    if user.has_role("admin") or is_owner(photo, user):
        return True
    return any(
        _showing(kind, photo, user).where(kinds.table_of(kind).handled_by(user)).exists() for kind in kinds.all_kinds()
    )


def was_sent_by(user: User, photo: Photo) -> bool:
    """Whether the person sent this very picture."""
    return PhotoUpload.select().where(PhotoUpload.photo == photo, PhotoUpload.user == user.id).exists()


def shown_to(user: User, record: Any) -> list[ShownPhoto]:
    """The photos of a record this person sees, in their order, as far as the record shows them to the person."""
    photos = photos_of(record.kind, [record.id]).get(record.id, [])
    if all(photo.is_publishable for photo in photos) or works_on(user, record):
        return photos
    return [photo for photo in photos if photo.is_publishable]


def works_on(user: User, record: Any) -> bool:
    """Whether the person sees the record for the work on it, and not only because it is a model."""
    table = type(record)
    return bool(table.select().where(table.id == record.id, table.worked_on_by(user)).exists())


def records_showing(photo: Photo, user: User) -> list[Any]:
    """The records that show the photo, as far as the person sees them."""
    return [record for kind in kinds.all_kinds() for record in _showing(kind, photo, user)]


def authors_showing(photo: Photo) -> set[int]:
    """The ids of those who wrote a record that shows the photo, whoever may see it, in the trash or not."""
    found: set[int] = set()
    for kind in kinds.all_kinds():
        table = kinds.table_of(kind)
        linked = PhotoLink.select(PhotoLink.record_id).where(PhotoLink.kind == kind, PhotoLink.photo == photo)
        found |= {author for (author,) in table.select(table.author).where(table.id.in_(linked)).distinct().tuples()}
    return found


def unchecked(user: User, of_kinds: Iterable[str]) -> ModelSelect:
    """The photos nobody has checked yet, of those records of these kinds that this person may check for; those still
    being made left out."""
    is_shown = Photo.id.is_null()
    for kind in of_kinds:
        table = kinds.table_of(kind)
        records = table.visible_to(user).select(table.id).where(_overseen(table, user))
        linked = PhotoLink.select(PhotoLink.photo).where(PhotoLink.kind == kind, PhotoLink.record_id.in_(records))
        is_shown |= Photo.id.in_(linked)
    is_made = (Photo.state == READY) & ((Photo.mosaic_key == "") | Photo.is_mosaic_ready)
    return Photo.select().where(Photo.checked_at.is_null(), is_made, is_shown)


def _overseen(table: Any, user: User) -> Any:
    reach = reach_of(user, *CHECKERS)
    if reach.everything:
        return table.id.is_null(False)
    return table.area.in_(list(reach.area_ids)) | table.sector.in_(list(reach.sector_ids))


def _showing(kind: str, photo: Photo, user: User) -> ModelSelect:
    linked = PhotoLink.select(PhotoLink.record_id).where(PhotoLink.kind == kind, PhotoLink.photo == photo)
    table = kinds.table_of(kind)
    seen = table.seen_by(user) if photo.is_publishable else table.worked_on_by(user)
    return table.select().where(table.id.in_(linked), seen)
