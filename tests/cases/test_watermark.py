"""A watermark on the photos of a case's Word file: as the unit that recorded it has set, or as who exports it says."""

import io
from typing import Any

import pytest
from docx import Document
from PIL import Image

from fieldwork.cases.models import Case
from fieldwork.people.models import Unit
from fieldwork.photos import actions as photos
from fieldwork.photos import files, mosaic
from fieldwork.photos.models import Photo
from tests.photos.sending import ready
from tests.review import making
from tests.support.pictures import encoded

PLAIN = (200, 200, 200)


@pytest.fixture
def photo(people: Any, app: Any) -> Photo:
    [photo] = ready(people.xiaolin, encoded(Image.new("RGB", (1200, 900), PLAIN), "PNG"))
    return photo


@pytest.fixture
def model(people: Any, photo: Photo) -> Case:
    """A model of xiaolin's with one photo, which is checked; `stranger` only reads it."""
    case = making.promoted(people)
    photos.attach(people.xiaolin, case, [photo.sha256], {})
    mosaic.check(people.office, photo, "")
    return case


def is_marked(client: Any, case: Case, query: str = "") -> bool:
    """Whether the picture in the Word file differs in its left lower corner from what the photo shows."""
    document = Document(io.BytesIO(client.get(f"/cases/{case.uid}.docx{query}").data))
    [picture] = [part.blob for part in document.part.package.iter_parts() if "/media/" in part.partname]
    seen = Image.open(io.BytesIO(picture)).convert("L")
    assert seen.crop((1000, 0, 1200, 300)).getextrema()[0] > 190
    return seen.crop((0, 650, 400, 900)).getextrema()[0] < 130


def of_the_unit(people: Any, *, has_watermark: bool) -> None:
    Unit.update(has_watermark=has_watermark).where(Unit.id == people.xiaolin.unit_id).execute()


def test_there_is_none_unless_somebody_wants_one(log_in: Any, people: Any, model: Case) -> None:
    assert [is_marked(log_in(who), model) for who in (people.xiaolin, people.county, people.stranger)] == [False] * 3


def test_whoever_reviews_or_wrote_it_chooses_for_each_file(log_in: Any, people: Any, model: Case) -> None:
    for who in (people.xiaolin, people.county, people.office):
        client = log_in(who)
        of_the_unit(people, has_watermark=False)
        assert is_marked(client, model, "?watermark=all")
        assert not is_marked(client, model, "?watermark=rubbish")
        of_the_unit(people, has_watermark=True)
        assert is_marked(client, model)
        assert not is_marked(client, model, "?watermark=none")


def test_a_reader_is_not_told_the_minute_unless_the_unit_tells_it(log_in: Any, people: Any, model: Case) -> None:
    reader = log_in(people.stranger)
    assert not is_marked(reader, model, "?watermark=all")
    of_the_unit(people, has_watermark=True)
    assert is_marked(reader, model)
    assert is_marked(reader, model, "?watermark=none")


def test_the_page_offers_the_other_way_to_who_may_choose(log_in: Any, people: Any, model: Case) -> None:
    with_it, without = f"/cases/{model.uid}.docx?watermark=all", f"/cases/{model.uid}.docx?watermark=none"
    text = log_in(people.county).get(f"/cases/{model.uid}").text
    assert (with_it in text, without in text) == (True, False)
    of_the_unit(people, has_watermark=True)
    text = log_in(people.county).get(f"/cases/{model.uid}").text
    assert (with_it in text, without in text) == (False, True)
    assert "watermark=" not in log_in(people.stranger).get(f"/cases/{model.uid}").text


def test_a_case_without_photos_to_print_offers_nothing(log_in: Any, people: Any, photo: Photo) -> None:
    case = making.banked(people)
    photos.attach(people.xiaolin, case, [photo.sha256], {})
    assert "watermark=" not in log_in(people.county).get(f"/cases/{case.uid}").text


def test_it_is_drawn_on_what_is_given_out_and_on_nothing_that_is_kept(
    log_in: Any, people: Any, model: Case, photo: Photo
) -> None:
    keys = [files.original_key(photo.sha256), *(files.derived_key(photo.sha256, size) for size in (320, 1280, 2400))]
    before = [files.store().read(key) for key in keys]
    assert is_marked(log_in(people.county), model, "?watermark=all")
    assert [files.store().read(key) for key in keys] == before
