"""The zip a phone exports is read within limits; whatever else somebody sends is refused before it costs anything."""

import json
import struct
import zipfile
from pathlib import Path

import pytest

from fieldwork.intake import archive
from fieldwork.intake.archive import Damaged, Unfit, copy_photo, queue_of
from tests.intake.exporting import queue, saved, sha_of, zipped
from tests.photos.sending import drawn

A = "a" * 64


def code_of(folder: Path, content: bytes) -> str:
    """Why the file is refused."""
    with pytest.raises(Unfit) as refused:
        queue_of(saved(folder, content))
    return refused.value.code


def test_a_phones_file_is_read(tmp_path: Path) -> None:
    picture = drawn(1)
    content = {"queue.json": queue(None, {"kind": "visit"}), f"photos/{sha_of(picture)}": picture}
    path = saved(tmp_path, zipped(content, zipfile.ZIP_DEFLATED))
    found = queue_of(path)
    assert (found.records, found.photos) == ([{"kind": "visit"}], [sha_of(picture)])
    copied = tmp_path / "photo"
    with copied.open("wb") as file:
        copy_photo(path, sha_of(picture), file)
    assert copied.read_bytes() == picture


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\5\6",
        b"not a zip at all",
        zipped({"photos/" + A: b""}),
        zipped({"queue.json": b"{"}),
        zipped({"queue.json": b"\xff\xfe"}),
        zipped({"queue.json": b"[" * 200_000}),
        zipped({"queue.json": b"[]"}),
        zipped({"queue.json": b'{"format": 1, "records": {}}'}),
        zipped({"queue.json": b'{"format": 1, "owner": ' + b"9" * 5000 + b"}"}),
        zipped({"queue.json": queue(None)})[:-30],
    ],
    ids=["empty", "end", "text", "no-queue", "half", "bytes", "deep", "list", "no-records", "number", "cut"],
)
def test_what_is_no_export_is_refused(tmp_path: Path, content: bytes) -> None:
    assert code_of(tmp_path, content) == "not_a_queue"


@pytest.mark.parametrize(
    "name",
    [
        "../queue.json", "photos/../../etc/passwd", "/etc/passwd", f"photos/{A}.jpg", f"photos/{A.upper()}", "photos/",
        f"photos\\{A}", "run.sh", f"photos/{A}\n",
    ],
)  # fmt: skip
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    assert code_of(tmp_path, zipped({"queue.json": queue(None), name: b"x"})) == "odd_names"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_name_twice_is_refused(tmp_path: Path) -> None:
    content = zipped([("queue.json", queue(None)), ("queue.json", queue(None))])
    assert code_of(tmp_path, content) == "odd_names"


def test_other_ways_of_packing_are_refused(tmp_path: Path) -> None:
    assert code_of(tmp_path, zipped({"queue.json": queue(None)}, zipfile.ZIP_LZMA)) == "odd_names"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    zeros = b"\0" * (archive.PHOTO_MAX_BYTES + 1)
    content = zipped({"queue.json": queue(None), f"photos/{A}": zeros}, zipfile.ZIP_DEFLATED)
    assert len(content) < 100_000
    assert code_of(tmp_path, content) == "too_large"


def test_many_photos_that_swell_together_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "UNPACKED_MAX_BYTES", 5_000)
    entries = {"queue.json": queue(None)} | {f"photos/{number:064x}": b"\0" * 1_000 for number in range(6)}
    assert code_of(tmp_path, zipped(entries, zipfile.ZIP_DEFLATED)) == "too_large"


def test_a_size_that_lies_gives_no_more_than_it_says(tmp_path: Path) -> None:
    content = bytearray(zipped({"queue.json": queue(None), f"photos/{A}": b"\0" * 100_000}, zipfile.ZIP_DEFLATED))
    at = content.rfind(b"PK\1\2")
    struct.pack_into("<I", content, at + 24, 10)  # the list says ten bytes
    with pytest.raises(Damaged):
        copy_photo(saved(tmp_path, bytes(content)), A)


def test_a_long_list_of_entries_is_refused_unread(tmp_path: Path) -> None:
    entries = {"queue.json": queue(None)} | {f"photos/{number:064x}": b"" for number in range(archive.ENTRIES_MAX)}
    assert code_of(tmp_path, zipped(entries)) == "too_many"


def test_a_list_that_hides_its_length_is_refused(tmp_path: Path) -> None:
    content = bytearray(zipped({"queue.json": queue(None)}))
    struct.pack_into("<I", content, len(content) - 22 + 12, 400_000_000)
    assert code_of(tmp_path, bytes(content)) == "too_many"


def test_more_records_than_a_phone_holds_are_refused(tmp_path: Path) -> None:
    records = [{}] * (archive.RECORDS_MAX + 1)
    assert code_of(tmp_path, zipped({"queue.json": queue(None, *records)})) == "too_many"


def test_a_later_format_says_so(tmp_path: Path) -> None:
    assert code_of(tmp_path, zipped({"queue.json": queue(None, format=2)})) == "unknown_format"


@pytest.mark.parametrize("owner", ["", "somebody", None, 7])
def test_an_owner_who_is_no_uid_is_nobody(tmp_path: Path, owner: object) -> None:
    content = json.dumps({"format": 1, "owner": owner, "records": []}).encode()
    assert queue_of(saved(tmp_path, zipped({"queue.json": content}))).owner is None


def test_a_photo_under_another_ones_hash_is_damaged(tmp_path: Path) -> None:
    path = saved(tmp_path, zipped({"queue.json": queue(None), f"photos/{A}": drawn(1)}))
    with pytest.raises(Damaged) as damaged:
        copy_photo(path, A)
    assert damaged.value.differs


def test_a_flipped_bit_is_damage(tmp_path: Path) -> None:
    picture = drawn(1)
    content = bytearray(zipped({"queue.json": queue(None), f"photos/{sha_of(picture)}": picture}))
    content[content.find(picture) + 20] ^= 1
    with pytest.raises(Damaged):
        copy_photo(saved(tmp_path, bytes(content)), sha_of(picture))
