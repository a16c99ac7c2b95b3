"""The store of files, in a folder and in a bucket of a real S3 server: whole or not at all."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fieldwork.core.storage import Storage, from_url
from tests.support import s3

KEY = "originals/ab/cd/abcd0123"


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "folder":
        return from_url("", tmp_path)
    return from_url(request.getfixturevalue("s3_server").new_url(), tmp_path, s3.ENVIRONMENT)


def everything_under(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_what_is_put_is_read_again(store: Storage) -> None:
    store.put(KEY, b"picture")
    assert store.read(KEY) == b"picture"
    assert store.size(KEY) == 7
    assert store.exists(KEY)
    with store.open(KEY) as content:
        assert content.read(3) == b"pic"


@pytest.mark.parametrize("size", [0, 3_000_000, 8 * 1024 * 1024, 20_000_001])
def test_a_file_is_taken_from_its_path_and_stays_there(store: Storage, tmp_path: Path, size: int) -> None:
    source = tmp_path / "upload"
    source.write_bytes(os.urandom(size))
    store.put(KEY, source)
    assert store.read(KEY) == source.read_bytes()
    assert source.stat().st_size == store.size(KEY) == size


def test_a_file_is_read_in_any_order(store: Storage) -> None:
    content = os.urandom(3_000_000)
    store.put(KEY, content)
    with store.open(KEY) as file:
        assert file.seek(0, os.SEEK_END) == len(content)
        assert file.read() == b""
        assert (file.seek(2_500_000), file.read(10)) == (2_500_000, content[2_500_000:2_500_010])
        assert (file.seek(7), file.read(1_000_000)) == (7, content[7:1_000_007])
        assert file.tell() == 1_000_007
        assert file.seek(-5, os.SEEK_END) == len(content) - 5
        assert file.read() == content[-5:]
        assert (file.seek(0), file.read()) == (0, content)


def test_an_empty_file_is_a_file(store: Storage) -> None:
    store.put(KEY, b"")
    with store.open(KEY) as file:
        assert file.read() == b""
    assert (store.exists(KEY), store.read(KEY), list(store.sizes())) == (True, b"", [(KEY, 0)])


def test_putting_again_replaces_the_content_whole(store: Storage) -> None:
    store.put(KEY, b"a long first content")
    with store.open(KEY) as reader:
        store.put(KEY, b"second")
        assert reader.read() == b"a long first content"
    assert store.read(KEY) == b"second"


def test_what_was_never_put_is_not_found(store: Storage) -> None:
    assert not store.exists(KEY)
    for ask in (store.read, store.open, store.size):
        with pytest.raises(FileNotFoundError):
            ask(KEY)


def test_deleting_forgets_and_may_be_repeated(store: Storage) -> None:
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
def test_a_key_that_could_lead_elsewhere_is_refused(store: Storage, tmp_path: Path, key: str) -> None:
    for ask in (store.read, store.open, store.size, store.exists, store.delete):
        with pytest.raises(ValueError, match="is not a key"):
            ask(key)
    with pytest.raises(ValueError, match="is not a key"):
        store.put(key, b"")
    assert everything_under(tmp_path) == []


def test_keys_are_listed_by_prefix(store: Storage) -> None:
    keys = ["derived/320/ab/one.jpg", "originals/ab/cd/one", "originals/ab/ce/two", "originals/b0/00/three"]
    for key in reversed(keys):
        store.put(key, key.encode())
    assert list(store.keys()) == keys
    assert list(store.keys("originals/")) == keys[1:]
    assert list(store.keys("originals/ab/c")) == keys[1:3]
    assert list(store.keys("nothing/")) == []
    assert list(store.sizes("originals/ab/c")) == [(key, len(key)) for key in keys[1:3]]


def test_a_prefix_cannot_look_outside(store: Storage, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("")
    with pytest.raises(ValueError, match="is not a key"):
        list(store.keys("../"))


def test_many_writers_of_one_key_leave_one_whole_content(store: Storage) -> None:
    contents = [bytes([number]) * 200_000 for number in range(16)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda content: store.put(KEY, content), contents))
    assert store.read(KEY) in contents
    assert list(store.keys()) == [KEY]


# --- the setting


def test_files_lie_in_the_data_folder_by_default(tmp_path: Path) -> None:
    from_url("", tmp_path).put(KEY, b"picture")
    assert everything_under(tmp_path) == [f"files/{KEY}"]


def test_another_folder_can_be_named(tmp_path: Path) -> None:
    from_url(f"file://{tmp_path}/other%20disk", tmp_path / "data").put(KEY, b"picture")
    assert everything_under(tmp_path) == [f"other disk/{KEY}"]


@pytest.mark.parametrize("url", ["s3:bucket", "file:relative", "file://host/path", "file:", "ftp://x/y", "/plain/path"])
def test_any_other_address_is_refused_by_the_name_of_the_setting(tmp_path: Path, url: str) -> None:
    with pytest.raises(ValueError, match="FIELDWORK_STORAGE"):
        from_url(url, tmp_path)
