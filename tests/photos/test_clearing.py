"""Photos nobody needs are cleared away, and none that is sent or shown at this very moment."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from flask import Flask

from fieldwork import checking, clock, purging
from fieldwork.core import jobs
from fieldwork.core.db import database, transaction
from fieldwork.errors import NotFound, StorageUnavailable
from fieldwork.ids import uuid7
from fieldwork.photos import actions, expecting, files, mosaic, processing, showing
from fieldwork.photos.models import BROKEN, READY, KeptMosaic, Photo, PhotoLink, PhotoUpload
from fieldwork.photos.schemas import Box
from fieldwork.visits.actions import record_visit
from fieldwork.visits.models import Visit
from fieldwork.visits.schemas import VisitIn
from tests.photos.sending import drawn, ready, sent

BODY = drawn(91)
A_MOMENT_S = 0.4  # whoever does not wait would have passed by then


@pytest.fixture
def photo(app: Flask, people: Any) -> Photo:
    """Sent by xiaolin sixty days ago, and shown nowhere."""
    [photo] = ready(people.xiaolin, BODY)
    long_ago = clock.now() - timedelta(days=60)
    Photo.update(received_at=long_ago).execute()
    PhotoUpload.update(at=long_ago).execute()
    return Photo.get_by_id(photo.id)


@pytest.fixture
def visit(app: Flask, people: Any) -> Visit:
    return record_visit(people.xiaolin, VisitIn(unit=people.units.stones.uid, text="渠道"))


@pytest.fixture
def beside(app: Flask) -> Any:
    """Does something in another thread, with a connection of its own."""

    def working(work: Callable[[], Any]) -> Any:
        with app.app_context(), database.obj.connection_context():
            return work()

    with ThreadPoolExecutor(1) as threads:
        yield lambda work: threads.submit(working, work)


def held_up(monkeypatch: pytest.MonkeyPatch, where: Any, name: str, prefix: str = "") -> Event:
    """Have this function take a moment (with a key, if it begins so); the event says that it has been entered."""
    real, entered = getattr(where, name), Event()

    def slowly(*arguments: Any) -> Any:
        if not prefix or arguments[0].startswith(prefix):
            entered.set()
            time.sleep(A_MOMENT_S)
        return real(*arguments)

    monkeypatch.setattr(where, name, slowly)
    return entered


@pytest.fixture
def cleared(photo: Photo, beside: Any, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Future[int]:
    """The photo being cleared away in another thread, the files under this prefix about to go."""
    entered = held_up(monkeypatch, files.store(), "delete", request.param)
    clearing: Future[int] = beside(lambda: purging.clear_photo(photo))
    assert entered.wait(30)
    return clearing


def is_held_by(user: Any) -> bool:
    """Whether the photo is there with its original, and the person may show it."""
    photo = Photo.get()
    is_sent = PhotoUpload.select().where(PhotoUpload.photo == photo, PhotoUpload.user == user).exists()
    return is_sent and files.store().read(files.original_key(photo.sha256)) == BODY


def test_a_photo_that_is_being_sent_again_stays(
    people: Any, photo: Photo, beside: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered = held_up(monkeypatch, expecting, "arrive")
    received = beside(lambda: actions.receive(people.xiaolin, sent(BODY)))
    assert entered.wait(30)
    assert purging.clear_photo(photo) == 0
    assert received.result().photos == [photo]
    assert is_held_by(people.xiaolin)


@pytest.mark.parametrize("cleared", ["derived/", "originals/"], indirect=True)
def test_a_photo_sent_while_it_is_cleared_away_is_kept_anew(people: Any, cleared: Future[int]) -> None:
    assert actions.receive(people.xiaolin, sent(BODY)).refused == []
    cleared.result()
    jobs.work_off()
    assert is_held_by(people.xiaolin)
    assert files.are_held(Photo.get(Photo.state == READY))


def test_a_photo_that_is_being_shown_stays(people: Any, photo: Photo, visit: Visit, beside: Any) -> None:
    linked = Event()

    def show() -> None:
        with transaction():
            actions.attach(people.xiaolin, visit, [photo.sha256], {})
            linked.set()
            time.sleep(A_MOMENT_S)

    shown = beside(show)
    assert linked.wait(30)
    assert purging.clear_photo(photo) == 0
    shown.result()
    assert PhotoLink.get().photo == photo
    assert is_held_by(people.xiaolin)


@pytest.mark.parametrize("cleared", ["derived/", "originals/"], indirect=True)
def test_who_shows_a_photo_while_it_is_cleared_away_is_told_that_it_is_not_there(
    people: Any, photo: Photo, visit: Visit, cleared: Future[int]
) -> None:
    with pytest.raises(NotFound):
        actions.attach(people.xiaolin, visit, [photo.sha256], {})
    assert cleared.result() == 1


@pytest.mark.parametrize("cleared", ["derived/", "originals/"], indirect=True)
def test_a_phone_that_lists_a_photo_while_it_is_cleared_away_is_to_bring_it(
    people: Any, photo: Photo, visit: Visit, cleared: Future[int]
) -> None:
    class Listed:
        is_whole, held, taken = True, [photo.sha256], {}

    showing.show(people.xiaolin, visit, Listed())
    cleared.result()
    assert list(expecting.expected_of("visit", visit.id)) == [photo.sha256]
    actions.receive(people.xiaolin, sent(BODY))
    assert is_held_by(people.xiaolin)
    assert PhotoLink.get().photo == Photo.get()


def test_what_something_else_holds_on_to_stays(
    people: Any, photo: Photo, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.attach(people.xiaolin, visit, [photo.sha256], {})
    monkeypatch.setattr(purging, "_is_unneeded", lambda: Photo.id == photo.id)
    assert purging.clear_photo(photo) == 0
    jobs.work_off()
    assert files.are_held(Photo.get(Photo.state == READY))


def test_a_photo_that_was_given_out_covered_is_never_due(photo: Photo) -> None:
    assert purging.photos_due() == [photo]
    KeptMosaic.create(photo=photo, mosaic_key="ab", mosaic=[[0, 0, 1, 1]], holder=uuid7())
    assert purging.photos_due() == []
    assert purging.clear_photo(photo) == 0
    assert files.are_held(photo)


# --- broken off


def breaking_off(monkeypatch: pytest.MonkeyPatch, last: int, *, is_done: bool) -> None:
    """Have the store fail at this deletion, before or after it is done."""
    real, before = files.store().delete, iter(range(100))

    def delete(key: str) -> None:
        is_last = next(before) == last
        if is_done or not is_last:
            real(key)
        if is_last:
            raise StorageUnavailable

    monkeypatch.setattr(files.store(), "delete", delete)


@pytest.mark.parametrize("is_done", [False, True])
@pytest.mark.parametrize("last", range(7))
def test_wherever_it_breaks_off_nobody_is_promised_the_photo_and_it_goes_the_next_time(
    people: Any, photo: Photo, visit: Visit, monkeypatch: pytest.MonkeyPatch, last: int, is_done: bool
) -> None:
    mosaic.cover(people.xiaolin, photo, "", [Box(x=0, y=0, width=1, height=1)])
    jobs.work_off()
    with monkeypatch.context() as patched:
        breaking_off(patched, last, is_done=is_done)
        with pytest.raises(StorageUnavailable):
            purging.clear_photo(photo)
    processing.resume()
    jobs.work_off()
    assert Photo.get_by_id(photo.id).state == BROKEN
    assert showing.sent_by(people.xiaolin, [photo.sha256]) == set()
    with pytest.raises(NotFound):
        actions.attach(people.xiaolin, visit, [photo.sha256], {})
    assert [purging.clear_photo(due) for due in purging.photos_due()] == [1]
    assert [key for key in files.store().keys("") if photo.sha256 in key] == []


@pytest.mark.parametrize("is_done", [False, True])
@pytest.mark.parametrize("last", [0, 3, 6])
def test_wherever_it_breaks_off_the_photo_sent_again_is_there_and_still_covered(
    people: Any, photo: Photo, monkeypatch: pytest.MonkeyPatch, last: int, is_done: bool
) -> None:
    mosaic.cover(people.xiaolin, photo, "", [Box(x=0, y=0, width=1, height=1)])
    jobs.work_off()
    with monkeypatch.context() as patched:
        breaking_off(patched, last, is_done=is_done)
        with pytest.raises(StorageUnavailable):
            purging.clear_photo(photo)
    actions.receive(people.xiaolin, sent(BODY))
    assert not Photo.get().is_made
    jobs.work_off()
    jobs.resume()
    jobs.work_off()
    assert is_held_by(people.xiaolin)
    assert Photo.get().is_made and Photo.get().mosaic
    assert list(checking.faults_of_photo(photo.sha256)) == []


def test_who_sends_it_at_the_moment_it_breaks_off_is_not_told_of_an_original_that_is_gone(
    people: Any, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(*arguments: Any) -> None:
        monkeypatch.undo()
        breaking_off(monkeypatch, 3, is_done=True)
        with pytest.raises(StorageUnavailable):
            purging.clear_photo(photo)

    real = actions.lend
    monkeypatch.setattr(actions, "lend", lambda *arguments: broken_off() or real(*arguments))
    actions.receive(people.xiaolin, sent(BODY))  # it was held when that was asked
    assert is_held_by(people.xiaolin)
