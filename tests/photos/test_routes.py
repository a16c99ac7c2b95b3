"""Every file goes through the door: the right size to the right person, nothing by a guess."""

import io
from typing import Any

import pytest
from PIL import Image

from fieldwork.core import jobs
from fieldwork.photos import actions, files
from fieldwork.visits.actions import record_visit
from fieldwork.visits.schemas import VisitIn
from tests.photos.sending import ready, sent


@pytest.fixture
def url(app: Any, people: Any, drawn_jpeg: bytes) -> str:
    [photo] = ready(people.xiaolin, drawn_jpeg)
    record_visit(people.xiaolin, VisitIn(unit=people.units.stones.uid, text="渠道", held=[photo.sha256]))
    return f"/photos/{photo.sha256}"


@pytest.mark.parametrize(("size", "width"), [("320", 320), ("1280", 640), ("2400", 640)])
def test_a_reader_gets_each_derivative(log_in: Any, people: Any, url: str, size: str, width: int) -> None:
    answer = log_in(people.county).get(f"{url}?size={size}")
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert "immutable" in answer.headers["Cache-Control"]
    assert "private" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert Image.open(io.BytesIO(answer.data)).width == width


def test_a_browser_that_has_it_is_told_so(log_in: Any, people: Any, url: str) -> None:
    client = log_in(people.county)
    etag = client.get(f"{url}?size=320").headers["ETag"]
    assert client.get(f"{url}?size=320", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("size", ["320", "1280", "2400", "original", "", "9999", "../../fieldwork.db"])
def test_a_stranger_gets_no_size_of_it(log_in: Any, people: Any, url: str, size: str) -> None:
    assert log_in(people.stranger).get(f"{url}?size={size}").status_code == 404


@pytest.mark.parametrize("size", ["9999", "../../fieldwork.db", "-1"])
def test_there_are_no_other_sizes(log_in: Any, people: Any, url: str, size: str) -> None:
    assert log_in(people.xiaolin).get(f"{url}?size={size}").status_code == 404


def test_the_original_is_for_who_sent_it_and_the_administrator(
    log_in: Any, people: Any, url: str, drawn_jpeg: bytes
) -> None:
    given = {
        name: log_in(getattr(people, name)).get(f"{url}?size=original").status_code
        for name in ("xiaolin", "admin", "county")
    }
    assert given == {"xiaolin": 200, "admin": 200, "county": 404}
    assert log_in(people.xiaolin).get(f"{url}?size=original").data == drawn_jpeg


def test_the_original_is_for_the_author_of_a_record_that_shows_it(log_in: Any, people: Any, drawn_jpeg: bytes) -> None:
    [photo] = actions.receive(people.laoma, sent(drawn_jpeg)).photos
    visit = record_visit(people.xiaolin, VisitIn(unit=people.units.stones.uid, text="渠道"))
    url = f"/photos/{photo.sha256}?size=original"
    assert log_in(people.xiaolin).get(url).status_code == 404
    actions.attach(people.laoma, visit, [photo.sha256], {})
    assert log_in(people.xiaolin).get(url).data == drawn_jpeg
    assert log_in(people.city).get(url).status_code == 404


def test_a_part_of_it_can_be_asked_for(log_in: Any, people: Any, url: str, drawn_jpeg: bytes) -> None:
    client = log_in(people.xiaolin)
    answer = client.get(f"{url}?size=original", headers={"Range": "bytes=10-19"})
    assert (answer.status_code, answer.data) == (206, drawn_jpeg[10:20])
    assert answer.headers["Content-Range"] == f"bytes 10-19/{len(drawn_jpeg)}"
    assert client.get(f"{url}?size=original", headers={"Range": "bytes=9999999-"}).status_code == 416


def test_it_is_named_by_its_hash_and_shown_in_the_page(log_in: Any, people: Any, url: str, drawn_jpeg: bytes) -> None:
    answer = log_in(people.xiaolin).get(f"{url}?size=original")
    assert answer.headers["Content-Disposition"] == f"inline; filename={url[8:20]}.jpg"
    assert answer.content_length == len(drawn_jpeg)


def test_a_draft_shows_its_photos_to_nobody_else(log_in: Any, people: Any, drawn_jpeg: bytes) -> None:
    [photo] = ready(people.xiaolin, drawn_jpeg)
    draft = VisitIn(unit=people.units.stones.uid, text="渠道", held=[photo.sha256], draft=True)
    record_visit(people.xiaolin, draft)
    url = f"/photos/{photo.sha256}?size=320"
    assert log_in(people.xiaolin).get(url).status_code == 200
    assert log_in(people.city).get(url).status_code == 404


def test_a_file_that_went_missing_is_not_there_and_the_log_says_so(
    log_in: Any, people: Any, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    files.store().delete(files.derived_key(url[8:], 320))
    assert log_in(people.xiaolin).get(f"{url}?size=320").status_code == 404
    assert "photo.missing" in caplog.messages


def test_a_picture_that_went_missing_is_made_anew(log_in: Any, people: Any, url: str) -> None:
    files.store().delete(files.derived_key(url[8:], 320))
    assert log_in(people.xiaolin).get(f"{url}?size=320").status_code == 404
    jobs.work_off()
    assert log_in(people.xiaolin).get(f"{url}?size=320").status_code == 200


@pytest.mark.parametrize("size", ["320", "1280", "2400"])
def test_until_it_is_made_one_is_told_to_ask_again(log_in: Any, people: Any, drawn_jpeg: bytes, size: str) -> None:
    [photo] = actions.receive(people.xiaolin, sent(drawn_jpeg)).photos
    answer = log_in(people.xiaolin).get(f"/photos/{photo.sha256}?size={size}")
    assert (answer.status_code, answer.headers["Retry-After"]) == (404, "3")
    assert "照片正在处理" in answer.text
    assert "max-age" not in answer.headers.get("Cache-Control", "")
    assert log_in(people.xiaolin).get(f"/photos/{photo.sha256}?size=original").status_code == 200


@pytest.mark.parametrize("hashed", ["0" * 64, "g" * 64, "A" * 64])
def test_a_guessed_hash_leads_nowhere(log_in: Any, people: Any, hashed: str) -> None:
    assert log_in(people.admin).get(f"/photos/{hashed}?size=320").status_code == 404


def test_nobody_gets_it_without_a_login(log_in: Any, url: str) -> None:
    assert log_in(None).get(f"{url}?size=320").status_code == 303
