"""A watermark on the photos of an issue: chosen for the issue, by default as units have set; frozen with it."""

import io
from typing import Any

import pytest
from PIL import Image

from fieldwork.briefings import actions, documents, queries
from fieldwork.briefings.models import Briefing
from fieldwork.briefings.schemas import BriefingIn
from fieldwork.briefings.sheet import Sheet
from fieldwork.cases.models import Case
from fieldwork.people.models import Unit, User
from fieldwork.photos import files
from fieldwork.photos.models import Photo
from tests.briefings import making
from tests.briefings.test_photos import LEFT, change, check, covered_halves, printed, striped, with_model
from tests.review import making as cases


@pytest.fixture
def model(people: Any, app: Any) -> Case:
    return cases.promoted(people)


@pytest.fixture
def photo(people: Any, model: Case) -> Photo:
    """A light one with fine stripes, which is checked."""
    return making.photo_of(people, model, striped(1200, 900, 180), "议事现场")


@pytest.fixture
def draft(people: Any, model: Case, photo: Photo) -> Briefing:
    return with_model(people, model)


def with_watermark(people: Any, draft: Briefing, choice: str) -> Briefing:
    now = making.fresh(draft)
    return actions.edit(people.office, now, now.version, BriefingIn.model_validate(making.HEAD | {"watermark": choice}))


def marks(briefing: Briefing) -> list[tuple[str, ...]]:
    now = making.fresh(briefing)
    return [one.mark for one in documents.standing_sheet(now, queries.items_of(now)).pictures.values()]


def is_marked(content: bytes) -> bool:
    corner = Image.open(io.BytesIO(content)).convert("L")
    return corner.crop((0, corner.height * 3 // 4, corner.width // 3, corner.height)).getextrema()[0] < 130


def of_the_unit(people: Any, *, has_watermark: bool) -> None:
    Unit.update(has_watermark=has_watermark).where(Unit.id == people.xiaolin.unit_id).execute()


def test_a_new_issue_shows_none(log_in: Any, people: Any, draft: Briefing) -> None:
    assert marks(draft) == [()]
    assert [is_marked(content) for content in printed(draft)] == [False]
    assert log_in(people.office).get("/briefings/new").text.count('value="unit" checked') == 1


@pytest.mark.parametrize(("choice", "without", "with_it"), [("unit", 0, 3), ("all", 3, 3), ("none", 0, 0)])
def test_the_office_chooses_for_the_issue(
    people: Any, draft: Briefing, choice: str, without: int, with_it: int
) -> None:
    with_watermark(people, draft, choice)
    assert [len(mark) for mark in marks(draft)] == [without]
    of_the_unit(people, has_watermark=True)
    assert [len(mark) for mark in marks(draft)] == [with_it]
    assert [is_marked(content) for content in printed(making.fresh(draft))] == [with_it > 0]


def test_an_issue_keeps_its_marks_whatever_is_named_or_set_later(log_in: Any, people: Any, draft: Briefing) -> None:
    with_watermark(people, draft, "all")
    issued = making.issued(people, draft)
    [said] = marks(issued)
    before = printed(issued)
    User.update(name="改过名").where(User.id == people.xiaolin.id).execute()
    Unit.update(name="改过名").execute()
    assert marks(issued) == [said]
    assert printed(issued) == before
    [key] = documents.standing_sheet(issued, []).pictures
    client = log_in(people.county)
    assert is_marked(client.get(f"/briefings/{issued.uid}/photos/{key}").data)
    without, _, _ = key.rpartition("-")
    assert client.get(f"/briefings/{issued.uid}/photos/{without}").status_code == 404
    assert key not in client.get(f"/briefings/{issued.uid}.html").text


def test_a_file_that_got_lost_is_made_again_with_its_marks(people: Any, draft: Briefing) -> None:
    with_watermark(people, draft, "all")
    issued = making.issued(people, draft)
    first = documents.docx_of(making.fresh(issued))
    files.store().delete(f"briefings/{issued.uid}.docx")
    assert documents.docx_of(making.fresh(issued)) == first


def test_the_mark_lies_over_the_mosaic(people: Any, draft: Briefing, photo: Photo) -> None:
    change(people, photo, LEFT)
    check(people, Photo.get_by_id(photo.id))
    with_watermark(people, draft, "all")
    [content] = printed(making.fresh(draft))
    assert covered_halves(content) == (True, False)
    assert is_marked(content)


def test_sheets_of_earlier_releases_have_no_marks_and_still_read(people: Any, draft: Briefing) -> None:
    issued = making.issued(people, draft)
    data = dict(issued.frozen) | {"format": 2}
    for item in data["items"]:
        for picture in item["pictures"]:
            del picture["mark"]
    assert [picture.mark for picture in Sheet.from_data(data).pictures.values()] == [()]


@pytest.mark.parametrize("choice", ["", "always", "1"])
def test_another_choice_than_these_is_refused_at_its_field(
    log_in: Any, people: Any, draft: Briefing, choice: str
) -> None:
    sent = making.HEAD | {"watermark": choice, "version": making.fresh(draft).version}
    answer = log_in(people.office).post(f"/briefings/{draft.uid}/edit", data=sent)
    assert answer.status_code == 422
    assert "f-watermark-fault" in answer.text


def test_the_head_of_an_issued_issue_opens_for_nobody(log_in: Any, people: Any, draft: Briefing) -> None:
    client, url = log_in(people.office), f"/briefings/{draft.uid}/edit"
    assert client.get(url).status_code == 200
    making.issued(people, draft)
    answer = client.get(url)
    assert (answer.status_code, "watermark" in answer.text) == (409, False)
    assert "已经签发" in answer.text
