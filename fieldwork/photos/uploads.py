"""Photos that come in pieces: what of a file is safe on the disk, chunk by chunk, until it is whole and is received.

The bytes lie in a part file, the offset in the database: what a crash left behind the offset is written over. Whoever
touches a part holds its lock, in whatever process.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from io import FileIO
from math import ceil
from pathlib import Path
from uuid import UUID

from fieldwork import clock
from fieldwork.errors import NO_ROOM, Conflict, Gone, Refused, StorageFull
from fieldwork.ids import uuid7
from fieldwork.people.models import User
from fieldwork.people.throttle import TooMany
from fieldwork.photos import actions
from fieldwork.photos.limits import PHOTO_MAX_BYTES
from fieldwork.photos.models import Upload

KEPT_FOR = timedelta(days=7)  # since the last sign of life
SWEPT_AT_ONCE = 50
UNDER_WAY_MAX = 500
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
        TooMany: the person has 500 under way already, which no phone needs.
    """
    if size_bytes > PHOTO_MAX_BYTES:
        raise TooLarge("photo_too_heavy", size_mb=ceil(size_bytes / MB), limit_mb=PHOTO_MAX_BYTES // MB)
    discard_expired()
    if Upload.select().where(Upload.user == user.id, Upload.finished_at.is_null()).count() >= UNDER_WAY_MAX:
        raise TooMany("too_many_uploads")
    upload = Upload.create(
        uid=uuid7(),
        user=user,
        size_bytes=size_bytes,
        sha256=sha256,
        filename=filename[:255],
        record_uid=record_uid,
        created_at=clock.now(),
        expires_at=clock.now() + KEPT_FOR,
    )
    try:
        with _room_or_refusal():
            _folders[0].mkdir(mode=0o700, parents=True, exist_ok=True)
            _part(upload).touch(0o600)  # after its row: what a crash leaves between the two expires by itself
    except StorageFull:
        upload.delete_instance()
        raise
    return upload


def append(user: User, upload: Upload, offset: int, chunk: bytes) -> Upload:
    """Add a chunk at this offset; with the last one the file is received as a photo of the person.

    An empty chunk changes nothing: it is taken where nothing is missing, since clients ask so whether all has come.

    Raises:
        Conflict: the offset is not where the upload stands.
        Gone: it has expired.
        WrongContent: the whole is not what was announced; it starts anew at 0.
        Refused: it is no picture that can be kept, in words; the upload is gone.
        StorageFull: there is no room; what was safe stays safe.
    """
    with _alone(upload) as part:
        fresh = still_there(upload)
        if offset != fresh.offset_bytes:
            raise Conflict("upload_elsewhere")
        if offset + len(chunk) > fresh.size_bytes:
            raise TooLarge("upload_too_long")
        if not chunk and offset < fresh.size_bytes:
            raise Refused("chunk_empty")
        if chunk and part is not None:
            _add(user, fresh, part, chunk)
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


def asked_after(upload: Upload) -> Upload:
    """The upload as it now stands, kept for seven days more: whoever asks where it stands means to go on.

    Raises:
        Gone: as still_there.
    """
    with _alone(upload):
        fresh = still_there(upload)
        fresh.expires_at = clock.now() + KEPT_FOR  # type: ignore[assignment]
        Upload.update(expires_at=fresh.expires_at).where(Upload.id == fresh.id).execute()
    return fresh


def cancel(upload: Upload) -> None:
    """Forget an upload and its bytes, once nobody is adding to it; a photo that it has become stays."""
    with _alone(upload):
        _forget(upload)


def discard(upload: Upload) -> bool:
    """Forget an upload if it has expired and was not touched at the last moment; returns whether it went."""
    with _alone(upload):
        has_expired = Upload.select().where(Upload.id == upload.id, Upload.expires_at < clock.now()).exists()
        if has_expired:
            _forget(upload)
    return has_expired


def discard_expired(limit: int = SWEPT_AT_ONCE) -> int:
    """Forget uploads nobody has touched for seven days, the oldest first; returns how many."""
    expired = Upload.select().where(Upload.expires_at < clock.now()).order_by(Upload.expires_at).limit(limit)
    return sum(discard(upload) for upload in list(expired))


# --- the file


def _add(user: User, upload: Upload, part: FileIO, chunk: bytes) -> None:
    end = upload.offset_bytes + len(chunk)
    with _room_or_refusal():
        _write(part, upload.offset_bytes, chunk)
    if end == upload.size_bytes:
        _finish(user, upload)  # the last chunk counts once the photo is held: after a crash it comes again
    _advance(upload, end)


def _finish(user: User, upload: Upload) -> None:
    if upload.sha256 and _digest(_part(upload)) != upload.sha256:
        _advance(upload, 0)
        raise WrongContent("upload_differs")
    try:
        actions.receive_file(user, _part(upload))
    except Refused as refusal:
        if refusal.status < 500:
            _forget(upload)
        raise
    upload.finished_at = clock.now()  # type: ignore[assignment]


def _advance(upload: Upload, offset: int) -> None:
    """The lock has kept others away already, where the disk knows locks; the condition does everywhere."""
    reached = {"offset_bytes": offset, "expires_at": clock.now() + KEPT_FOR, "finished_at": upload.finished_at}
    stands = (Upload.id == upload.id) & (Upload.offset_bytes == upload.offset_bytes) & Upload.finished_at.is_null()
    if not Upload.update(reached).where(stands).execute():
        raise Conflict("upload_elsewhere")
    for name, value in reached.items():
        setattr(upload, name, value)
    if upload.finished_at is not None:
        _part(upload).unlink(missing_ok=True)


def _forget(upload: Upload) -> None:
    _part(upload).unlink(missing_ok=True)
    upload.delete_instance()


def _write(part: FileIO, offset: int, chunk: bytes) -> None:
    part.truncate(offset)
    part.seek(offset)
    left = memoryview(chunk)
    while left:
        left = left[part.write(left) :]
    os.fsync(part.fileno())


def _digest(part: Path) -> str:
    with part.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _part(upload: Upload) -> Path:
    return _folders[0] / str(upload.uid)


@contextmanager
def _alone(upload: Upload) -> Iterator[FileIO | None]:
    """The part file, which no other process touches meanwhile; None when there is none any more."""
    with ExitStack() as held:
        part: FileIO | None = None
        with suppress(FileNotFoundError):
            # no buffer: on a full disk it would be written, and refused, a second time when the file is closed
            part = held.enter_context(_part(upload).open("r+b", buffering=0))
            fcntl.flock(part, fcntl.LOCK_EX)
        yield part


@contextmanager
def _room_or_refusal() -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        if problem.errno in NO_ROOM:
            raise StorageFull from problem
        raise
