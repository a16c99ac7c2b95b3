"""Photos nobody needs are cleared away, and none that is sent or shown at this very moment."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from flask import Flask

from fieldwork import clock, purging
from fieldwork.core.db import database, transaction
from fieldwork.errors import NotFound
from fieldwork.photos import actions, expecting, files, showing
from fieldwork.photos.models import Photo, PhotoLink, PhotoUpload
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


def held_up(monkeypatch: pytest.MonkeyPatch, where: Any, name: str) -> Event:
    """Have this function take a moment; the event says that it has been entered."""
    real, entered = getattr(where, name), Event()

    def slowly(*arguments: Any) -> Any:
        entered.set()
        time.sleep(A_MOMENT_S)
        return real(*arguments)

    monkeypatch.setattr(where, name, slowly)
    return entered


def clearing(photo: Photo, beside: Any, monkeypatch: pytest.MonkeyPatch) -> Future[int]:
    """The photo being cleared away in another thread, its files about to go."""
    entered = held_up(monkeypatch, files.store(), "delete")
    cleared: Future[int] = beside(lambda: purging.clear_photo(photo))
    assert entered.wait(30)
    return cleared


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


def test_a_photo_sent_while_it_is_cleared_away_is_kept_anew(
    people: Any, photo: Photo, beside: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cleared = clearing(photo, beside, monkeypatch)
    assert actions.receive(people.xiaolin, sent(BODY)).refused == []
    cleared.result()
    assert is_held_by(people.xiaolin)


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


def test_who_shows_a_photo_while_it_is_cleared_away_is_told_that_it_is_not_there(
    people: Any, photo: Photo, visit: Visit, beside: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cleared = clearing(photo, beside, monkeypatch)
    with pytest.raises(NotFound):
        actions.attach(people.xiaolin, visit, [photo.sha256], {})
    assert cleared.result() == 1


def test_a_phone_that_lists_a_photo_while_it_is_cleared_away_is_to_bring_it(
    people: Any, photo: Photo, visit: Visit, beside: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Listed:
        is_whole, held, taken = True, [photo.sha256], {}

    cleared = clearing(photo, beside, monkeypatch)
    showing.show(people.xiaolin, visit, Listed())
    assert cleared.result() == 1
    assert list(expecting.expected_of("visit", visit.id)) == [photo.sha256]


def test_what_something_else_holds_on_to_stays(
    people: Any, photo: Photo, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.attach(people.xiaolin, visit, [photo.sha256], {})
    monkeypatch.setattr(purging, "_is_unneeded", lambda: Photo.id == photo.id)
    assert purging.clear_photo(photo) == 0
    assert files.are_held(photo)
