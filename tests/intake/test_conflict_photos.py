"""Photos of two texts while their pictures are made: each comes to its place by itself, and to nobody else's page."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from fieldwork.core import jobs
from fieldwork.intake.models import CLOSED, Submission
from fieldwork.people.models import User
from fieldwork.photos import actions, gallery
from fieldwork.photos.models import BROKEN, Photo
from tests.intake.making import two_texts
from tests.photos.sending import drawn, ready, sent
from tests.support.cast import Cast

LogIn = Callable[[User | None], FlaskClient]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def made(people: Cast) -> Photo:
    """The photo of the text that came first."""
    return ready(people.xiaolin, drawn(1))[0]


@pytest.fixture
def coming(people: Cast, made: Photo) -> Photo:
    """The photo of the later text; nothing is made of it yet."""
    return actions.receive(people.xiaolin, sent(drawn(2))).photos[0]


@pytest.fixture
def waiting(people: Cast, made: Photo, coming: Photo) -> Submission:
    mine = [{"sha256": coming.sha256}, {"sha256": "a" * 64}]
    return two_texts(people.xiaolin, people.units.stones, {"photos": [{"sha256": made.sha256}]}, photos=mine)


def look(waiting: Submission, times: int) -> str:
    return f"/conflicts/{waiting.uid}/photos?look={times}"


def place(photo: Photo) -> str:
    return f'id="blank-{photo.sha256}"'


def comes_for(photo: Photo) -> str:
    return f'hx-swap-oob="outerHTML:#blank-{photo.sha256}"'


def test_the_page_asks_by_itself_for_what_is_being_made(log_in: LogIn, people: Cast, waiting: Submission) -> None:
    page = log_in(people.xiaolin).get(f"/conflicts/{waiting.uid}").text
    assert page.count(look(waiting, 1)) == 1
    assert "load delay:2s" in page
    assert "hx-swap-oob" not in page
    form = re.search(r"<form[^>]*/choice.*?</form>", page, re.DOTALL)
    assert form and "hx-get" not in form[0]


def test_what_is_made_comes_for_its_place_alone(
    log_in: LogIn, people: Cast, waiting: Submission, made: Photo, coming: Photo
) -> None:
    client = log_in(people.xiaolin)
    assert place(coming) in client.get(f"/conflicts/{waiting.uid}").text
    before = client.get(look(waiting, 1), headers=HTMX).text
    assert look(waiting, 2) in before and comes_for(coming) not in before
    jobs.work_off()
    after = client.get(look(waiting, 2), headers=HTMX).text
    assert comes_for(coming) in after
    assert 'alt="照片 2"' in after
    assert "hx-get" not in after
    assert "checkbox" not in after and "<html" not in after
    assert "hx-get" not in client.get(f"/conflicts/{waiting.uid}").text


def test_it_stops_asking_after_some_minutes(log_in: LogIn, people: Cast, waiting: Submission) -> None:
    client, last = log_in(people.xiaolin), len(gallery.WAITS_S)
    answers = [client.get(look(waiting, times), headers=HTMX).text for times in (last - 1, last, -1)]
    assert ["hx-get" in text for text in answers] == [True, False, False]


def test_where_only_keeping_is_left_ones_own_photos_come(
    log_in: LogIn, people: Cast, waiting: Submission, made: Photo, coming: Photo
) -> None:
    Submission.update(reason=CLOSED).where(Submission.id == waiting.id).execute()
    client = log_in(people.xiaolin)
    page = client.get(f"/conflicts/{waiting.uid}").text
    assert place(coming) in page and "tile-blank" in page and look(waiting, 1) in page
    jobs.work_off()
    answer = client.get(look(waiting, 1), headers=HTMX).text
    assert comes_for(coming) in answer and 'class="tile-image"' in answer and 'alt="您的照片 1"' in answer
    assert made.sha256 not in answer


def test_one_that_cannot_be_shown_says_so_and_is_not_waited_for(
    log_in: LogIn, people: Cast, waiting: Submission, coming: Photo
) -> None:
    Photo.update(state=BROKEN, reason="photo_too_demanding").where(Photo.id == coming.id).execute()
    page = log_in(people.xiaolin).get(f"/conflicts/{waiting.uid}").text
    assert "打不开" in page and "处理中" not in page and "照片还在路上" in page
    assert "hx-get" not in page


def test_they_come_to_the_author_only(log_in: LogIn, people: Cast, waiting: Submission) -> None:
    given = {name: log_in(getattr(people, name)).get(look(waiting, 1), headers=HTMX) for name in ("county", "stranger")}
    assert {answer.status_code for answer in given.values()} == {404}
    assert log_in(None).get(look(waiting, 1), headers=HTMX).status_code in {302, 303, 401}


def test_without_htmx_it_leads_to_the_page(log_in: LogIn, people: Cast, waiting: Submission) -> None:
    answer = log_in(people.xiaolin).get(look(waiting, 1))
    assert (answer.status_code, answer.location) == (303, f"/conflicts/{waiting.uid}")


def test_what_is_settled_or_gone_asks_for_nothing(log_in: LogIn, people: Cast, waiting: Submission) -> None:
    client = log_in(people.xiaolin)
    client.post(f"/conflicts/{waiting.uid}/choice", data={"keep": "1"})
    assert "hx-get" not in client.get(f"/conflicts/{waiting.uid}").text
    assert "hx-get" not in client.get(look(waiting, 1), headers=HTMX).text
