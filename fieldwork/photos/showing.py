"""What a record shows: brought in step with the photos that were sent with it, or are to follow it."""

from typing import Any, Protocol

from fieldwork.core.db import transaction
from fieldwork.errors import Conflict
from fieldwork.people.models import User
from fieldwork.photos import actions, expecting, keeping, processing
from fieldwork.photos.limits import PHOTOS_MAX
from fieldwork.photos.models import Photo, PhotoLink, PhotoUpload


class Sent(Protocol):
    """What was sent of photos. `is_whole`: `held` are all the record shows, and may arrive later than it; then `taken`
    is when the phone says they were taken."""

    is_whole: bool

    @property
    def held(self) -> list[str]: ...


def taken_off(record: Any, data: Any) -> list[str]:
    """The photos the record shows and, by what was sent, shall show no more."""
    if not data.is_whole:
        return list(data.gone)
    listed = set(data.held)
    known = [*shown_by(record.kind, record.id), *expecting.expected_of(record.kind, record.id)]
    return [sha for sha in known if sha not in listed]


def show(actor: User, record: Any, data: Any, captions: dict[str, str] | None = None) -> None:
    """Make the record show what was sent; photos of a whole list that are not here yet are expected.

    Raises:
        NotFound: a photo of a form that this person never sent.
        Conflict: the record would show more than 30.
    """
    said = captions or {}
    with transaction():
        if not data.is_whole:
            actions.detach(record, data.gone)
            actions.attach(actor, record, data.held, said)
        else:
            _show_list(actor, record, data.held, said)
            expecting.note_times(record, data.taken)
        expecting.tell_if_complete(record)


def add(actor: User, record: Any, data: Any, captions: dict[str, str] | None = None) -> None:
    """Show what was sent besides what the record shows already: the same form or body came again."""
    said = captions or {}
    with transaction():
        expecting.serialise(actor)
        keeping.hold_here(data.held)
        here = sent_by(actor, data.held) | set(shown_by(record.kind, record.id)) if data.is_whole else set(data.held)
        actions.attach(actor, record, [sha for sha in data.held if sha in here], said)
        expecting.expect(actor, record, [sha for sha in data.held if sha not in here], said)
        if data.is_whole:
            expecting.note_times(record, data.taken)


def shown_by(kind: str, record_id: int, purpose: str = "shown") -> list[str]:
    """The photos linked to a record for this purpose, in their order, by sha256."""
    query = PhotoLink.select(PhotoLink, Photo).join(Photo)
    of = (PhotoLink.kind == kind) & (PhotoLink.record_id == record_id) & (PhotoLink.purpose == purpose)
    return [link.photo.sha256 for link in query.where(of).order_by(PhotoLink.position, PhotoLink.id)]


def sent_by(user: User, hashes: list[str]) -> set[str]:
    """Those of the photos that this person has sent and the house holds."""
    query = PhotoUpload.select(Photo.sha256).join(Photo).where(PhotoUpload.user == user.id, Photo.sha256.in_(hashes))
    return {row[0] for row in query.tuples()} if hashes else set()


def lost(hashes: list[str]) -> set[str]:
    """Those of the photos whose original has gone missing: no receipt vouches for them, and phones send them again."""
    query = Photo.select(Photo.sha256).where(Photo.sha256.in_(hashes), Photo.reason == processing.MISSING)
    return {row[0] for row in query.tuples()} if hashes else set()


def _show_list(actor: User, record: Any, listed: list[str], captions: dict[str, str]) -> None:
    expecting.serialise(actor)
    keeping.hold_here(listed)
    shown = shown_by(record.kind, record.id)
    gone = [sha for sha in shown if sha not in set(listed)]
    here = sent_by(actor, listed) | set(shown)
    actions.detach(record, gone)
    expecting.expect_no_more(record, set(expecting.expected_of(record.kind, record.id)) - set(listed) | here)
    coming = [sha for sha in listed if sha not in here]
    if len(shown_by(record.kind, record.id, "evidence")) + len(listed) > PHOTOS_MAX:
        raise Conflict("too_many_photos", limit=PHOTOS_MAX)
    actions.attach(actor, record, [sha for sha in listed if sha in here], captions)
    expecting.expect(actor, record, coming, captions)
    expecting.arrange(record, listed)
