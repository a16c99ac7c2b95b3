"""Questions about photos."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fieldwork.photos.models import Photo, PhotoLink


@dataclass(frozen=True)
class ShownPhoto:
    """A photo as a record shows it."""

    sha256: str
    caption: str
    width: int
    height: int
    purpose: str
    taken_at: datetime | None


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
        photo = link.photo
        shown = ShownPhoto(photo.sha256, link.caption, photo.width, photo.height, link.purpose, photo.taken_at)
        found.setdefault(link.record_id, []).append(shown)
    return found
