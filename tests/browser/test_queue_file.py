"""The unsent records of a phone leave it as one file, which any program that knows zip reads whole."""

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.modules import call, choose, unpacked
from tests.support.pictures import drawn, encoded, photo

pytestmark = pytest.mark.browser

OWNER = "019a0000-0000-7000-8000-000000000001"
MAKE = """
  const blobs = new Map();
  given.names.forEach((name, place) => blobs.set(name, files[place]));
  const zip = await m.queueZip(given.records, async (name) => blobs.get(name) || null, given.owner);
  return bytesOf(zip);
"""


@pytest.fixture(scope="module")
def pictures() -> dict[str, bytes]:
    """Thirty by their hashes, one of a real camera among them."""
    drawings = [encoded(drawn(640 + number, 480), quality=60) for number in range(29)]
    return {hashlib.sha256(content).hexdigest(): content for content in [photo("DSCN0010.jpg").read_bytes(), *drawings]}


def record(hashes: list[str], **values: Any) -> dict[str, Any]:
    photos = [{"sha256": name, "caption": f"第{at + 1}张：渠口“淤塞”，𠮷家门前 😀"} for at, name in enumerate(hashes)]
    return {
        "id": OWNER,
        "kind": "visit",
        "title": "梨树坪村走访",
        "text": "第一行\n第二行\t\u2028尾",
        "photos": photos,
        **values,
    }


def zipped(page: Page, records: list[dict[str, Any]], held: dict[str, bytes]) -> zipfile.ZipFile:
    choose(page, list(held.values()) or [b""])
    made = call(page, "queue-file", MAKE, {"records": records, "names": list(held), "owner": OWNER})
    return zipfile.ZipFile(io.BytesIO(unpacked(made)))


def test_thirty_photos_and_their_captions_are_read_back_whole(page: Page, pictures: dict[str, bytes]) -> None:
    sent = record(list(pictures))
    with zipped(page, [sent], pictures) as queue:
        assert queue.testzip() is None
        assert sorted(queue.namelist()) == sorted(["queue.json", *(f"photos/{name}" for name in pictures)])
        assert {name: queue.read(f"photos/{name}") for name in pictures} == pictures
        assert {entry.compress_type for entry in queue.infolist()} == {zipfile.ZIP_STORED}
        assert json.loads(queue.read("queue.json"))["records"] == [sent]


def test_the_file_says_whose_it_is_and_when_it_was_made(page: Page) -> None:
    with zipped(page, [record([])], {}) as queue:
        told = json.loads(queue.read("queue.json"))
    assert (told["format"], told["owner"]) == (1, OWNER)
    assert set(told) == {"format", "made_at", "owner", "records", "drafts"}
    assert abs(datetime.fromisoformat(told["made_at"]) - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_photo_of_two_records_lies_in_it_once(page: Page, pictures: dict[str, bytes]) -> None:
    name, content = next(iter(pictures.items()))
    with zipped(page, [record([name]), record([name, name], title="又一条")], {name: content}) as queue:
        assert queue.namelist() == ["queue.json", f"photos/{name}"]
        assert len(json.loads(queue.read("queue.json"))["records"]) == 2


def test_a_photo_that_has_gone_missing_keeps_nothing_else_out(page: Page, pictures: dict[str, bytes]) -> None:
    gone, kept = list(pictures)[:2]
    with zipped(page, [record([gone, kept])], {kept: pictures[kept]}) as queue:
        assert queue.namelist() == ["queue.json", f"photos/{kept}"]
        named = json.loads(queue.read("queue.json"))["records"][0]["photos"]
    assert [one["sha256"] for one in named] == [gone, kept]


def test_a_photo_that_cannot_be_read_keeps_nothing_else_out(page: Page, pictures: dict[str, bytes]) -> None:
    kept = next(iter(pictures))
    choose(page, [pictures[kept]])
    code = """
      const read = async (name) => { if (name === "broken") throw new Error("storage"); return files[0]; };
      return bytesOf(await m.queueZip(given, read, "somebody"));
    """
    made = call(page, "queue-file", code, [record(["broken", kept])])
    with zipfile.ZipFile(io.BytesIO(unpacked(made))) as queue:
        assert queue.testzip() is None
        assert queue.namelist() == ["queue.json", f"photos/{kept}"]


def test_an_empty_queue_is_a_file_too(page: Page) -> None:
    with zipped(page, [], {}) as queue:
        assert json.loads(queue.read("queue.json"))["records"] == []
