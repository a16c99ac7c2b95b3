"""Clearing away for good what nobody can need any more. Nothing goes before thirty days, the journal never."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from peewee import IntegrityError

from fieldwork import clock, journal
from fieldwork.briefings.models import Briefing, BriefingItem
from fieldwork.core import kinds, searching
from fieldwork.core.db import transaction
from fieldwork.intake.models import Submission
from fieldwork.journal import AuditEntry
from fieldwork.people.devices.models import Device
from fieldwork.people.models import EndedSession, LoginAttempt
from fieldwork.photos import clearing, uploads
from fieldwork.photos.models import ExpectedPhoto, KeptMosaic, Photo, PhotoLink, PhotoUpload, Upload
from fieldwork.records.models import Draft, Revision
from fieldwork.trash.queries import KEPT_FOR

ATTEMPTS_COUNT_FOR = timedelta(days=1)
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Step:
    """One kind of thing to clear away: which are due, and how one of them goes; `clear` says how many went."""

    name: str
    due: Callable[[], list[Any]]
    clear: Callable[[Any], int]


# --- records in the trash


def records_due() -> list[Any]:
    """What was thrown away more than thirty days ago; what points to others before what is pointed to."""
    tables = [kinds.table_of(kind) for kind in reversed(kinds.all_kinds())]
    return [record for table in tables for record in table.select().where(table.deleted_at < _limit())]


def clear_record(record: Any) -> int:
    """Delete a record with all that belongs to it; 0 when it was put back, or when something still needs it."""
    try:
        with transaction():
            return _delete(record)
    except IntegrityError:  # another record, itself not yet due, comes from this one
        return 0


def _delete(record: Any) -> int:
    table = type(record)
    waiting = Submission.settled_at.is_null() & Submission.version.is_null()
    if Submission.select().where(Submission.record_uid == record.uid, waiting).exists():
        return 0  # somebody still has to choose between two texts
    if not table.delete().where(table.id == record.id, table.deleted_at < _limit()).execute():
        return 0
    for part in (Revision, PhotoLink, ExpectedPhoto):
        part.delete().where(part.kind == record.kind, part.record_id == record.id).execute()
    Submission.delete().where(Submission.record_uid == record.uid).execute()
    searching.forget(record.kind, record.id)
    journal.write(None, f"{record.kind}.purged", record, states=(record.state, ""))
    return 1


# --- drafts


def drafts_due() -> list[Draft]:
    """Drafts nobody has written on for more than thirty days, and those whose record has arrived."""
    return list(Draft.select().where(_is_over()))


def clear_draft(draft: Draft) -> int:
    """Forget a draft; 0 when somebody has written on it meanwhile."""
    return int(Draft.delete().where(Draft.id == draft.id, _is_over()).execute())


def _is_over() -> Any:
    over = Draft.updated_at < _limit()
    for kind in kinds.all_kinds():
        table = kinds.table_of(kind)
        over |= (Draft.kind == kind) & Draft.uid.in_(table.select(table.uid))
    return over


# --- photos


def photos_due() -> list[Photo]:
    """Photos held for more than thirty days that no record shows or awaits, nobody is sending, and no text names."""
    unneeded = list(Photo.select().where(_is_unneeded()))
    named = set(_named()) if unneeded else set()
    return [photo for photo in unneeded if photo.sha256 not in named]


def clear_photo(photo: Photo) -> int:
    """Delete a photo and its files; 0 when it has become needed meanwhile."""
    return int(clearing.clear(photo, _is_unneeded()))


def _is_unneeded() -> Any:
    shown = PhotoLink.select(PhotoLink.photo)
    kept = KeptMosaic.select(KeptMosaic.photo)
    sent = PhotoUpload.select(PhotoUpload.photo).where(PhotoUpload.at >= _limit())
    awaited = ExpectedPhoto.select(ExpectedPhoto.sha256)
    under_way = Upload.select(Upload.sha256).where(Upload.expires_at >= clock.now())
    is_old = (Photo.received_at < _limit()) & Photo.id.not_in(shown) & Photo.id.not_in(sent) & Photo.id.not_in(kept)
    return is_old & Photo.sha256.not_in(awaited) & Photo.sha256.not_in(under_way)


def _named() -> Iterator[str]:
    """The hashes that stand in texts: what phones sent, drafts, issues of the briefing; and photos lately taken off."""
    taken_off = (AuditEntry.at >= _limit()) & AuditEntry.action.endswith(".corrected")
    texts = (
        Submission.select(Submission.body),
        Draft.select(Draft.fields),
        BriefingItem.select(BriefingItem.photos),
        Briefing.select(Briefing.frozen),
        AuditEntry.select(AuditEntry.detail).where(taken_off),
    )
    for query in texts:
        for (value,) in query.tuples().iterator():
            yield from SHA256.findall(json.dumps(value))


# --- parts of uploads, logins


def uploads_due() -> list[Upload]:
    """Uploads nobody has touched for longer than they are kept."""
    return list(Upload.select().where(Upload.expires_at < clock.now()))


def clear_upload(upload: Upload) -> int:
    """Forget an upload and the bytes that came of it; 0 when it was touched meanwhile."""
    return int(uploads.discard(upload))


def logins_due() -> list[Any]:
    """Tokens and sessions that let nobody in for more than thirty days, and failed logins that count no more: as
    conditions."""
    return [
        (Device, (Device.expires_at < _limit()) | (Device.revoked_at < _limit())),
        (EndedSession, EndedSession.at < _limit()),
        (LoginAttempt, LoginAttempt.at < clock.now() - ATTEMPTS_COUNT_FOR),
    ]


def clear_logins(ended: Any) -> int:
    """Delete the rows of this condition."""
    table, condition = ended
    count: int = table.delete().where(condition).execute()
    return count


def _limit() -> datetime:
    return clock.now() - KEPT_FOR


STEPS = (
    Step("records", records_due, clear_record),
    Step("drafts", drafts_due, clear_draft),  # before photos: a draft names some
    Step("photos", photos_due, clear_photo),
    Step("uploads", uploads_due, clear_upload),
    Step("logins", logins_due, clear_logins),
)
