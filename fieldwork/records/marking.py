"""The lines of a watermark: when a photo was taken, at which unit, and who of which unit recorded it.

The place is the unit's: what somebody typed of a place, and coordinates, are for those who review. Nothing is marked
unless the unit that recorded it wants its photos marked, or whoever gives them out says so.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal, Protocol, TypeAlias

from fieldwork import clock
from fieldwork.core import kinds
from fieldwork.people.models import Term, Unit, User
from fieldwork.photos.models import Photo, PhotoLink
from fieldwork.photos.queries import EVIDENCE
from fieldwork.records import labels
from fieldwork.records.models import Record

Choice: TypeAlias = Literal["unit", "all", "none"]
BY_UNIT: Choice = "unit"
ALWAYS: Choice = "all"
NEVER: Choice = "none"
Marks: TypeAlias = dict[tuple[int, str], tuple[str, ...]]


class Dated(Protocol):
    """A photo, and when its camera and the server had it; the latter always says."""

    @property
    def sha256(self) -> str: ...

    @property
    def taken_at(self) -> datetime | None: ...

    @property
    def received_at(self) -> datetime | None: ...


def marks_of(kind: str, photos: Mapping[int, Iterable[Dated]], choice: str) -> Marks:
    """The lines by record id and hash, for photos given by record id; nothing for those that are not marked."""
    if choice == NEVER or not any(photos.values()):
        return {}
    records, links = _records(kind, photos), _links(kind, photos)
    found: Marks = {}
    for record_id, shown in photos.items():
        record = records[record_id]
        for photo in shown:
            link = links.get((record_id, photo.sha256))
            person, unit = _recorder(record, link)
            if choice == ALWAYS or unit.has_watermark:
                who = labels.MARK_WHO.format(unit=unit.name, person=person.name)
                found[record_id, photo.sha256] = (_time(photo, link), place_of(record), who)
    return found


def wants_mark(record: Record) -> bool:
    """Whether the photos of this record are marked where nobody says otherwise."""
    return bool(record.author_unit.has_watermark)


def place_of(record: Record) -> str:
    """Where the unit is: area, the unit above, the unit; without what the next name says again."""
    names = [record.area.name if record.area else "", record.unit.parent.name if record.unit.parent else ""]
    last = record.unit.name
    for name in reversed(names):
        last = last if not name or last.startswith(name) else labels.MARK_BETWEEN.join((name, last))
    return last


def _recorder(record: Record, link: PhotoLink | None) -> tuple[User, Unit]:
    """Who brought the photo: the author, or whoever put the evidence there."""
    if link is not None and link.purpose == EVIDENCE:
        return link.added_by, link.added_by.unit
    return record.author, record.author_unit


def _time(photo: Dated, link: PhotoLink | None) -> str:
    """The camera's word before the phone's, and where neither said anything the moment it came here; whose it is."""
    said: Any = link.said_at if link is not None else None
    moments = {"camera": photo.taken_at, "phone": said, "server": photo.received_at}
    source, moment = next((source, moment) for source, moment in moments.items() if moment is not None)
    return labels.MARK_TIMES[source].format(time=f"{clock.local(moment):%Y-%m-%d %H:%M}")


def _records(kind: str, ids: Iterable[int]) -> dict[int, Any]:
    """The records with all that is named of them, in one query."""
    table, above, recording, area = kinds.table_of(kind), Unit.alias(), Unit.alias(), Term.alias()
    query = (
        table.select(table, Unit, above, area, User, recording)
        .join(Unit, on=(table.unit == Unit.id))
        .left_outer_join(above, on=(Unit.parent == above.id), attr="parent")
        .switch(table)
        .left_outer_join(area, on=(table.area == area.id), attr="area")
        .switch(table)
        .join(User, on=(table.author == User.id), attr="author")
        .switch(table)
        .join(recording, on=(table.author_unit == recording.id), attr="author_unit")
    )
    return {record.id: record for record in query.where(table.id.in_(list(ids)))}


def _links(kind: str, ids: Iterable[int]) -> dict[tuple[int, str], PhotoLink]:
    """How the records came to the photos, with who put them there, in one query."""
    query = (
        PhotoLink.select(PhotoLink, Photo, User, Unit)
        .join(Photo)
        .switch(PhotoLink)
        .join(User, on=(PhotoLink.added_by == User.id))
        .join(Unit)
        .where(PhotoLink.kind == kind, PhotoLink.record_id.in_(list(ids)))
    )
    return {(link.record_id, link.photo.sha256): link for link in query}
