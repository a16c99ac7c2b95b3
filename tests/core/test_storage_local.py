"""The store in a folder: whole or not at all, on the disk before it says so, refused without room."""

import errno
import os
import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fieldwork.core.storage_local import LocalStorage
from fieldwork.errors import Refused, StorageFull

KEY = "originals/ab/cd/abcd0123"


@pytest.fixture
def store(tmp_path: Path) -> LocalStorage:
    return LocalStorage(tmp_path / "files")


def everything_under(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_nothing_but_the_file_is_left_behind(store: LocalStorage, tmp_path: Path) -> None:
    store.put(KEY, b"picture")
    assert everything_under(tmp_path) == [f"files/{KEY}"]


def test_only_the_servers_account_may_read_the_files(store: LocalStorage, tmp_path: Path) -> None:
    store.put(KEY, b"picture")
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "files").rglob("*")]
    assert all(mode & 0o077 == 0 for mode in modes)


# --- a full disk


@contextmanager
def room_for(size_bytes: int) -> Iterator[None]:
    """The system lets this process write no file longer than so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_without_room_it_is_refused_and_nothing_half_written_stays(store: LocalStorage, tmp_path: Path) -> None:
    with room_for(100_000), pytest.raises(StorageFull) as refusal:
        store.put(KEY, b"x" * 200_000)
    assert isinstance(refusal.value, Refused)
    assert refusal.value.status == 507
    assert everything_under(tmp_path) == []


def test_without_room_for_the_new_content_the_old_one_stands(store: LocalStorage, tmp_path: Path) -> None:
    store.put(KEY, b"old")
    source = tmp_path / "upload"
    source.write_bytes(b"x" * 200_000)
    with room_for(100_000), pytest.raises(StorageFull):
        store.put(KEY, source)
    assert store.read(KEY) == b"old"
    assert list(store.keys()) == [KEY]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_says_it_is_full_at_the_last_moment_is_believed(
    store: LocalStorage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFull):
        store.put(KEY, b"picture")
    assert everything_under(tmp_path) == []


def test_any_other_trouble_of_the_disk_is_not_called_full(store: LocalStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_descriptor: int) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="broken"):
        store.put(KEY, b"picture")
    assert not store.exists(KEY)


def test_file_and_folders_reach_the_disk_before_put_returns(
    store: LocalStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    real = os.fsync

    def note(descriptor: int) -> None:
        synced.append(os.fstat(descriptor).st_ino)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    store.put(KEY, b"picture")
    path = store._root / KEY
    wanted = [path, *list(path.parents)[:4]]  # the file, its three folders, the root
    assert {place.stat().st_ino for place in wanted} <= set(synced)


def test_what_a_killed_process_left_is_discarded_a_day_later(store: LocalStorage, tmp_path: Path) -> None:
    store.put(KEY, b"picture")
    folder = tmp_path / "files" / ".unfinished"
    (folder / "old").write_bytes(b"half")
    (folder / "fresh").write_bytes(b"half")
    os.utime(folder / "old", (0, 0))
    assert list(store.keys()) == [KEY]
    store.discard_unfinished()
    assert everything_under(folder) == ["fresh"]
    assert store.read(KEY) == b"picture"
