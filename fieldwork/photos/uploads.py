"""Photos that come in pieces: what of a file is safe on the disk, chunk by chunk, until it is whole and is received.

The bytes lie in a part file, the offset in the database: what a crash left behind the offset is written over.
"""

import errno
import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from math import ceil
from pathlib import Path
from uuid import UUID

from peewee import fn

from fieldwork import clock
from fieldwork.errors import Conflict, Gone, Refused, StorageFull
from fieldwork.ids import uuid7
from fieldwork.people.models import User
from fieldwork.photos import actions
from fieldwork.photos.limits import PHOTO_MAX_BYTES
from fieldwork.photos.models import Upload

KEPT_FOR = timedelta(days=7)  # since the last sign of life
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
SWEPT_AT_ONCE = 50
MB = 1_000_000
_folders: list[Path] = []


class WrongContent(Refused):
    """What arrived is not what was announced; the bytes are to be sent again."""

    status = 460


class TooLarge(Refused):
    """More than a photo may have."""

    status = 413


def use(folder: Path) -> None:
    """Keep parts in this folder; called once, at start."""
    _folders[:] = [folder]


def begin(user: User, size_bytes: int, sha256: str = "", filename: str = "", record_uid: UUID | None = None) -> Upload:
    """Announce a file of this size.

    Raises:
        TooLarge, StorageFull.
    """
    if size_bytes > PHOTO_MAX_BYTES:
        raise TooLarge("photo_too_heavy", size_mb=ceil(size_bytes / MB), limit_mb=PHOTO_MAX_BYTES // MB)
    discard_expired()
    upload = Upload(
        uid=uuid7(),
        user=user,
        size_bytes=size_bytes,
        sha256=sha256,
        filename=filename[:255],
        record_uid=record_uid,
        created_at=clock.now(),
        expires_at=clock.now() + KEPT_FOR,
    )
    with _room_or_refusal():
        _folders[0].mkdir(mode=0o700, parents=True, exist_ok=True)
        _part(upload).touch(0o600)
    upload.save(force_insert=True)
    return upload


def append(user: User, upload: Upload, offset: int, chunk: bytes) -> Upload:
    """Add a chunk at this offset; with the last one the file is received as a photo of the person.

    Raises:
        Conflict: the offset is not where the upload stands.
        Gone: it has expired.
        WrongContent: the whole is not what was announced; it starts anew at 0.
        Refused: it is no picture that can be kept, in words; the upload is gone.
        StorageFull: there is no room; what was safe stays safe.
    """
    with _held(upload) as part:
        fresh = still_there(upload)
        if offset != fresh.offset_bytes:
            raise Conflict("upload_elsewhere")
        if offset + len(chunk) > fresh.size_bytes:
            raise TooLarge("upload_too_long")
        with _room_or_refusal():
            _write(part, offset, chunk)
        if offset + len(chunk) == fresh.size_bytes:
            _finish(user, fresh, part)  # the last chunk counts once the photo is held: after a crash it comes again
        _advance(fresh, offset + len(chunk))
    return fresh


def still_there(upload: Upload) -> Upload:
    """The upload as it now stands.

    Raises:
        Gone: it has expired, was cancelled, or its bytes are not here any more.
    """
    fresh = Upload.get_or_none(Upload.id == upload.id)
    is_here = fresh is not None and (fresh.finished_at is not None or _part(fresh).exists())
    if not is_here or fresh.expires_at < clock.now():
        raise Gone("upload_gone")
    return fresh


def cancel(upload: Upload) -> None:
    """Forget an upload and its bytes; a photo that it has become stays."""
    _part(upload).unlink(missing_ok=True)
    upload.delete_instance()


def discard_expired(limit: int = SWEPT_AT_ONCE) -> int:
    """Forget uploads nobody has touched for seven days, the oldest first; returns how many."""
    expired = list(Upload.select().where(Upload.expires_at < clock.now()).order_by(Upload.expires_at).limit(limit))
    for upload in expired:
        cancel(upload)
    return len(expired)


def bytes_under_way() -> int:
    """How much the parts take up, as announced."""
    return Upload.select(fn.SUM(Upload.offset_bytes)).where(Upload.finished_at.is_null()).scalar() or 0


# --- the file


def _finish(user: User, upload: Upload, part: Path) -> None:
    if upload.sha256 and _digest(part) != upload.sha256:
        _advance(upload, 0)
        raise WrongContent("upload_differs")
    try:
        actions.receive_file(user, part)
    except Refused as refusal:
        if refusal.status < 500:
            cancel(upload)
        raise
    upload.finished_at = clock.now()  # type: ignore[assignment]


def _advance(upload: Upload, offset: int) -> None:
    upload.offset_bytes, upload.expires_at = offset, clock.now() + KEPT_FOR  # type: ignore[assignment]
    upload.save(only=[Upload.offset_bytes, Upload.expires_at, Upload.finished_at])
    if upload.finished_at is not None:
        _part(upload).unlink(missing_ok=True)


def _write(part: Path, offset: int, chunk: bytes) -> None:
    with part.open("r+b") as file:
        file.truncate(offset)
        file.seek(offset)
        file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _digest(part: Path) -> str:
    with part.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _part(upload: Upload) -> Path:
    return _folders[0] / str(upload.uid)


@contextmanager
def _held(upload: Upload) -> Iterator[Path]:
    """The part file, to which no other process writes meanwhile."""
    still_there(upload)
    try:
        with _part(upload).open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield _part(upload)
    except FileNotFoundError:  # another process has just finished it
        raise Conflict("upload_elsewhere") from None


@contextmanager
def _room_or_refusal() -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        if problem.errno in NO_ROOM:
            raise StorageFull from problem
        raise
