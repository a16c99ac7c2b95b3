"""Photos that wait for somebody to look at them before they may be published, with the records that show them."""

from dataclasses import dataclass, field
from typing import Any

from fieldwork.core import kinds
from fieldwork.core.paging import Page, page_of
from fieldwork.people.models import User
from fieldwork.photos import access
from fieldwork.photos.models import Photo, PhotoLink
from fieldwork.photos.queries import ShownPhoto, stored


@dataclass(frozen=True)
class Waiting:
    """A photo nobody has checked, and the records this person may see that show it, each once."""

    photo: ShownPhoto
    records: list[Any] = field(default_factory=list)


def waiting(user: User, kind: str, cursor: str | None) -> Page:
    """A page of them, newest first; of one kind of record only, if it names one. As many queries for any number."""
    asked = (kind,) if kind in kinds.all_kinds() else kinds.all_kinds()
    found = page_of(access.unchecked(user, asked), Photo.id, cursor)
    shown = stored([photo.sha256 for photo in found])
    records = _records(user, [photo.id for photo in found])
    items = [Waiting(shown[photo.sha256], records.get(photo.id, [])) for photo in found]
    return Page(items, found.next)


def _records(user: User, photo_ids: list[int]) -> dict[int, list[Any]]:
    """The records that show these photos, by the id of the photo."""
    links = list(PhotoLink.select().where(PhotoLink.photo.in_(photo_ids)).order_by(PhotoLink.id)) if photo_ids else []
    seen: dict[tuple[str, int], Any] = {}
    for kind in kinds.all_kinds():
        table, ids = kinds.table_of(kind), {link.record_id for link in links if link.kind == kind}
        rows = table.select().where(table.id.in_(list(ids)), table.worked_on_by(user)) if ids else []
        seen |= {(kind, record.id): record for record in rows}
    found: dict[int, list[Any]] = {}
    for link in links:
        if record := seen.get((link.kind, link.record_id)):
            found.setdefault(link.photo_id, []).append(record)
    return found
