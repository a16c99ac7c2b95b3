"""Whatever the address, the size and the state of a photo: nothing for strangers, what is covered for readers, all for
its owner, who handles the problem, and the administrator."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from werkzeug.test import TestResponse

from fieldwork.core import jobs
from fieldwork.journal import AuditEntry
from fieldwork.photos import covering, files, mosaic
from fieldwork.photos.models import Photo
from fieldwork.photos.schemas import Box
from tests.api.calling import Phone
from tests.photos.sending import ready
from tests.problems import making
from tests.support.pictures import encoded

SIZES = ("320", "1280", "2400")
WAYS = {"320": "size=320", "1280": "size=1280", "2400": "size=2400", "original": "size=original"}
BENEATH = {f"beneath {size}": f"size={size}&clear=1" for size in SIZES}
GREY, SIGN = (128, 128, 128), (250, 20, 20)
WHOLE = Box(x=0.25, y=0.25, width=0.5, height=0.5)

Ask = Callable[[Any, str], TestResponse]


@pytest.fixture
def photo(app: Flask, people: Any) -> Photo:
    """Something red amid grey, on a problem of the north county that the village handles."""
    picture = Image.new("RGB", (640, 480), GREY)
    for x in range(200, 440, 16):
        picture.paste(SIGN, (x, 180, x + 4, 300))
    [photo] = ready(people.xiaolin, encoded(picture, "PNG"))
    problem = making.problem(people, held=[photo.sha256])
    problem = making.step(people, people.county, problem, "verify")
    making.step(people, people.county, problem, "assign")
    return photo


@pytest.fixture(params=["page", "api"])
def ask(request: Any, app: Flask, log_in: Any, photo: Photo) -> Ask:
    """Ask for the photo as a browser does, and as a program with a token does."""
    if request.param == "page":
        return lambda who, query: log_in(who).get(f"/photos/{photo.sha256}?{query}")
    return lambda who, query: Phone(app, who).call("GET", f"/photos/{photo.sha256}?{query}")


def redness(answer: TestResponse) -> int:
    """How much redder than green the reddest of it is."""
    picture = Image.open(io.BytesIO(answer.data)).convert("RGB")
    return max(red - green for red, green, _ in picture.get_flattened_data())


@pytest.mark.parametrize("query", [*WAYS.values(), *BENEATH.values()], ids=[*WAYS, *BENEATH])
@pytest.mark.parametrize("is_covered", [False, True], ids=["as it is", "covered"])
def test_each_gets_what_is_theirs(ask: Ask, people: Any, photo: Photo, query: str, is_covered: bool) -> None:
    if is_covered:
        mosaic.cover(people.xiaolin, photo, "", [WHOLE])
        jobs.work_off()
    is_beneath = "clear" in query or "original" in query
    for who in (people.stranger, people.east):
        assert ask(who, query).status_code == 404
    for who in (people.county, people.office, people.sector):
        assert ask(who, query).status_code == (404 if is_beneath else 200)
    for who in (people.xiaolin, people.village, people.laoma, people.admin):
        answer = ask(who, query)
        assert answer.status_code == 200
        assert (redness(answer) > 100) == (is_beneath or not is_covered)


def test_each_look_beneath_is_named(ask: Ask, people: Any, photo: Photo) -> None:
    mosaic.cover(people.xiaolin, photo, "", [WHOLE])
    jobs.work_off()
    for query in ("size=320", "size=320&clear=1", "size=original"):
        ask(people.village, query)
    looks = AuditEntry.select().where(AuditEntry.action == "photo.looked_at", AuditEntry.actor == people.village)
    assert [look.detail["size"] for look in looks.order_by(AuditEntry.id)] == ["320", "original"]


@pytest.mark.parametrize("query", [*WAYS.values(), *BENEATH.values()], ids=[*WAYS, *BENEATH])
@pytest.mark.parametrize("hashed", ["0" * 64, "f" * 64])
def test_a_guess_leads_nowhere_for_anybody(
    app: Flask, log_in: Any, people: Any, photo: Photo, query: str, hashed: str
) -> None:
    flipped = photo.sha256[:-1] + ("0" if photo.sha256[-1] != "0" else "1")
    for who in (people.xiaolin, people.admin):
        for guess in (hashed, flipped):
            assert log_in(who).get(f"/photos/{guess}?{query}").status_code == 404
            assert Phone(app, who).call("GET", f"/photos/{guess}?{query}").status_code == 404


def test_a_token_that_only_sends_gets_no_picture(app: Flask, people: Any, photo: Photo) -> None:
    phone = Phone(app, people.xiaolin, scope="send")
    assert phone.call("GET", f"/photos/{photo.sha256}?size=320").status_code == 403


def test_a_covered_set_whose_job_was_lost_is_found_and_made(people: Any, photo: Photo) -> None:
    mosaic.cover(people.xiaolin, photo, "", [WHOLE])
    jobs.queue().flush()
    assert not Photo.get_by_id(photo.id).is_mosaic_ready
    covering.resume()
    jobs.work_off()
    covered = Photo.get_by_id(photo.id)
    assert covered.is_mosaic_ready
    assert files.covered_keys(photo.sha256, 1280) == [files.covered_key(photo.sha256, 1280, covered.mosaic_key)]
