"""Photos that a record lists before they are here: noted with the record, linked at the moment they arrive."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from fieldwork import clock
from fieldwork.core import kinds
from fieldwork.core.db import after_commit, one_at_a_time
from fieldwork.people.models import User
from fieldwork.photos.models import ExpectedPhoto, Photo, PhotoLink

ARRIVALS_LOCK = 0x70686F74_00000000  # plus the person's id: a photo and the record that lists it may come at once

Listener = Callable[[Any], None]
_listeners: list[Listener] = []


def on_completion(listener: Listener) -> None:
    """Call `listener(record)` whenever a record is held with all its photos, after the commit; connected at start."""
    if listener not in _listeners:
        _listeners.append(listener)


def serialise(user: User) -> None:
    """Let what this person sends be looked at one after the other, so that neither misses the other."""
    one_at_a_time(ARRIVALS_LOCK + user.id)


def expect(actor: User, record: Any, hashes: Iterable[str], captions: dict[str, str]) -> None:
    """Note that the record lists these photos and they are still to come."""
    known = expected_of(record.kind, record.id)
    for sha in hashes:
        if sha in known:
            ExpectedPhoto.update(caption=captions.get(sha, "")).where(
                _of(record), ExpectedPhoto.sha256 == sha
            ).execute()
        else:
            ExpectedPhoto.create(
                kind=record.kind,
                record_id=record.id,
                sha256=sha,
                caption=captions.get(sha, ""),
                position=_next_position(record),
                user=actor,
                at=clock.now(),
            )


def arrange(record: Any, listed: list[str]) -> None:
    """Put the photos listed, here or still to come, into the order of the list; others keep their place."""
    places = {sha: place for place, sha in enumerate(listed)}
    here = (PhotoLink.kind == record.kind) & (PhotoLink.record_id == record.id)
    links = PhotoLink.select(PhotoLink.id, PhotoLink.position, Photo.sha256).join(Photo).where(here)
    coming = ExpectedPhoto.select(ExpectedPhoto.id, ExpectedPhoto.position, ExpectedPhoto.sha256).where(_of(record))
    for table, rows in ((PhotoLink, links), (ExpectedPhoto, coming)):
        for row_id, position, sha in list(rows.tuples()):
            if places.get(sha, position) != position:
                table.update(position=places[sha]).where(table.id == row_id).execute()


def expect_no_more(record: Any, hashes: Iterable[str]) -> None:
    """The record does not list these photos any longer."""
    ExpectedPhoto.delete().where(_of(record), ExpectedPhoto.sha256.in_(list(hashes))).execute()


def expect_from(record: Any, sender: User) -> None:
    """The photos the record still lacks are to come from this person, whoever recorded it."""
    ExpectedPhoto.update(user=sender).where(_of(record)).execute()


def note_times(record: Any, taken: dict[str, datetime]) -> None:
    """Keep when the phone says these photos of the record were taken, by sha256; what was said before is replaced."""
    for sha, moment in taken.items():
        offset = round((moment.utcoffset() or timedelta()).total_seconds() / 60)
        said = {"said_at": moment.astimezone(UTC), "said_offset_min": offset}
        photo = Photo.select(Photo.id).where(Photo.sha256 == sha)
        here = (PhotoLink.kind == record.kind) & (PhotoLink.record_id == record.id) & PhotoLink.photo.in_(photo)
        PhotoLink.update(**said).where(here).execute()
        ExpectedPhoto.update(**said).where(_of(record), ExpectedPhoto.sha256 == sha).execute()


def arrive(user: User, photo: Photo) -> None:
    """Link a photo this person has sent to every record of theirs that lists it."""
    waiting = ExpectedPhoto.select().where(ExpectedPhoto.sha256 == photo.sha256, ExpectedPhoto.user == user.id)
    for one in list(waiting):
        PhotoLink.get_or_create(
            kind=one.kind,
            record_id=one.record_id,
            photo=photo,
            defaults={
                "caption": one.caption, "position": one.position, "added_by": user, "added_at": clock.now(),
                "said_at": one.said_at, "said_offset_min": one.said_offset_min,
            },
        )  # fmt: skip
        one.delete_instance()
        tell_if_complete(kinds.table_of(one.kind).get_by_id(one.record_id))


def tell_if_complete(record: Any) -> None:
    """Tell those who listen, once this is committed, if the record lacks none of the photos it lists."""
    if record.deleted_at is None and not ExpectedPhoto.select().where(_of(record)).exists():
        after_commit(lambda: _tell(record))


def _tell(record: Any) -> None:
    for listener in _listeners:
        listener(record)


def expected_of(kind: str, record_id: int) -> dict[str, str]:
    """The photos a record lists that have not arrived, in their order: captions by sha256."""
    query = ExpectedPhoto.select().where(ExpectedPhoto.kind == kind, ExpectedPhoto.record_id == record_id)
    return {one.sha256: one.caption for one in query.order_by(ExpectedPhoto.position, ExpectedPhoto.id)}


def _of(record: Any) -> Any:
    return (ExpectedPhoto.kind == record.kind) & (ExpectedPhoto.record_id == record.id)


def _next_position(record: Any) -> int:
    return 1 + max((_last(PhotoLink, record), _last(ExpectedPhoto, record)))


def _last(table: Any, record: Any) -> int:
    of = (table.kind == record.kind) & (table.record_id == record.id)
    last = table.select(table.position).where(of).order_by(table.position.desc()).first()
    return last.position if last else -1
