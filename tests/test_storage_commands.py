"""`flask verify` and `flask storage copy`: what they find, say and leave."""

import io
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from fieldwork.briefings import documents
from fieldwork.core.storage import from_url
from fieldwork.photos import files
from fieldwork.photos.models import Photo
from tests.briefings import making
from tests.photos.sending import ready
from tests.support import s3
from tests.support.s3 import S3Server


@pytest.fixture
def store(app: Any, tmp_path: Path) -> Any:
    before = files.store()
    files.use(from_url(f"file://{tmp_path}/files", tmp_path))
    yield files.store()
    files.use(before)


@pytest.fixture
def photo(store: Any, people: Any, drawn_jpeg: bytes) -> Photo:
    return ready(people.xiaolin, drawn_jpeg)[0]


def run(app: Any, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


# --- verify


def test_a_house_in_order_is_said_to_be_well(app: Any, people: Any, photo: Photo) -> None:
    briefing = making.draft(people)
    making.with_item(people, briefing, "text")
    making.issued(people, briefing)
    documents.docx_of(making.fresh(briefing))
    result = run(app, "verify")
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "all is well")


def test_a_missing_original_is_named(app: Any, store: Any, photo: Photo) -> None:
    store.delete(files.original_key(photo.sha256))
    result = run(app, "verify")
    assert result.exit_code == 1
    assert f"photo {photo.sha256}: the original is missing" in result.output
    assert "1 faults found" in result.output


def test_one_flipped_bit_of_an_original_is_found(app: Any, store: Any, photo: Photo) -> None:
    key = files.original_key(photo.sha256)
    content = bytearray(store.read(key))
    content[len(content) // 2] ^= 1
    store.put(key, bytes(content))
    result = run(app, "verify")
    assert result.exit_code == 1
    assert f"photo {photo.sha256}: the original is damaged" in result.output


def test_missing_and_empty_derivatives_are_named(app: Any, store: Any, photo: Photo) -> None:
    store.delete(files.derived_key(photo.sha256, 320))
    store.put(files.derived_key(photo.sha256, 2400), b"")
    result = run(app, "verify")
    assert result.exit_code == 1
    assert "the derivative of 320 px is missing" in result.output
    assert "the derivative of 2400 px is damaged" in result.output


@pytest.mark.parametrize("key", ["originals/ab/cd/" + "ab" * 32, "derived/320/ab/cd/old.jpg", "briefings/none.docx"])
def test_a_file_that_belongs_to_nothing_is_named(app: Any, store: Any, photo: Photo, key: str) -> None:
    store.put(key, b"left behind")
    result = run(app, "verify")
    assert result.exit_code == 1
    assert f"{key} belongs to nothing" in result.output
    assert store.exists(key)


@pytest.mark.parametrize(("content", "said"), [(None, "missing"), (b"other", "damaged")])
def test_a_word_file_that_is_not_what_was_issued_is_named(
    app: Any, store: Any, people: Any, content: bytes | None, said: str
) -> None:
    briefing = making.draft(people)
    making.with_item(people, briefing, "text")
    making.issued(people, briefing)
    documents.docx_of(making.fresh(briefing))
    key = f"briefings/{briefing.uid}.docx"
    store.delete(key) if content is None else store.put(key, content)
    result = run(app, "verify")
    assert result.exit_code == 1
    assert f"briefing {briefing.uid}: the Word file is {said}" in result.output


def test_the_probe_of_the_watchman_is_no_fault(app: Any, store: Any, photo: Photo) -> None:
    store.put("probe/ready", b"ready")
    assert run(app, "verify").exit_code == 0


# --- storage copy


def test_a_store_is_moved_into_a_bucket(
    app: Any, store: Any, photo: Photo, tmp_path: Path, s3_server: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in s3.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    source, target = f"file://{tmp_path}/files", s3_server.new_url()
    first = run(app, "storage", "copy", source, target)
    assert (first.exit_code, first.output.splitlines()[-1]) == (0, "4 copied, 0 held by TO alone")
    second = run(app, "storage", "copy", source, target)
    assert second.output.splitlines()[-1] == "0 copied, 0 held by TO alone"
    files.use(from_url(target, tmp_path))
    assert run(app, "verify").exit_code == 0
    assert io.BytesIO(files.derived(photo.sha256, 320)).read(2) == b"\xff\xd8"


def test_a_thorough_copy_mends_what_was_damaged(app: Any, store: Any, photo: Photo, tmp_path: Path) -> None:
    source, target = f"file://{tmp_path}/files", f"file://{tmp_path}/other"
    run(app, "storage", "copy", source, target)
    other, key = from_url(target, tmp_path), files.original_key(photo.sha256)
    other.put(key, bytes(other.size(key)))
    assert "0 copied" in run(app, "storage", "copy", source, target).output
    assert "1 copied" in run(app, "storage", "copy", "--thorough", source, target).output
    assert other.read(key) == store.read(key)


@pytest.mark.parametrize("url", ["ftp://x/y", "s3://b?endpoint=nowhere", "relative"])
def test_an_address_that_is_none_ends_with_one_line(app: Any, url: str) -> None:
    result = run(app, "storage", "copy", "data", url)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert len(result.output.splitlines()) == 1


def test_a_store_that_does_not_answer_ends_with_words(
    app: Any, store: Any, photo: Photo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in s3.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    gone = "s3://bucket?endpoint=http://127.0.0.1:1"
    result = run(app, "storage", "copy", f"file://{tmp_path}/files", gone)
    assert result.exit_code == 1
    assert "does not answer" in result.output
    files.use(from_url(gone, tmp_path))
    result = run(app, "verify")
    assert result.exit_code == 1
    assert "does not answer" in result.output
