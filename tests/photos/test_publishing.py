"""Who sees a case only because it is a model sees those of its photos that may be published, and no others."""

import io
from typing import Any

import pytest
from docx import Document

from fieldwork.cases import documents
from fieldwork.cases.models import Case
from fieldwork.core import jobs
from fieldwork.errors import NotYet
from fieldwork.photos import access, actions, mosaic
from fieldwork.photos.actions import attach
from fieldwork.photos.models import Photo
from fieldwork.photos.schemas import Box
from tests.api.calling import Phone
from tests.photos.sending import drawn, ready
from tests.review.making import banked, promoted

SIZES = ("320", "1280", "2400")
LEFT = Box(x=0, y=0, width=0.5, height=1)


@pytest.fixture
def two(app: Any, people: Any) -> list[Photo]:
    """The first of them is checked, the second is not."""
    checked, unchecked = ready(people.xiaolin, drawn(1), drawn(2))
    return [checked, unchecked]


@pytest.fixture
def model(people: Any, two: list[Photo]) -> Case:
    """A model of the north county with both photos; `stranger` works in the east."""
    case = promoted(people)
    attach(people.xiaolin, case, [photo.sha256 for photo in two], {})
    mosaic.check(people.office, two[0], "")
    return case


@pytest.mark.parametrize("size", [*SIZES, "original"])
def test_a_reader_of_a_model_gets_what_was_checked_and_nothing_else(
    log_in: Any, people: Any, model: Case, two: list[Photo], size: str
) -> None:
    answers = [log_in(people.stranger).get(f"/photos/{photo.sha256}?size={size}") for photo in two]
    assert [answer.status_code for answer in answers] == [404 if size == "original" else 200, 404]
    if size != "original":
        assert log_in(people.county).get(f"/photos/{two[1].sha256}?size={size}").status_code == 200


@pytest.mark.parametrize("size", SIZES)
def test_what_is_covered_anew_is_withheld_until_it_is_checked_again(
    log_in: Any, people: Any, model: Case, two: list[Photo], size: str
) -> None:
    reader, url = log_in(people.stranger), f"/photos/{two[0].sha256}?size={size}"
    covered = mosaic.cover(people.xiaolin, two[0], "", [LEFT])
    assert reader.get(url).status_code == 404
    jobs.work_off()
    assert reader.get(url).status_code == 404
    mosaic.check(people.county, covered, covered.mosaic_key)
    assert reader.get(url).status_code == 200
    assert reader.get(f"{url}&clear=1").status_code == 404


def test_pages_and_the_api_list_the_same_photos_as_are_handed_out(
    app: Any, log_in: Any, people: Any, model: Case, two: list[Photo]
) -> None:
    pages = (f"/cases/{model.uid}", f"/photos/of/case/{model.uid}")
    for who, shown in ((people.stranger, [True, False]), (people.xiaolin, [True, True]), (people.county, [True, True])):
        for page in pages:
            text = log_in(who).get(page, headers={"HX-Request": "true"}).text
            assert [photo.sha256 in text for photo in two] == shown
        listed = Phone(app, who).call("GET", f"/cases/{model.uid}").json["photos"]
        assert [photo.sha256 in {one["sha256"] for one in listed} for photo in two] == shown


def test_the_page_says_how_many_are_left_out_to_who_works_on_it(log_in: Any, people: Any, model: Case) -> None:
    said = "1 张照片还没有标为已检查"
    assert said in log_in(people.xiaolin).get(f"/cases/{model.uid}").text
    assert said not in log_in(people.stranger).get(f"/cases/{model.uid}").text


@pytest.mark.parametrize("make", [promoted, banked])
def test_a_case_in_word_holds_only_what_was_checked(log_in: Any, people: Any, two: list[Photo], make: Any) -> None:
    case = make(people)
    attach(people.xiaolin, case, [photo.sha256 for photo in two], {})

    def pictures() -> int:
        return len(Document(io.BytesIO(log_in(people.xiaolin).get(f"/cases/{case.uid}.docx").data)).inline_shapes)

    assert pictures() == 0
    mosaic.check(people.office, two[0], "")
    assert pictures() == 1


def test_who_sent_a_photo_sees_it_on_a_model_of_others_too(log_in: Any, people: Any, two: list[Photo]) -> None:
    [lent] = ready(people.stranger, drawn(3))
    actions.lend(people.xiaolin, lent.sha256)
    case = promoted(people)
    attach(people.xiaolin, case, [two[1].sha256, lent.sha256], {})
    assert log_in(people.stranger).get(f"/photos/{lent.sha256}?size=320").status_code == 200
    assert not access.is_visible(Photo.get_by_id(two[1].id), people.stranger)


def test_a_case_in_word_shows_photos_as_they_were_checked_or_is_not_made(
    people: Any, model: Case, two: list[Photo], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody takes the mosaic away between the question which photos were checked and the reading of their files."""
    covered = mosaic.cover(people.xiaolin, two[0], "", [LEFT])
    jobs.work_off()
    mosaic.check(people.office, covered, covered.mosaic_key)
    read = documents.all_printed

    def meanwhile(*arguments: Any) -> dict[str, bytes]:
        mosaic.uncover(people.xiaolin, Photo.get_by_id(two[0].id), covered.mosaic_key)
        jobs.work_off()
        return read(*arguments)

    monkeypatch.setattr(documents, "all_printed", meanwhile)
    with pytest.raises(NotYet):
        documents.docx_of(model, "none")


@pytest.mark.parametrize("who", ["xiaolin", "county", "stranger"])
def test_the_api_tells_when_photos_were_taken_to_those_the_page_tells_it(
    app: Any, people: Any, model: Case, two: list[Photo], who: str
) -> None:
    Photo.update(taken_at=model.updated_at).execute()
    listed = Phone(app, getattr(people, who)).call("GET", f"/cases/{model.uid}").json["photos"]
    assert {bool(one["taken_at"]) for one in listed} == {who != "stranger"}


def test_a_model_that_is_thrown_away_shows_nothing(log_in: Any, people: Any, model: Case, two: list[Photo]) -> None:
    Case.update(deleted_at=model.updated_at).where(Case.id == model.id).execute()
    assert log_in(people.stranger).get(f"/photos/{two[0].sha256}?size=320").status_code == 404
