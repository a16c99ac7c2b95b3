"""A store copied into another: all of it, as it is, only what is new, on from where it was stopped."""

import os
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from fieldwork.core import storage_copy
from fieldwork.core.storage import Storage, from_url
from fieldwork.core.storage_copy import Outcome
from fieldwork.core.storage_local import LocalStorage
from fieldwork.errors import StorageUnavailable
from tests.support import s3

CONTENTS = {
    "briefings/one.docx": b"word",
    "derived/320/ab/cd/abcd.jpg": b"",
    "originals/ab/cd/abcd": os.urandom(9_000_000),
    "originals/ef/01/ef01": b"picture",
}


@pytest.fixture(params=["folder to bucket", "bucket to folder"])
def ways(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Storage, Storage]:
    folder = LocalStorage(tmp_path / "files")
    bucket = from_url(request.getfixturevalue("s3_server").new_url(), tmp_path, s3.ENVIRONMENT)
    source, target = (folder, bucket) if request.param == "folder to bucket" else (bucket, folder)
    for key, content in CONTENTS.items():
        source.put(key, content)
    return source, target


def copied(source: Storage, target: Storage) -> dict[str, Outcome]:
    return dict(storage_copy.copy(source, target, storage_copy.lacking(source, target)))


def contents(store: Storage) -> dict[str, bytes]:
    return {key: store.read(key) for key in list(store.keys())}


def test_everything_arrives_as_it_is(ways: tuple[Storage, Storage]) -> None:
    source, target = ways
    assert copied(source, target) == dict.fromkeys(CONTENTS, Outcome.COPIED)
    assert contents(target) == CONTENTS
    assert contents(source) == CONTENTS


def test_a_second_run_copies_only_what_is_new(ways: tuple[Storage, Storage]) -> None:
    source, target = ways
    copied(source, target)
    assert copied(source, target) == {}
    source.put("originals/new", b"new")
    source.put("briefings/one.docx", b"made anew")
    assert sorted(copied(source, target)) == ["briefings/one.docx", "originals/new"]
    assert contents(target) == contents(source)


def test_what_was_stopped_goes_on(ways: tuple[Storage, Storage]) -> None:
    source, target = ways
    running = storage_copy.copy(source, target, storage_copy.lacking(source, target)[:2])
    next(running)
    running.close()
    first = set(target.keys())
    assert first
    assert set(copied(source, target)) == set(CONTENTS) - first
    assert contents(target) == CONTENTS


def test_what_was_deleted_before_it_could_be_read_is_left_out(ways: tuple[Storage, Storage]) -> None:
    source, target = ways
    keys = storage_copy.lacking(source, target)
    source.delete("originals/ef/01/ef01")
    assert dict(storage_copy.copy(source, target, keys))["originals/ef/01/ef01"] is Outcome.GONE
    assert not target.exists("originals/ef/01/ef01")


def test_what_the_target_alone_holds_is_said_and_stays(ways: tuple[Storage, Storage]) -> None:
    source, target = ways
    copied(source, target)
    source.delete("briefings/one.docx")
    assert storage_copy.surplus(source, target) == ["briefings/one.docx"]
    assert copied(source, target) == {}
    assert target.exists("briefings/one.docx")


def test_another_content_of_the_same_length_is_found_by_reading_it(ways: tuple[Storage, Storage]) -> None:
    source, target = ways
    copied(source, target)
    target.put("originals/ef/01/ef01", b"damaged")
    assert storage_copy.lacking(source, target) == []
    differing = [key for key in storage_copy.all_keys(source) if storage_copy.differs(source, target, key)]
    assert differing == ["originals/ef/01/ef01"]


def test_the_probe_of_the_watchman_is_not_copied(ways: tuple[Storage, Storage]) -> None:
    source, target = ways
    source.put("probe/ready", b"ready")
    copied(source, target)
    assert sorted(target.keys()) == sorted(CONTENTS)
    assert storage_copy.surplus(target, source) == []


class Careless(LocalStorage):
    """A folder on a disk that does not keep what it is given."""

    def open(self, key: str) -> BinaryIO:
        (self._root / key).write_bytes(b"other")
        return super().open(key)


def test_what_does_not_arrive_as_it_was_is_said_and_not_kept(tmp_path: Path) -> None:
    source, target = LocalStorage(tmp_path / "one"), Careless(tmp_path / "other")
    source.put("originals/a", b"right")
    assert copied(source, target) == {"originals/a": Outcome.DAMAGED}
    assert not target.exists("originals/a")


class Failing(LocalStorage):
    """A store that goes away after two files."""

    left = 2

    def put(self, key: str, source: Any) -> None:
        Failing.left -= 1
        if Failing.left < 0:
            raise StorageUnavailable
        super().put(key, source)


def test_a_target_that_goes_away_ends_the_run_and_the_next_goes_on(tmp_path: Path) -> None:
    source, target = LocalStorage(tmp_path / "one"), Failing(tmp_path / "other")
    for number in range(40):
        source.put(f"originals/{number:02}", b"x")
    with pytest.raises(StorageUnavailable):
        copied(source, target)
    Failing.left = 1000
    assert 36 <= len(copied(source, target)) <= 40
    assert contents(target) == contents(source)
