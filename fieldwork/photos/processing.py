"""Photos made ready in the background: from the original that was stored to the pictures that pages show."""

import logging
from contextlib import suppress
from datetime import timedelta
from typing import Any

from peewee import fn

from fieldwork import clock
from fieldwork.core import jobs
from fieldwork.errors import NotYet, Refused, StorageFull, StorageUnavailable
from fieldwork.photos import decoding, files
from fieldwork.photos.making import Made, make
from fieldwork.photos.models import BROKEN, PENDING, READY, Photo, PhotoLink, PhotoUpload

DERIVE = "photos.derive"
ATTEMPTS_MAX = 3
GIVEN_UP, MISSING = "photo_too_demanding", "photo_missing"
LOST_AFTER = timedelta(minutes=1)
RESUMED_AT_ONCE, LACKING_AT_ONCE = 500, 20

log = logging.getLogger(__name__)


def install() -> None:
    """Let the worker know this work."""
    jobs.learn(DERIVE, derive, resume)


def begin(photo: Photo) -> None:
    """Have the pictures of a stored original made, anew if there were some."""
    Photo.update(state=PENDING, reason="", attempts=0).where(Photo.id == photo.id).execute()
    jobs.later(DERIVE, photo.sha256)


def make_anew(photo: Photo) -> None:
    """Have the pictures of a photo that is ready made once more, as some went missing; of no other, since one that is
    being cleared away must not come back."""
    of_ready = (Photo.id == photo.id) & (Photo.state == READY)
    if Photo.update(state=PENDING, reason="", attempts=0).where(of_ready).execute():
        jobs.later(DERIVE, photo.sha256)


def is_worth_another_try(photo: Photo) -> bool:
    """Whether what broke it may be over when it is sent again: its original was missing, or the machine too busy."""
    return photo.state == BROKEN and photo.reason in {MISSING, GIVEN_UP}


def derive(sha256: str) -> None:
    """Make the pictures of this photo unless they are made; a photo that cannot be shown is marked so, with the reason.

    A picture that brings its process down three times, whatever the cause, is given up; a store or disk that fails is
    no fault of it and does not count.

    Raises:
        TooDemanding, StorageUnavailable, StorageFull, OSError: to be tried again.
    """
    of_photo = Photo.sha256 == sha256
    if not Photo.update(attempts=Photo.attempts + 1).where(of_photo, Photo.state == PENDING).execute():
        return
    try:
        _keep(sha256, decoding.run_on(files.store().open(files.original_key(sha256)), make))
    except decoding.TooDemanding:
        if Photo.select().where(of_photo, Photo.attempts < ATTEMPTS_MAX).exists():
            raise
        _end(sha256, state=BROKEN, reason=GIVEN_UP)
    except FileNotFoundError:
        log.error("photo.missing", extra={"sha256": sha256})
        _end(sha256, state=BROKEN, reason=MISSING)
    except (StorageUnavailable, StorageFull, OSError):
        Photo.update(attempts=Photo.attempts - 1).where(of_photo, Photo.attempts > 0).execute()
        raise
    except Refused as refusal:
        _end(sha256, state=BROKEN, reason=refusal.reason)


def picture(sha256: str, size: int) -> bytes:
    """The JPEG of this size for somebody who cannot wait for the queue: made here and now where it is not made yet, and
    once more where it has gone missing.

    Raises:
        NotYet: it cannot be made, or there is no such photo, in words.
    """
    photo = _made_now(sha256)
    with suppress(FileNotFoundError):
        return files.derived(sha256, size)
    log.error("photo.missing", extra={"key": files.derived_key(sha256, size)})
    make_anew(photo)
    _made_now(sha256)
    try:
        return files.derived(sha256, size)
    except FileNotFoundError as missing:
        raise NotYet(MISSING) from missing


def resume() -> None:
    """Queue again the photos whose job was lost: those that have waited for longer than a minute, the oldest first; and
    begin again with those whose original was missing and is back, as after a while without the store."""
    waiting = Photo.select(Photo.sha256).where(Photo.state == PENDING, Photo.received_at < clock.now() - LOST_AFTER)
    for (sha256,) in waiting.order_by(Photo.id).limit(RESUMED_AT_ONCE).tuples():
        jobs.later(DERIVE, sha256)
    with suppress(StorageUnavailable):
        _begin_with_returned()


def _begin_with_returned() -> None:
    """In no order, so that what is gone for good hides nothing behind it for long; given up after some that are not
    back."""
    missing = Photo.select().where(Photo.state == BROKEN, Photo.reason == MISSING, _is_somebodys())
    lacking = 0
    for photo in list(missing.order_by(fn.Random()).limit(RESUMED_AT_ONCE)):
        if files.has_original(photo):
            begin(photo)
        elif (lacking := lacking + 1) >= LACKING_AT_ONCE:
            return


def _is_somebodys() -> Any:
    """Unlike one that is being cleared away."""
    sent, shown = PhotoUpload.select(PhotoUpload.photo), PhotoLink.select(PhotoLink.photo)
    return Photo.id.in_(sent) | Photo.id.in_(shown)


def _made_now(sha256: str) -> Photo:
    try:
        derive(sha256)
    except decoding.TooDemanding as slow:
        raise NotYet("photo_pending") from slow  # the queue tries it again
    photo = Photo.get_or_none(Photo.sha256 == sha256)
    if photo is None or photo.state == BROKEN:
        raise NotYet(MISSING if photo is None else photo.reason)
    return photo


def _keep(sha256: str, made: Made) -> None:
    for size, picture in made.pictures.items():
        files.store().put(files.derived_key(sha256, size), picture)
    _end(sha256, state=READY, likeness=made.likeness)
    # of a covered photo the placeholder is made with the covered set
    Photo.update(placeholder=made.placeholder).where(Photo.sha256 == sha256, Photo.mosaic_key == "").execute()


def _end(sha256: str, **values: Any) -> None:
    """Unless it has come to an end otherwise, as one that is cleared away has."""
    Photo.update(values).where(Photo.sha256 == sha256, Photo.state == PENDING).execute()
