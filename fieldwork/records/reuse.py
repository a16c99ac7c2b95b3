"""Where else a picture is used: the same photo, or one that looks like it, shown by another record.

A hint to who reviews, never a bar. Of records that do not exist for a person nothing is said, not even that there is
one: whoever may not see a record is not told by a photo that it was written.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fieldwork.core import kinds
from fieldwork.people.models import User
from fieldwork.photos.alike import alike
from fieldwork.photos.models import Photo, PhotoLink
from fieldwork.records import labels
from fieldwork.records.models import Record

SHOWN_MAX = 3


@dataclass(frozen=True)
class Reuse:
    """Another record, and whether it shows the very same file (else one that looks like it)."""

    record: Any
    is_same: bool

    @property
    def words(self) -> str:
        """What is the case, up to the title of the record."""
        said = labels.SAME_PHOTO if self.is_same else labels.LIKE_PHOTO
        return said + labels.KINDS[self.record.kind]

    @property
    def endpoint(self) -> str:
        """The view that shows the record."""
        return f"{self.record.kind}s.show"


def reused(user: User, record: Record, photos: Iterable[Photo]) -> dict[int, list[Reuse]]:
    """By photo id, up to three other records this person sees that show it or a like one: the same file first."""
    asked = list(photos)
    near = {photo.id: [photo.id, *others] for photo, others in _near(asked)}
    shown = _shown_by(user, record, {one for others in near.values() for one in others})
    return {photo.id: found for photo in asked if (found := _found(photo.id, near[photo.id], shown))}


def _near(photos: list[Photo]) -> list[tuple[Photo, list[int]]]:
    found = alike(photos)
    return [(photo, found.get(photo.id, [])) for photo in photos]


def _found(photo_id: int, near: list[int], shown: dict[int, list[Any]]) -> list[Reuse]:
    """Each record once."""
    found: dict[Any, Reuse] = {}
    for other in near:
        for record in shown.get(other, []):
            found.setdefault(record.uid, Reuse(record, other == photo_id))
    return list(found.values())[:SHOWN_MAX]


def _shown_by(user: User, but: Record, photo_ids: set[int]) -> dict[int, list[Any]]:
    """By photo id, the records this person sees that show it, without the one they are looking at."""
    linked = PhotoLink.select(PhotoLink.kind, PhotoLink.record_id, PhotoLink.photo_id)
    rows = list(linked.where(PhotoLink.photo.in_(list(photo_ids))).order_by(PhotoLink.id).tuples())
    rows = [row for row in rows if row[:2] != (but.kind, but.id)]
    seen, at_work = _records(user, rows, "seen_by"), _records(user, rows, "worked_on_by")
    public = {photo.id for photo in Photo.select().where(Photo.id.in_(list(photo_ids))) if photo.is_publishable}
    found: dict[int, list[Any]] = {}
    for kind, record_id, photo_id in rows:
        # who sees a record only because it is a model is not told of a photo that is withheld there
        record = (seen if photo_id in public else at_work).get((kind, record_id))
        if record is not None:
            found.setdefault(photo_id, []).append(record)
    return found


def _records(user: User, rows: list[Any], who: str) -> dict[tuple[str, int], Any]:
    """The records of these rows that this condition of their table lets the person have, by kind and id."""
    found: dict[tuple[str, int], Any] = {}
    for kind in {row[0] for row in rows}:
        table = kinds.table_of(kind)
        asked = table.id.in_({row[1] for row in rows if row[0] == kind})
        found |= {(kind, one.id): one for one in table.select().where(asked, getattr(table, who)(user))}
    return found
