"""The store of files: whole or not at all, whatever happens meanwhile."""

import errno
import os
import resource
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from fieldwork.core.storage import LocalStorage, from_url
from fieldwork.errors import Refused, StorageFull

KEY = "originals/ab/cd/abcd0123"


@pytest.fixture
def store(tmp_path: Path) -> LocalStorage:
    return LocalStorage(tmp_path / "files")


def everything_under(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_what_is_put_is_read_again(store: LocalStorage) -> None:
    store.put(KEY, b"picture")
    assert store.read(KEY) == b"picture"
    assert store.size(KEY) == 7
    assert store.exists(KEY)
    with store.open(KEY) as content:
        assert content.read(3) == b"pic"


def test_a_file_is_taken_from_its_path_and_stays_there(store: LocalStorage, tmp_path: Path) -> None:
    source = tmp_path / "upload"
    source.write_bytes(os.urandom(3_000_000))
    store.put(KEY, source)
    assert store.read(KEY) == source.read_bytes()


def test_putting_again_replaces_the_content_whole(store: LocalStorage) -> None:
    store.put(KEY, b"a long first content")
    with store.open(KEY) as reader:
        store.put(KEY, b"second")
        assert reader.read() == b"a long first content"
    assert store.read(KEY) == b"second"


def test_nothing_but_the_file_is_left_behind(store: LocalStorage, tmp_path: Path) -> None:
    store.put(KEY, b"picture")
    assert everything_under(tmp_path) == [f"files/{KEY}"]


def test_only_the_servers_account_may_read_the_files(store: LocalStorage, tmp_path: Path) -> None:
    store.put(KEY, b"picture")
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "files").rglob("*")]
    assert all(mode & 0o077 == 0 for mode in modes)


def test_what_was_never_put_is_not_found(store: LocalStorage) -> None:
    assert not store.exists(KEY)
    for ask in (store.read, store.open, store.size):
        with pytest.raises(FileNotFoundError):
            ask(KEY)


def test_deleting_forgets_and_may_be_repeated(store: LocalStorage) -> None:
    store.put(KEY, b"picture")
    store.delete(KEY)
    store.delete(KEY)
    assert not store.exists(KEY)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/etc/passwd",
        "../outside",
        "a/../../b",
        "a/..",
        "a//b",
        "a/",
        ".hidden",
        "a/.b",
        "A/b",
        "a\\b",
        "a\0b",
        "a\n",
        "村",
        "x" * 201,
    ],
)
def test_a_key_that_could_lead_elsewhere_is_refused(store: LocalStorage, tmp_path: Path, key: str) -> None:
    for ask in (store.read, store.open, store.size, store.exists, store.delete):
        with pytest.raises(ValueError, match="is not a key"):
            ask(key)
    with pytest.raises(ValueError, match="is not a key"):
        store.put(key, b"")
    assert everything_under(tmp_path) == []


def test_keys_are_listed_by_prefix(store: LocalStorage) -> None:
    keys = ["derived/320/ab/one.jpg", "originals/ab/cd/one", "originals/ab/ce/two", "originals/b0/00/three"]
    for key in reversed(keys):
        store.put(key, b"")
    assert list(store.keys()) == keys
    assert list(store.keys("originals/")) == keys[1:]
    assert list(store.keys("originals/ab/c")) == keys[1:3]
    assert list(store.keys("nothing/")) == []


def test_a_prefix_cannot_look_outside(store: LocalStorage, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("")
    with pytest.raises(ValueError, match="is not a key"):
        list(store.keys("../"))


def test_many_writers_of_one_key_leave_one_whole_content(store: LocalStorage) -> None:
    contents = [bytes([number]) * 200_000 for number in range(16)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda content: store.put(KEY, content), contents))
    assert store.read(KEY) in contents
    assert list(store.keys()) == [KEY]


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


# --- the setting


def test_files_lie_in_the_data_folder_by_default(tmp_path: Path) -> None:
    from_url("", tmp_path).put(KEY, b"picture")
    assert everything_under(tmp_path) == [f"files/{KEY}"]


def test_another_folder_can_be_named(tmp_path: Path) -> None:
    from_url(f"file://{tmp_path}/other%20disk", tmp_path / "data").put(KEY, b"picture")
    assert everything_under(tmp_path) == [f"other disk/{KEY}"]


@pytest.mark.parametrize(
    "url", ["s3://bucket", "file:relative", "file://host/path", "file:", "ftp://x/y", "/plain/path"]
)
def test_any_other_address_is_refused_by_the_name_of_the_setting(tmp_path: Path, url: str) -> None:
    with pytest.raises(ValueError, match="FIELDWORK_STORAGE"):
        from_url(url, tmp_path)
