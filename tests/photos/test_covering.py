"""The page on which a person covers parts of a photo: who comes in, what is sent, and that nothing drawn is lost."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldwork.photos import gridding, labels, mosaic
from fieldwork.photos.models import Photo
from fieldwork.photos.schemas import Box
from tests.photos.sending import drawn, ready
from tests.photos.test_gallery import visit_with

LEFT = {"left": "0", "top": "0", "wide": "33.33", "high": "100"}
CELLS = st.sets(st.tuples(st.integers(0, gridding.COLUMNS - 1), st.integers(0, gridding.ROWS - 1)))


@pytest.fixture
def photo(app: Any, people: Any) -> Photo:
    [photo] = ready(people.xiaolin, drawn(77))
    visit_with(people, photo)
    return photo


def fresh(photo: Photo) -> Photo:
    return Photo.get_by_id(photo.id)


@given(CELLS)
def test_the_rectangles_are_exactly_the_checked_cells(cells: set[tuple[int, int]]) -> None:
    covered = [(x + n, y + m) for x, y, wide, high in gridding.merged(cells) for n in range(wide) for m in range(high)]
    assert sorted(covered) == sorted(cells)


def test_who_may_cover_is_shown_the_page_and_nobody_else(log_in: Any, people: Any, photo: Photo) -> None:
    address = f"/photos/{photo.sha256}/mosaic"
    given = {
        name: log_in(getattr(people, name)).get(address).status_code
        for name in ("xiaolin", "county", "leader", "stranger")
    }
    assert given == {"xiaolin": 200, "county": 200, "leader": 403, "stranger": 404}


def test_a_person_taps_cells_and_is_back_at_the_photo(log_in: Any, people: Any, photo: Photo) -> None:
    answer = log_in(people.xiaolin).post(f"/photos/{photo.sha256}/mosaic", data={"cell": ["0-0", "1-0"]})
    assert answer.status_code == 303
    assert answer.location.endswith(f"#photo-{photo.sha256}")
    assert fresh(photo).mosaic == [[0, 0, 0.3333, 0.2]]


def test_an_address_elsewhere_is_not_followed(log_in: Any, people: Any, photo: Photo) -> None:
    data = {**LEFT, "next": "https://elsewhere.example/"}
    assert log_in(people.xiaolin).post(f"/photos/{photo.sha256}/mosaic", data=data).location == "/"


def test_who_may_only_add_saves_the_fixed_boxes_unchanged(log_in: Any, people: Any, photo: Photo) -> None:
    covered = mosaic.cover(people.xiaolin, photo, "", [Box(x=0.1234, y=0.07, width=0.3333, height=0.5801)])
    client = log_in(people.county)
    row = gridding.in_percent(covered.mosaic[0])
    both = {name: [row[name], LEFT[name]] for name in LEFT}
    data = {**both, "seen": covered.mosaic_key}
    assert client.post(f"/photos/{photo.sha256}/mosaic", data=data).status_code == 303
    assert len(fresh(photo).mosaic) == 2


def test_what_is_wrong_is_said_at_its_row_and_stays(log_in: Any, people: Any, photo: Photo) -> None:
    data = {**LEFT, "wide": "abc", "cell": "2-2"}
    answer = log_in(people.xiaolin).post(f"/photos/{photo.sha256}/mosaic", data=data)
    assert answer.status_code == 422
    assert 'value="abc"' in answer.text
    assert 'id="row-0-fault"' in answer.text
    assert 'value="2-2" aria-label="第 3 行第 3 列" checked' in answer.text


def test_an_unwanted_box_is_left_out(log_in: Any, people: Any, photo: Photo) -> None:
    data = {**LEFT, "gone": "0", "cell": "5-4"}
    assert log_in(people.xiaolin).post(f"/photos/{photo.sha256}/mosaic", data=data).status_code == 303
    assert len(fresh(photo).mosaic) == 1


def test_of_two_at_once_the_second_keeps_what_they_drew(log_in: Any, people: Any, photo: Photo) -> None:
    covered = mosaic.cover(people.xiaolin, photo, "", [Box(x=0.5, y=0.5, width=0.25, height=0.25)])
    answer = log_in(people.xiaolin).post(f"/photos/{photo.sha256}/mosaic", data={**LEFT, "seen": ""})
    assert answer.status_code == 409
    assert labels.CHANGED in answer.text
    assert all(f'value="{said}"' in answer.text for said in ("33.33", "25", covered.mosaic_key))


def test_it_is_taken_away_by_its_owner(log_in: Any, people: Any, photo: Photo) -> None:
    covered = mosaic.cover(people.xiaolin, photo, "", [Box(x=0.5, y=0.5, width=0.25, height=0.25)])
    client = log_in(people.xiaolin)
    assert "去掉马赛克" in client.get(f"/photos/{photo.sha256}/mosaic").text
    assert client.post(f"/photos/{photo.sha256}/unveiling", data={"seen": covered.mosaic_key}).status_code == 303
    assert fresh(photo).mosaic == []
