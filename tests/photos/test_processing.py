"""From the stored original to what pages show: in the background, once, and in words where it cannot be done."""

import errno
import io
from base64 import b64decode
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from fieldwork import clock
from fieldwork.core import jobs
from fieldwork.errors import NotYet, StorageFull, StorageUnavailable
from fieldwork.photos import actions, decoding, files, processing
from fieldwork.photos.models import BROKEN, PENDING, READY, Photo
from tests.photos.sending import sent
from tests.support.pictures import encoded


@pytest.fixture
def photo(app: Flask, people: Any, drawn_jpeg: bytes) -> Photo:
    """Received, and nothing made of it yet."""
    jobs.queue().flush()
    return actions.receive(people.xiaolin, sent(drawn_jpeg)).photos[0]


def fresh(photo: Photo) -> Photo:
    return Photo.get_by_id(photo.id)


def broken(people: Any) -> Photo:
    """Its header and its end are in order, what lies between is not."""
    whole = encoded(Image.effect_noise((400, 300), 90).convert("RGB"), "PNG")
    content = whole[:5000] + bytes(2000) + whole[7000:]
    return actions.receive(people.xiaolin, sent(content)).photos[0]


def raising(trouble: Exception) -> Any:
    """What does nothing but fail like this."""

    def fail(*arguments: Any) -> None:
        raise trouble

    return fail


def test_a_photo_is_held_at_once_and_shown_after_a_while(photo: Photo, drawn_jpeg: bytes) -> None:
    assert (fresh(photo).state, fresh(photo).placeholder) == ("pending", "")
    assert files.store().read(files.original_key(photo.sha256)) == drawn_jpeg
    jobs.work_off()
    assert fresh(photo).state == "ready"
    assert files.are_held(fresh(photo))


def test_its_placeholder_is_a_tiny_picture_of_the_same_shape(photo: Photo) -> None:
    jobs.work_off()
    placeholder = b64decode(fresh(photo).placeholder)
    assert len(placeholder) < 250
    assert Image.open(io.BytesIO(placeholder)).size == (16, 12)


def test_making_it_twice_changes_nothing(photo: Photo) -> None:
    jobs.work_off()
    before = files.derived(photo.sha256, 320), fresh(photo).attempts
    processing.derive(photo.sha256)
    assert (files.derived(photo.sha256, 320), fresh(photo).attempts) == before


def test_a_photo_that_cannot_be_shown_is_kept_and_says_why(app: Flask, people: Any, log_in: Any) -> None:
    one = broken(people)
    jobs.work_off()
    assert (fresh(one).state, fresh(one).reason) == ("broken", "photo_broken")
    client = log_in(people.xiaolin)
    assert client.get(f"/photos/{one.sha256}?size=original").status_code == 200
    answer = client.get(f"/photos/{one.sha256}?size=320")
    assert answer.status_code == 404
    assert "不完整或已损坏" in answer.text
    with pytest.raises(NotYet):
        processing.picture(one.sha256, 320)


def test_a_picture_that_takes_too_long_is_given_up_at_the_third_time(
    app: Flask, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    [one] = actions.receive(people.xiaolin, sent(encoded(Image.new("RGB", (8900, 6700))))).photos
    decoding.run(abs, -1)  # the process stands ready: what is measured is the picture
    monkeypatch.setattr(decoding, "SECONDS_MAX", 0.01)
    for _ in range(2):
        with pytest.raises(decoding.TooDemanding):
            processing.derive(one.sha256)
        assert fresh(one).state == "pending"
    processing.derive(one.sha256)
    assert (fresh(one).state, fresh(one).reason) == ("broken", "photo_too_demanding")


@pytest.mark.parametrize("failing", ["open", "put"])
@pytest.mark.parametrize("trouble", [StorageUnavailable(), StorageFull(), OSError(errno.EIO, "the disk fails")])
def test_a_store_that_fails_costs_the_picture_none_of_its_attempts(
    photo: Photo, monkeypatch: pytest.MonkeyPatch, failing: str, trouble: Exception
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(files.store(), failing, raising(trouble))
        for _ in range(processing.ATTEMPTS_MAX):
            with pytest.raises(type(trouble)):
                processing.derive(photo.sha256)
    with monkeypatch.context() as patched:
        patched.setattr(decoding, "run", raising(decoding.TooDemanding()))
        with pytest.raises(decoding.TooDemanding):
            processing.derive(photo.sha256)
    assert (fresh(photo).state, fresh(photo).attempts) == ("pending", 1)


def test_a_lost_job_is_found_again(photo: Photo) -> None:
    jobs.queue().flush()
    jobs.resume()
    assert jobs.queue().pending_count() == 0  # it may be under way
    with clock.at(clock.now() + timedelta(minutes=2)):
        jobs.resume()
    assert jobs.work_off() == 1
    assert fresh(photo).state == "ready"


def test_a_store_that_does_not_answer_makes_it_later(photo: Photo, monkeypatch: pytest.MonkeyPatch) -> None:
    class Away:
        def open(self, key: str) -> None:
            raise StorageUnavailable

    before = files.store()
    files.use(Away())  # type: ignore[arg-type]
    try:
        jobs.work_off()
    finally:
        files.use(before)
    assert fresh(photo).state == "pending"
    assert jobs.queue().scheduled_count() >= 1


def test_who_cannot_wait_has_it_made_at_once(photo: Photo) -> None:
    assert processing.picture(photo.sha256, 320)[:2] == b"\xff\xd8"
    assert fresh(photo).state == "ready"


@pytest.mark.parametrize(("state", "is_made_anew"), [(READY, True), (BROKEN, False), (PENDING, False)])
def test_a_late_reader_brings_nothing_back_that_is_being_cleared_away(
    photo: Photo, state: str, is_made_anew: bool
) -> None:
    """Somebody read the row while it was ready, and finds a picture missing because the photo is on its way out."""
    jobs.queue().flush()
    Photo.update(state=state, reason=processing.MISSING if state == BROKEN else "").execute()
    processing.make_anew(photo)
    assert (fresh(photo).state == PENDING) == (is_made_anew or state == PENDING)
    assert bool(jobs.queue().pending_count()) == is_made_anew
