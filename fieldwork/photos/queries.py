"""Questions about photos."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from peewee import ModelSelect

from fieldwork.photos.models import BROKEN, PENDING, READY, Photo, PhotoLink

EVIDENCE = "evidence"


class Addressed(Protocol):
    """What has pictures: the hash of its original, and the key of its mosaic ("" without one)."""

    @property
    def sha256(self) -> str: ...

    @property
    def mosaic_key(self) -> str: ...


@dataclass(frozen=True)
class ShownPhoto:
    """A photo as a record shows it. `state` is that of the pictures everybody may see: pending also while a mosaic is
    drawn; `placeholder` is a tiny WebP in base64, empty where there is none or where something is covered. It
    `is_checked` once somebody has said that the picture, as it is covered now, may be published. When it was taken is
    `taken_at` by its camera, and `said_at` by the phone that recorded it; `received_at` is when it was here first."""

    sha256: str
    caption: str
    width: int
    height: int
    purpose: str
    taken_at: datetime | None
    state: str = READY
    reason: str = ""
    placeholder: str = ""
    mosaic_key: str = ""
    is_checked: bool = False
    said_at: datetime | None = None
    received_at: datetime | None = None

    @property
    def is_publishable(self) -> bool:
        """Whether it may go into a briefing, onto a model's page or into an export."""
        return self.is_checked and self.state == READY

    @property
    def awaits_check(self) -> bool:
        """Whether it is not to be published yet, and may be later: one that cannot be shown is never checked."""
        return not self.is_publishable and self.state != BROKEN

    def width_at(self, size: int) -> int:
        """Pixels across of its picture of this size, whose longer side has `size` of them, or fewer."""
        return max(1, round(self.width * min(1, size / max(self.width, self.height, 1))))


def photos_of(kind: str, record_ids: Iterable[int]) -> dict[int, list[ShownPhoto]]:
    """The photos of these records in their order, by record id."""
    query = (
        PhotoLink.select(PhotoLink, Photo)
        .join(Photo)
        .where(PhotoLink.kind == kind, PhotoLink.record_id.in_(list(record_ids)))
        .order_by(PhotoLink.position, PhotoLink.id)
    )
    found: dict[int, list[ShownPhoto]] = {}
    for link in query:
        found.setdefault(link.record_id, []).append(_shown(link.photo, link.caption, link.purpose, link.said_at))
    return found


def stored(hashes: Iterable[str]) -> dict[str, ShownPhoto]:
    """Those of the photos that have arrived, without captions, by sha256."""
    query: ModelSelect = Photo.select().where(Photo.sha256.in_(list(hashes)))
    return {photo.sha256: _shown(photo, "", "shown") for photo in query}


def pairs_of(photos: Iterable[ShownPhoto]) -> list[tuple[ShownPhoto, ShownPhoto]]:
    """Before and after, in their order; the last one of the shorter side stands beside what is left of the other."""
    ready = [photo for photo in photos if photo.state == READY]
    after = [photo for photo in ready if photo.purpose == EVIDENCE]
    before = [photo for photo in ready if photo.purpose != EVIDENCE]
    if not before or not after:
        return []
    longest = max(len(before), len(after))
    return [(before[min(n, len(before) - 1)], after[min(n, len(after) - 1)]) for n in range(longest)]


def _shown(photo: Photo, caption: str, purpose: str, said_at: datetime | None = None) -> ShownPhoto:
    return ShownPhoto(
        sha256=photo.sha256,
        caption=caption,
        width=photo.width,
        height=photo.height,
        purpose=purpose,
        taken_at=photo.taken_at,
        state=PENDING if photo.state == READY and not photo.is_made else photo.state,
        reason=photo.reason,
        placeholder="" if photo.mosaic_key else photo.placeholder,
        mosaic_key=photo.mosaic_key,
        is_checked=photo.checked_at is not None,
        said_at=said_at,
        received_at=photo.received_at,
    )
