"""Photos nobody has checked: who finds them where, and that the word is given for what was seen."""

from typing import Any

import pytest

from fieldwork.core.db import database
from fieldwork.photos import mosaic
from fieldwork.photos.models import Photo
from fieldwork.photos.schemas import Box
from tests.photos.sending import drawn, ready
from tests.photos.test_gallery import visit_with
from tests.problems import making

HTMX = {"HX-Request": "true"}
PAGE = "/photos/unchecked"


@pytest.fixture
def photo(app: Any, people: Any) -> Photo:
    """On a visit and on a problem of the north county."""
    [photo] = ready(people.xiaolin, drawn(31))
    visit_with(people, photo)
    making.problem(people, held=[photo.sha256])
    return photo


def fresh(photo: Photo) -> Photo:
    return Photo.get_by_id(photo.id)


def test_each_desk_finds_once_what_it_may_check_with_the_records(log_in: Any, people: Any, photo: Photo) -> None:
    for name, times in (("county", 1), ("office", 1), ("city", 1), ("east", 0)):
        text = log_in(getattr(people, name)).get(PAGE).text
        assert text.count(f'id="photo-{photo.sha256}"') == times
        assert text.count("tile-record") == 2 * times
    assert log_in(people.xiaolin).get(PAGE).status_code == 403
    assert "照片检查" in log_in(people.county).get("/me/").text
    assert "照片检查" not in log_in(people.xiaolin).get("/me/").text


def test_two_records_of_a_photo_stand_there_and_the_others_are_folded_away(
    log_in: Any, people: Any, photo: Photo
) -> None:
    client = log_in(people.county)
    assert "<details" not in tile_of(client.get(PAGE).text)
    for _ in range(5):
        visit_with(people, photo)
    in_sight, _, folded = tile_of(client.get(PAGE).text).partition("<details")
    assert "<summary>另有 5 条</summary>" in folded
    assert (in_sight.count("tile-record"), folded.count("tile-record")) == (2, 5)


def tile_of(page: str) -> str:
    """The one tile of the page."""
    return page.partition('<li class="tile"')[2].partition("</li>")[0]


def test_they_can_be_asked_for_by_kind(log_in: Any, people: Any, photo: Photo) -> None:
    client = log_in(people.county)
    shown = {kind: photo.sha256 in client.get(f"{PAGE}?kind={kind}").text for kind in ("visit", "problem", "case", "x")}
    assert shown == {"visit": True, "problem": True, "case": False, "x": True}


def test_more_photos_ask_no_more_of_the_database(log_in: Any, people: Any, photo: Photo, monkeypatch: Any) -> None:
    client = log_in(people.county)
    asked: list[str] = []
    execute = database.obj.execute_sql
    monkeypatch.setattr(database.obj, "execute_sql", lambda sql, *more: (asked.append(sql), execute(sql, *more))[1])

    def queries() -> int:
        asked.clear()
        assert client.get(PAGE).status_code == 200
        return len(asked)

    queries()
    few = queries()
    for shade in range(40, 52):
        visit_with(people, *ready(people.xiaolin, drawn(shade)))
    assert queries() == few
    assert client.get(PAGE).text.count('class="tile"') == 13


def test_a_form_marks_it_and_leads_back_to_the_photo(log_in: Any, people: Any, photo: Photo) -> None:
    client, url = log_in(people.county), f"/photos/{photo.sha256}/check"
    answer = client.post(url, data={"seen": "", "next": f"{PAGE}#photo-{photo.sha256}"})
    assert (answer.status_code, answer.location) == (303, f"{PAGE}#photo-{photo.sha256}")
    assert fresh(photo).checked_by == people.county
    assert photo.sha256 not in client.get(PAGE).text
    assert client.post(url, data={"undo": "1"}).location.endswith(f"#photo-{photo.sha256}")
    assert fresh(photo).checked_at is None
    assert client.post(url, data={"next": "https://elsewhere.example/"}).location == "/"


def test_with_htmx_only_its_tools_come_anew(log_in: Any, people: Any, photo: Photo) -> None:
    client, url = log_in(people.county), f"/photos/{photo.sha256}/check"
    answer = client.post(url, data={"seen": "", "number": "7", "next": PAGE}, headers=HTMX)
    assert answer.status_code == 200
    assert "已检查" in answer.text
    assert 'aria-label="撤销检查，照片 7"' in answer.text
    assert "<html" not in answer.text


def test_what_was_not_seen_is_not_marked_and_it_is_said_there(log_in: Any, people: Any, photo: Photo) -> None:
    mosaic.cover(people.xiaolin, photo, "", [Box(x=0, y=0, width=0.5, height=0.5)])
    client, url = log_in(people.county), f"/photos/{photo.sha256}/check"
    assert photo.sha256 not in client.get(PAGE).text
    answer = client.post(url, data={"seen": ""}, headers=HTMX)
    assert answer.status_code == 409
    assert "马赛克刚有人改过" in answer.text
    assert client.post(url, data={"seen": ""}).status_code == 409
    assert fresh(photo).checked_at is None


def test_a_record_s_page_offers_it_to_desks_only(log_in: Any, people: Any, photo: Photo) -> None:
    visit = visit_with(people, photo)
    for name, is_offered in (("county", True), ("xiaolin", False), ("leader", False)):
        assert ("标为已检查" in log_in(getattr(people, name)).get(f"/visits/{visit.uid}").text) == is_offered
