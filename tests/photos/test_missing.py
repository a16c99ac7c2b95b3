"""Files that went missing or were damaged: what is made anew, what comes back by itself, what by being sent again."""

from typing import Any

import pytest
from flask import Flask

from fieldwork import checking
from fieldwork.core import jobs
from fieldwork.errors import NotYet, StorageUnavailable
from fieldwork.photos import actions, covering, files, keeping, labels, mosaic, processing
from fieldwork.photos.derivatives import SIZES
from fieldwork.photos.models import BROKEN, Photo
from fieldwork.photos.schemas import Box
from tests.briefings import making
from tests.photos.sending import drawn, ready, sent
from tests.photos.test_gallery import visit_with
from tests.review.making import promoted

BODY = drawn(81)


@pytest.fixture
def photo(app: Flask, people: Any) -> Photo:
    """Ready, and shown on a visit of xiaolin's."""
    [photo] = ready(people.xiaolin, BODY)
    visit_with(people, photo)
    return photo


def now(photo: Photo) -> Photo:
    return Photo.get_by_id(photo.id)


def keys_of(photo: Photo) -> list[str]:
    return [files.original_key(photo.sha256), *(files.derived_key(photo.sha256, size) for size in SIZES)]


def lose(photo: Photo) -> dict[str, bytes]:
    """All its files, taken away; and noticed by somebody who looked."""
    taken = {key: files.store().read(key) for key in keys_of(photo)}
    for key in taken:
        files.store().delete(key)
    return taken


def look(log_in: Any, people: Any, photo: Photo) -> int:
    status: int = log_in(people.xiaolin).get(f"/photos/{photo.sha256}?size=320").status_code
    jobs.work_off()
    return status


# --- sent again


def test_a_photo_whose_original_went_missing_is_shown_once_it_is_sent_again(
    log_in: Any, people: Any, photo: Photo
) -> None:
    lose(photo)
    assert look(log_in, people, photo) == 404
    assert (now(photo).state, now(photo).reason) == (BROKEN, "photo_missing")
    actions.receive(people.xiaolin, sent(BODY))
    jobs.work_off()
    assert look(log_in, people, photo) == 200
    assert files.store().read(files.original_key(photo.sha256)) == BODY


def test_sent_again_it_is_shown_also_when_its_original_had_come_back_first(
    log_in: Any, people: Any, photo: Photo
) -> None:
    taken = lose(photo)
    look(log_in, people, photo)
    for key, content in taken.items():
        files.store().put(key, content)
    actions.receive(people.xiaolin, sent(BODY))
    jobs.work_off()
    assert look(log_in, people, photo) == 200


def test_a_picture_that_was_too_much_is_tried_once_more_when_it_is_sent_again(people: Any, photo: Photo) -> None:
    Photo.update(state=BROKEN, reason="photo_too_demanding", attempts=3).where(Photo.id == photo.id).execute()
    actions.receive(people.xiaolin, sent(BODY))
    jobs.work_off()
    assert (now(photo).state, now(photo).attempts) == ("ready", 1)


def test_a_picture_that_cannot_be_opened_is_not_tried_for_ever(people: Any, photo: Photo) -> None:
    Photo.update(state=BROKEN, reason="photo_broken").where(Photo.id == photo.id).execute()
    actions.receive(people.xiaolin, sent(BODY))
    jobs.work_off()
    assert now(photo).state == BROKEN


@pytest.mark.parametrize("damaged", [b"", BODY[:-1]])
def test_a_damaged_original_is_named_and_replaced_when_it_is_sent_again(
    people: Any, photo: Photo, damaged: bytes
) -> None:
    files.store().put(files.original_key(photo.sha256), damaged)
    assert list(checking.faults_of_photo(photo.sha256)) == [f"photo {photo.sha256}: the original is damaged"]
    actions.receive(people.xiaolin, sent(BODY))
    jobs.work_off()
    assert list(checking.faults_of_photo(photo.sha256)) == []
    assert files.store().read(files.original_key(photo.sha256)) == BODY


# --- back by itself


def test_files_that_were_away_for_a_while_are_shown_again_by_themselves(log_in: Any, people: Any, photo: Photo) -> None:
    taken = lose(photo)
    look(log_in, people, photo)
    jobs.resume()
    jobs.work_off()
    assert now(photo).reason == "photo_missing"
    files.store().put(files.original_key(photo.sha256), taken[files.original_key(photo.sha256)])
    jobs.resume()
    jobs.work_off()
    assert look(log_in, people, photo) == 200


def test_of_many_that_stay_away_only_a_few_are_looked_for(
    people: Any, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(people.xiaolin, *map(drawn, range(5)))
    Photo.update(state=BROKEN, reason="photo_missing").execute()
    for one in Photo.select():
        files.store().delete(files.original_key(one.sha256))
    looked_for: list[str] = []
    real = files.has_original
    monkeypatch.setattr(files, "has_original", lambda photo: looked_for.append(photo.sha256) or real(photo))
    monkeypatch.setattr(processing, "LACKING_AT_ONCE", 3)
    processing.resume()
    assert len(looked_for) == 3
    files.store().put(files.original_key(photo.sha256), BODY)
    for _ in range(50):  # whatever is asked for first
        processing.resume()
    jobs.work_off()
    assert now(photo).state == "ready"


def test_while_the_store_does_not_answer_all_else_is_resumed(
    people: Any, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    Photo.update(state=BROKEN, reason="photo_missing").execute()

    def away(key: str) -> int:
        raise StorageUnavailable

    with monkeypatch.context() as patched:
        patched.setattr(files.store(), "size", away)
        jobs.resume()
    assert now(photo).state == BROKEN
    jobs.resume()
    assert now(photo).state == "pending"


# --- printed


@pytest.fixture
def printed(people: Any, photo: Photo) -> dict[str, str]:
    """The addresses of what shows the photo to readers: a model, and an issue with it."""
    model = promoted(people)
    actions.attach(people.xiaolin, model, [photo.sha256], {})
    mosaic.check(people.office, photo, "")
    making.with_item(people, briefing := making.draft(people), "case", model)
    making.issued(people, making.fresh(briefing))
    issue = f"/briefings/{briefing.uid}"
    return {
        "photo": f"{issue}/photos/{keeping.key_of(photo)}",
        "page": f"{issue}.html",
        "word": f"{issue}.docx",
        "case": f"/cases/{model.uid}.docx",
    }


@pytest.mark.parametrize("what", ["photo", "page", "word", "case"])
def test_what_is_printed_makes_pictures_anew_that_went_missing(
    log_in: Any, people: Any, photo: Photo, printed: dict[str, str], what: str
) -> None:
    for key in keys_of(photo)[1:]:
        files.store().delete(key)
    assert log_in(people.office).get(printed[what]).status_code == 200
    assert files.are_held(now(photo))


@pytest.mark.parametrize("what", ["photo", "page", "word", "case"])
def test_what_is_printed_says_so_when_the_original_is_gone_too(
    log_in: Any, people: Any, photo: Photo, printed: dict[str, str], what: str
) -> None:
    taken = lose(photo)
    answer = log_in(people.office).get(printed[what])
    assert answer.status_code == 404
    assert labels.REFUSALS["photo_missing"] in answer.text
    for key, content in taken.items():
        files.store().put(key, content)
    processing.resume()
    jobs.work_off()
    assert log_in(people.office).get(printed[what]).status_code == 200


def test_a_picture_that_cannot_be_kept_is_told_in_words(photo: Photo, monkeypatch: pytest.MonkeyPatch) -> None:
    lose(photo).clear()
    monkeypatch.setattr(processing, "derive", lambda sha256: None)
    with pytest.raises(NotYet):
        processing.picture(photo.sha256, 320)
    with pytest.raises(NotYet):
        processing.picture("0" * 64, 320)


def test_a_covered_picture_that_went_missing_is_made_anew_for_whoever_cannot_wait(people: Any, photo: Photo) -> None:
    covered = mosaic.cover(people.xiaolin, photo, "", [Box(x=0, y=0, width=1, height=1)])
    jobs.work_off()
    key = files.covered_key(photo.sha256, 1280, covered.mosaic_key)
    before = files.store().read(key)
    files.store().delete(key)
    assert covering.picture(photo.sha256, 1280) == files.store().read(key) == before
