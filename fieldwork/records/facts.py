"""What is known of a record and its photos without anybody's word: when, where, how far from the unit, recorded when.

Facts for those who review, handle or oversee, and for the author, of whom nothing is told behind their back. They are
told in words; nothing is judged, coloured, counted or filtered by them.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from fieldwork import clock, site
from fieldwork.core.coordinates import Point, metres_between
from fieldwork.people.models import User
from fieldwork.people.policy import may
from fieldwork.photos.models import Photo, PhotoLink
from fieldwork.records import labels, reuse
from fieldwork.records.maps import map_url
from fieldwork.records.models import Record

CLOCKS_AGREE = timedelta(hours=12)
UUID7 = 7


@dataclass(frozen=True)
class Facts:
    """Lines of words about one thing, and where a map shows it if the site lets places out."""

    lines: list[str]
    map_url: str = ""


@dataclass(frozen=True)
class PhotoFacts(Facts):
    """The same of a photo, the `number`-th of its record; `reused`: other records that show it or one like it."""

    sha256: str = ""
    number: int = 0
    caption: str = ""
    reused: list[reuse.Reuse] = field(default_factory=list)


@dataclass(frozen=True)
class RecordFacts(Facts):
    """The same of a record, with those of its photos in their order."""

    photos: list[PhotoFacts] = field(default_factory=list)

    def of_photo(self, sha256: str) -> str:
        """What is known of one photo, in one line for the viewer."""
        return labels.BETWEEN.join(line for photo in self.photos if photo.sha256 == sha256 for line in photo.lines)


def facts_of(user: User, record: Record) -> RecordFacts | None:
    """The facts as this person may know them; None for who only reads the record."""
    if not may(user, "record.facts", record):
        return None
    links = _links(record)
    reused = reuse.reused(user, record, [link.photo for link in links]) if may(user, "record.compare", record) else {}
    photos = [_of_photo(number, link, record, reused) for number, link in enumerate(links, 1)]
    return RecordFacts([*_times(record), *_place(record)], _map(record.lat, record.lon), photos)


def written_at(record: Record) -> datetime:
    """When the record was begun, by the clock of the phone: its id (UUIDv7) keeps that, whenever it was sent.

    The receipt where the id says nothing of the kind.
    """
    if record.uid.version != UUID7:
        return _moment(record.received_at)
    begun = datetime.fromtimestamp((record.uid.int >> 80) / 1000, UTC)
    return begun if record.captured_at <= begun <= record.received_at else _moment(record.received_at)


def days_late(record: Record) -> int:
    """How many days after it happened the record was begun: days of the calendar, 0 on the same day."""
    return max(0, (clock.local(written_at(record)).date() - clock.local(record.captured_at).date()).days)


# --- when


def _times(record: Record) -> list[str]:
    phone = _shown(record.captured_local, record.captured_offset_min)
    said = [labels.RECORDED.format(phone=phone, server=_shown(clock.local(record.received_at)))]
    days = days_late(record)
    return said + ([labels.LATE[record.kind].format(days=days)] if days else []) + _clocks(record)


def _clocks(record: Record) -> list[str]:
    """What the phone's clock and ours say of one another: behind, it may also have waited for a line."""
    ahead = record.captured_at - record.received_at
    behind = record.received_at - written_at(record)
    if ahead >= CLOCKS_AGREE:
        return [labels.CLOCK_AHEAD.format(apart=_days(ahead))]
    if behind >= CLOCKS_AGREE:
        return [labels.CLOCK_BEHIND.format(apart=_days(behind))]
    return []


def _days(apart: timedelta) -> str:
    return labels.DAYS.format(count=max(1, round(apart / timedelta(days=1))))


def _shown(moment: datetime, offset_min: int | None = None) -> str:
    """To the minute; with the offset where it is not the municipality's."""
    ours = clock.local(clock.now()).utcoffset() or timedelta()
    shown = moment.strftime("%Y-%m-%d %H:%M")
    if offset_min is None or timedelta(minutes=offset_min) == ours:
        return shown
    hours, minutes = divmod(abs(offset_min), 60)
    return labels.IN_ZONE.format(moment=shown, zone=f"{'-' if offset_min < 0 else '+'}{hours:02}:{minutes:02}")


# --- where


def _place(record: Record) -> list[str]:
    noted = [labels.NOTED_PLACE.format(words=record.place_note)] if record.place_note else []
    if record.lat is None or record.lon is None:
        return [*noted, labels.NO_PLACE]
    source = labels.BY_PHONE if record.accuracy_m is not None else labels.BY_HAND  # a phone always says how exact it is
    return [_point(record.lat, record.lon, record.accuracy_m, source, record), *noted]


def _point(lat: float, lon: float, accuracy_m: Any, source: str, record: Record) -> str:
    exact = labels.ACCURACY.format(metres=round(accuracy_m)) if isinstance(accuracy_m, int | float) else ""
    unit, far = record.unit, labels.UNIT_UNPLACED
    if unit.lat is not None and unit.lon is not None:
        metres = metres_between(Point(lat, lon), Point(unit.lat, unit.lon))
        far = labels.DISTANCE.format(unit=unit.shown_name, far=labels.far(metres))
    return labels.PLACE.format(lat=lat, lon=lon, source=source, exact=exact, far=far)


def _map(lat: float | None, lon: float | None) -> str:
    return "" if lat is None or lon is None else map_url(Point(lat, lon), site.settings()["map"])


# --- photos


def _of_photo(number: int, link: PhotoLink, record: Record, reused: dict[int, list[reuse.Reuse]]) -> PhotoFacts:
    photo = link.photo
    return PhotoFacts(
        lines=[_taken(link), _where(photo, record)],
        map_url=_map(photo.lat, photo.lon),
        sha256=photo.sha256,
        number=number,
        caption=link.caption,
        reused=reused.get(photo.id, []),
    )


def _taken(link: PhotoLink) -> str:
    photo, server = link.photo, _shown(clock.local(link.photo.received_at))
    if photo.taken_at is None and link.said_at is not None:
        said = _moment(link.said_at) + timedelta(minutes=link.said_offset_min)
        return labels.TAKEN_BY_PHONE.format(phone=_shown(said, link.said_offset_min), server=server)
    if photo.taken_at is None:
        return labels.NEVER_TAKEN.format(server=server)
    if photo.taken_offset_min is None:
        return labels.TAKEN_IN_NO_ZONE.format(taken=_shown(clock.local(photo.taken_at)), server=server)
    own = _moment(photo.taken_at) + timedelta(minutes=photo.taken_offset_min)
    return labels.TAKEN.format(taken=_shown(own, photo.taken_offset_min), server=server)


def _where(photo: Photo, record: Record) -> str:
    if photo.lat is None or photo.lon is None:
        return labels.NO_PHOTO_PLACE
    return _point(photo.lat, photo.lon, photo.metadata.get("accuracy_m"), labels.BY_CAMERA, record)


def _links(record: Record) -> list[PhotoLink]:
    query = PhotoLink.select(PhotoLink, Photo).join(Photo)
    here = (PhotoLink.kind == record.kind) & (PhotoLink.record_id == record.id)
    return list(query.where(here).order_by(PhotoLink.position, PhotoLink.id))


def _moment(moment: Any) -> datetime:
    """A column's value, which type checkers take for the column."""
    aware: datetime = moment
    return aware
