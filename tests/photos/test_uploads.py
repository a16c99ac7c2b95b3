"""Parts of photos on the disk: what was said to be safe is safe, whoever dies, cancels, or fills the disk meanwhile."""

import errno
import fcntl
import hashlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from fieldwork import clock
from fieldwork.core.db import database
from fieldwork.errors import Conflict, Gone, Refused, StorageFull
from fieldwork.people.models import User
from fieldwork.people.throttle import TooMany
from fieldwork.photos import actions, files, uploads
from fieldwork.photos.models import Photo, Upload
from fieldwork.photos.pictures import Unreadable
from tests.photos.sending import drawn

LOCKED_ELSEWHERE = """
import fcntl, sys
part = open(sys.argv[1], "r+b")
fcntl.flock(part, fcntl.LOCK_EX)
print("locked", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def xiaolin(people: Any) -> User:
    user: User = people.xiaolin
    return user


@pytest.fixture
def picture() -> bytes:
    return drawn(11)


@pytest.fixture
def upload(xiaolin: User, picture: bytes) -> Upload:
    return uploads.begin(xiaolin, len(picture), hashlib.sha256(picture).hexdigest())


def part_of(upload: Upload) -> Path:
    return uploads._part(upload)


def held_photos() -> list[str]:
    return [photo.sha256 for photo in Photo.select()]


# --- chunks


def test_what_was_sent_in_pieces_is_kept_as_it_was(xiaolin: User, upload: Upload, picture: bytes) -> None:
    for offset in range(0, len(picture), 50):
        upload = uploads.append(xiaolin, upload, offset, picture[offset : offset + 50])
    assert files.store().read(files.original_key(upload.sha256)) == picture
    assert upload.finished_at is not None
    assert not part_of(upload).exists()


def test_an_empty_chunk_is_taken_only_where_nothing_is_missing(xiaolin: User, upload: Upload, picture: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        uploads.append(xiaolin, upload, 0, b"")
    assert (refusal.value.status, refusal.value.reason) == (400, "chunk_empty")
    uploads.append(xiaolin, upload, 0, picture)
    assert uploads.append(xiaolin, upload, len(picture), b"").offset_bytes == len(picture)
    with pytest.raises(Conflict):
        uploads.append(xiaolin, upload, 0, b"")


def test_the_last_chunk_sent_twice_is_told_where_it_stands(xiaolin: User, upload: Upload, picture: bytes) -> None:
    uploads.append(xiaolin, upload, 0, picture)
    with pytest.raises(Conflict):
        uploads.append(xiaolin, upload, 0, picture)
    assert uploads.still_there(upload).offset_bytes == len(picture)
    assert held_photos() == [upload.sha256]


def test_bytes_that_nobody_counted_are_written_over_and_cut_off(xiaolin: User, upload: Upload, picture: bytes) -> None:
    uploads.append(xiaolin, upload, 0, picture[:50])
    with part_of(upload).open("ab") as part:
        part.write(b"x" * 2 * len(picture))
    uploads.append(xiaolin, upload, 50, picture[50:60])
    assert part_of(upload).read_bytes() == picture[:60]


def test_other_bytes_than_announced_leave_an_upload_that_begins_at_0(
    xiaolin: User, upload: Upload, picture: bytes
) -> None:
    with pytest.raises(uploads.WrongContent):
        uploads.append(xiaolin, upload, 0, picture[::-1])
    assert uploads.still_there(upload).offset_bytes == 0
    assert uploads.append(xiaolin, upload, 0, picture).finished_at is not None


def test_what_is_no_picture_leaves_nothing_behind(xiaolin: User) -> None:
    text = uploads.begin(xiaolin, 9)
    with pytest.raises(Unreadable):
        uploads.append(xiaolin, text, 0, b"no photo!")
    assert (Upload.select().count(), part_of(text).exists()) == (0, False)


# --- several processes


def test_a_chunk_waits_until_another_process_has_let_go_of_the_part(
    app: Flask, xiaolin: User, upload: Upload, picture: bytes
) -> None:
    with _another_process_at(upload) as other:
        done = threading.Event()
        sender = threading.Thread(target=_append_in(app, xiaolin, upload, picture, done))
        sender.start()
        assert not done.wait(0.5)
        assert part_of(upload).stat().st_size == 0
        other.kill()  # -9: the lock goes with the process
        assert done.wait(10)
        sender.join(10)
    assert held_photos() == [upload.sha256]


def test_of_two_who_send_the_same_chunk_at_once_one_counts(
    app: Flask, xiaolin: User, upload: Upload, picture: bytes
) -> None:
    told: list[str] = []
    both = threading.Barrier(2)

    def send() -> None:
        with app.app_context(), database.obj.connection_context():
            both.wait(10)
            try:
                uploads.append(xiaolin, upload, 0, picture[:100])
                told.append("counted")
            except Conflict:
                told.append("conflict")

    database.obj.close()
    senders = [threading.Thread(target=send) for _ in range(2)]
    for one in senders:
        one.start()
    for one in senders:
        one.join(20)
    database.obj.connect()
    assert sorted(told) == ["conflict", "counted"]
    assert uploads.still_there(upload).offset_bytes == 100
    assert part_of(upload).read_bytes() == picture[:100]


def test_where_the_disk_knows_no_locks_an_offset_still_counts_once(
    xiaolin: User, upload: Upload, picture: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(*_: Any) -> None:
        Upload.update(offset_bytes=80).where(Upload.id == upload.id).execute()

    monkeypatch.setattr(os, "fsync", overtaken)
    with pytest.raises(Conflict):
        uploads.append(xiaolin, upload, 0, picture[:100])
    assert uploads.still_there(upload).offset_bytes == 80


def test_cancelling_waits_for_the_chunk_that_is_being_written(
    app: Flask, xiaolin: User, upload: Upload, picture: bytes
) -> None:
    with _another_process_at(upload) as other:
        done = threading.Event()
        threading.Thread(target=_cancel_in(app, upload, done), daemon=True).start()
        assert not done.wait(0.5)
        assert part_of(upload).exists()
        other.kill()
        assert done.wait(10)
    with pytest.raises(Gone):
        uploads.append(xiaolin, upload, 0, picture)


# --- crashes and broken disks


def test_a_crash_between_the_row_and_the_part_is_an_upload_that_is_gone(
    xiaolin: User, upload: Upload, picture: bytes
) -> None:
    part_of(upload).unlink()
    with pytest.raises(Gone):
        uploads.append(xiaolin, upload, 0, picture)
    with _in_days(8):
        assert uploads.discard_expired() == 1


def test_a_crash_after_the_photo_is_held_lets_the_last_chunk_come_again(
    xiaolin: User, upload: Upload, picture: bytes, tmp_path: Path
) -> None:
    uploads.append(xiaolin, upload, 0, picture[:50])
    (tmp_path / "whole").write_bytes(picture)
    actions.receive_file(xiaolin, tmp_path / "whole")  # as far as it came before the crash
    assert uploads.append(xiaolin, upload, 50, picture[50:]).finished_at is not None
    assert held_photos() == [upload.sha256]


def test_a_disk_that_breaks_leaves_the_offset_where_it_was(
    xiaolin: User, upload: Upload, picture: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", _failing(errno.EIO))
        with pytest.raises(OSError, match="disk"):
            uploads.append(xiaolin, upload, 0, picture[:100])
    assert uploads.still_there(upload).offset_bytes == 0
    assert uploads.append(xiaolin, upload, 0, picture).finished_at is not None


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.ESTALE])
def test_a_disk_that_fails_under_the_decoder_is_no_broken_picture(
    xiaolin: User, upload: Upload, picture: bytes, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Image, "open", _failing(number))
        with pytest.raises(OSError, match="disk") as failure:
            uploads.append(xiaolin, upload, 0, picture)
        assert failure.value.errno == number
    assert uploads.still_there(upload).offset_bytes == 0
    assert uploads.append(xiaolin, upload, 0, picture).finished_at is not None


# --- a full disk


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_counts_nothing_and_keeps_what_was_safe(
    xiaolin: User, upload: Upload, picture: bytes, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    uploads.append(xiaolin, upload, 0, picture[:50])
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", _failing(number))
        with pytest.raises(StorageFull):
            uploads.append(xiaolin, upload, 50, picture[50:])
    assert uploads.still_there(upload).offset_bytes == 50
    assert held_photos() == []
    assert uploads.append(xiaolin, upload, 50, picture[50:]).finished_at is not None


def test_on_a_full_disk_nothing_is_begun(xiaolin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "touch", _failing(errno.ENOSPC))
    with pytest.raises(StorageFull):
        uploads.begin(xiaolin, 1000)
    assert Upload.select().count() == 0


def test_a_disk_that_fills_in_the_middle_of_a_chunk_is_told_in_words(app: Flask, tmp_path: Path) -> None:
    """A limit of the system on the size of files, in a process of its own: nothing of ours is replaced."""
    done = subprocess.run(
        [sys.executable, "-c", FILLING, str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout.split()) == (0, ["StorageFull", "100"]), done.stderr


FILLING = """
import io, resource, sys
from pathlib import Path
from fieldwork.errors import StorageFull
from fieldwork.photos import uploads

path = Path(sys.argv[1]) / "part"
path.write_bytes(b"x" * 100)
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, hard))
try:
    with path.open("r+b", buffering=0) as part, uploads._room_or_refusal():
        uploads._write(part, 100, b"y" * 100_000)
except StorageFull:
    print("StorageFull")
print(path.read_bytes().count(b"x"))
"""


# --- after seven days


def test_parts_go_seven_days_after_the_last_chunk_and_photos_stay(
    xiaolin: User, upload: Upload, picture: bytes
) -> None:
    finished, silent = uploads.begin(xiaolin, len(picture)), uploads.begin(xiaolin, 1000)
    uploads.append(xiaolin, finished, 0, picture)
    with _in_days(6):
        assert uploads.discard_expired() == 0
        uploads.append(xiaolin, upload, 0, picture[:10])
    with _in_days(8):
        assert uploads.discard_expired() == 2
        assert uploads.still_there(upload).offset_bytes == 10
    assert not part_of(silent).exists()
    assert held_photos() == [upload.sha256]


def test_beginning_another_clears_away_what_has_expired(xiaolin: User, upload: Upload) -> None:
    with _in_days(8):
        uploads.begin(xiaolin, 1000)
    assert not part_of(upload).exists()
    assert Upload.select().count() == 1


def test_an_upload_that_goes_on_while_it_is_cleared_away_stays(
    app: Flask, xiaolin: User, upload: Upload, picture: bytes
) -> None:
    with part_of(upload).open("r+b") as part, _in_days(8):
        fcntl.flock(part, fcntl.LOCK_EX)  # a chunk that came just before the end
        clearing = threading.Thread(target=_discard_in(app, upload))
        clearing.start()
        time.sleep(0.3)
        Upload.update(expires_at=clock.now() + timedelta(days=7)).where(Upload.id == upload.id).execute()
        fcntl.flock(part, fcntl.LOCK_UN)
        clearing.join(10)
        assert uploads.still_there(upload) == upload


# --- others


@contextmanager
def _another_process_at(upload: Upload) -> Iterator[subprocess.Popen[str]]:
    """Another server process in the middle of a chunk of this upload."""
    command = [sys.executable, "-c", LOCKED_ELSEWHERE, str(part_of(upload))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        try:
            yield other
        finally:
            other.kill()


def _append_in(app: Flask, user: User, upload: Upload, chunk: bytes, done: threading.Event) -> Any:
    def run() -> None:
        with app.app_context(), database.obj.connection_context():
            uploads.append(user, upload, 0, chunk)
            done.set()

    return run


def _cancel_in(app: Flask, upload: Upload, done: threading.Event) -> Any:
    def run() -> None:
        with app.app_context(), database.obj.connection_context():
            uploads.cancel(upload)
            done.set()

    return run


def _discard_in(app: Flask, upload: Upload) -> Any:
    def run() -> None:
        with app.app_context(), database.obj.connection_context():
            uploads.discard(upload)

    return run


def _failing(number: int) -> Any:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(number, "the disk says no")

    return fail


@contextmanager
def _in_days(days: int) -> Iterator[None]:
    then = clock.now() + timedelta(days=days)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(clock, "now", lambda: then)
        yield


def test_nobody_announces_without_end(xiaolin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "UNDER_WAY_MAX", 3)
    for _ in range(3):
        begun = uploads.begin(xiaolin, 100)
    with pytest.raises(TooMany):
        uploads.begin(xiaolin, 100)
    uploads.cancel(begun)
    assert uploads.begin(xiaolin, 100)
