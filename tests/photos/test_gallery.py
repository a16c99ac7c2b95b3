"""The photos of a record on its page: in their place at once, in words while they are made or when they cannot be."""

import re
from typing import Any

import pytest

from fieldwork.core import jobs
from fieldwork.photos import actions, gallery, labels
from fieldwork.photos.models import BROKEN, Photo
from fieldwork.photos.queries import ShownPhoto, pairs_of
from fieldwork.visits.actions import record_visit
from fieldwork.visits.models import Visit
from fieldwork.visits.schemas import VisitIn
from tests.photos.sending import drawn, ready, sent

HTMX = {"HX-Request": "true"}


def visit_with(people: Any, *photos: Photo, **more: Any) -> Visit:
    """A visit of xiaolin that shows these photos."""
    shown = VisitIn(unit=people.units.stones.uid, text="渠道", held=[photo.sha256 for photo in photos], **more)
    return record_visit(people.xiaolin, shown)


def shown(purpose: str, state: str = "ready") -> ShownPhoto:
    return ShownPhoto(f"{purpose}-{state}", "", 640, 480, purpose, None, state)


def test_a_photo_is_in_its_place_before_it_has_come(log_in: Any, people: Any) -> None:
    [photo] = ready(people.xiaolin, drawn(120))
    page = log_in(people.county).get(f"/visits/{visit_with(people, photo).uid}").text
    assert f"data:image/webp;base64,{photo.placeholder}" in page
    tile = re.search(r'<noscript>(<img class="tile-image" src[^>]*>)', page)
    assert tile and all(said in tile[0] for said in ('loading="lazy"', 'decoding="async"', 'width="64"', 'height="48"'))
    assert f'href="/photos/{photo.sha256}?size=1280"' in page


def test_the_gallery_asks_again_only_while_something_is_being_made(log_in: Any, people: Any) -> None:
    photos = actions.receive(people.xiaolin, sent(drawn(1), drawn(2))).photos
    visit = visit_with(people, *photos)
    client = log_in(people.county)
    page = client.get(f"/visits/{visit.uid}").text
    again = f"/photos/of/visit/{visit.uid}?look=1"
    assert page.count("处理中") == 2
    assert page.count(again) == 1
    fragment = client.get(again, headers=HTMX).text
    assert "look=2" in fragment
    assert "<html" not in fragment
    jobs.work_off()
    settled = client.get(again, headers=HTMX).text
    assert settled.count('class="tile-link"') == 2
    assert "hx-get" not in settled


def test_it_stops_asking_after_some_minutes(log_in: Any, people: Any) -> None:
    visit = visit_with(people, *actions.receive(people.xiaolin, sent(drawn(3))).photos)
    client = log_in(people.xiaolin)
    last = len(gallery.WAITS_S)
    looks = [client.get(f"/photos/of/visit/{visit.uid}?look={n}", headers=HTMX).text for n in (last - 1, last, -1)]
    assert ["hx-get" in text for text in looks] == [True, False, False]
    assert all("处理中" in text for text in looks)
    assert 60 < sum(gallery.WAITS_S) < 300


def test_a_photo_that_cannot_be_shown_says_why(log_in: Any, people: Any) -> None:
    [photo] = ready(people.xiaolin, drawn(4))
    visit = visit_with(people, photo)
    Photo.update(state=BROKEN, reason="photo_too_demanding").where(Photo.id == photo.id).execute()
    page = log_in(people.xiaolin).get(f"/visits/{visit.uid}").text
    assert "打不开" in page
    assert "需处理" in page
    assert labels.REFUSALS["photo_too_demanding"] in page
    assert f"/photos/{photo.sha256}" not in page


@pytest.mark.parametrize("reason", [*labels.REFUSALS, "", "new_some_day"])
def test_every_reason_reads_as_a_sentence(reason: str) -> None:
    assert re.search("[{}]", labels.reason_in_words(reason)) is None
    assert labels.reason_in_words(reason).endswith("。")


def test_while_a_mosaic_is_drawn_nothing_of_the_photo_is_shown(log_in: Any, people: Any) -> None:
    [photo] = ready(people.xiaolin, drawn(5))
    visit = visit_with(people, photo)
    Photo.update(mosaic_key="ab12").where(Photo.id == photo.id).execute()
    client = log_in(people.xiaolin)
    page = client.get(f"/visits/{visit.uid}").text
    assert "正在加马赛克" in page
    assert "处理中" not in page
    assert photo.placeholder not in page
    Photo.update(is_mosaic_ready=True).where(Photo.id == photo.id).execute()
    page = client.get(f"/visits/{visit.uid}").text
    assert f"/photos/{photo.sha256}?size=320&amp;v=ab12" in page
    assert photo.placeholder not in page


def test_the_fragment_is_for_those_who_see_the_record(log_in: Any, people: Any) -> None:
    [photo] = ready(people.xiaolin, drawn(6))
    draft = visit_with(people, photo, draft=True)
    url = f"/photos/of/visit/{draft.uid}"
    given = {name: log_in(getattr(people, name)).get(url, headers=HTMX).status_code for name in ("xiaolin", "city")}
    assert given == {"xiaolin": 200, "city": 404}
    assert log_in(people.xiaolin).get(f"/photos/of/problem/{draft.uid}", headers=HTMX).status_code == 404
    assert log_in(people.xiaolin).get(f"/photos/of/nothing/{draft.uid}", headers=HTMX).status_code == 404


def test_without_htmx_it_leads_to_the_record(log_in: Any, people: Any) -> None:
    visit = visit_with(people)
    answer = log_in(people.xiaolin).get(f"/photos/of/visit/{visit.uid}")
    assert (answer.status_code, answer.location) == (303, f"/visits/{visit.uid}")


def test_before_and_after_stand_beside_each_other() -> None:
    before, after, other = shown("shown"), shown("evidence"), shown("evidence")
    assert pairs_of([before, after, other]) == [(before, after), (before, other)]
    assert pairs_of([before]) == []
    assert pairs_of([before, shown("evidence", "pending")]) == []
