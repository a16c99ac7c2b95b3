"""An issue is issued while somebody else, on another connection, changes what its photos cover or whether they may go
out: it shows what was checked, or it is refused."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import pytest

from fieldwork.briefings.models import Briefing
from fieldwork.cases.models import Case
from fieldwork.core import jobs
from fieldwork.core.db import database
from fieldwork.errors import Conflict
from fieldwork.photos import actions as photos
from fieldwork.photos import covering, keeping, mosaic
from fieldwork.photos.models import KeptMosaic, Photo
from fieldwork.photos.schemas import Box
from tests.briefings import making
from tests.photos.sending import drawn, ready
from tests.problems import making as problems
from tests.review import making as cases

LEFT = Box(x=0, y=0, width=0.5, height=1)
RIGHT = Box(x=0.5, y=0, width=0.5, height=1)
REFUSED = "photos_unchecked"
WHILE_S, WITHIN_S = 0.4, 20
TRIES = 12

Elsewhere = Callable[..., "Future[Any]"]


@pytest.fixture
def elsewhere(app: Any) -> Any:
    """`elsewhere(do, …)`: done in another thread, on a connection of its own."""

    def connected(do: Callable[..., Any], *words: Any) -> Any:
        with app.app_context(), database.obj.connection_context():
            return do(*words)

    with ThreadPoolExecutor(2) as threads:
        yield lambda do, *words: threads.submit(connected, do, *words)


@pytest.fixture
def model(people: Any, app: Any) -> Case:
    return cases.promoted(people)


@pytest.fixture
def photo(people: Any, model: Case) -> Photo:
    """On the model, its left half covered, and checked so."""
    [photo] = ready(people.xiaolin, drawn(31))
    photos.attach(people.xiaolin, model, [photo.sha256], {})
    return checked(people, photo, LEFT)


def now(photo: Photo) -> Photo:
    return Photo.get_by_id(photo.id)


def checked(people: Any, photo: Photo, *boxes: Box) -> Photo:
    """Covered by these boxes and no others, and checked so."""
    mosaic.cover(people.xiaolin, now(photo), now(photo).mosaic_key, list(boxes))
    jobs.work_off()
    return mosaic.check(people.office, now(photo), now(photo).mosaic_key)


def covers(people: Any, photo: Photo) -> None:
    mosaic.cover(people.xiaolin, now(photo), now(photo).mosaic_key, [RIGHT])


def uncovers(people: Any, photo: Photo) -> None:
    mosaic.uncover(people.xiaolin, now(photo), now(photo).mosaic_key)


def unchecks(people: Any, photo: Photo) -> None:
    mosaic.uncheck(people.office, now(photo), now(photo).mosaic_key)


CHANGES = pytest.mark.parametrize("change", [covers, uncovers, unchecks])


def with_model(people: Any, model: Case) -> Briefing:
    briefing = making.draft(people)
    making.with_item(people, briefing, "case", model)
    return making.fresh(briefing)


def issue(people: Any, briefing: Briefing) -> str:
    """The key of the picture that went out, or why none did."""
    try:
        frozen: Any = making.issued(people, briefing).frozen
    except Conflict as refusal:
        return refusal.reason
    [key] = [picture["key"] for item in frozen["items"] for picture in item["pictures"]]
    return str(key)


def does_wait(future: "Future[Any]") -> bool:
    time.sleep(WHILE_S)
    return not future.done()


def while_it_is_issued(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], None]) -> None:
    """Let this happen once an issue has looked at its photos, before it is written."""
    keep = keeping.keep

    def keep_later(*words: Any) -> None:
        happens()
        keep(*words)

    monkeypatch.setattr(keeping, "keep", keep_later)


@CHANGES
def test_what_is_changed_while_an_issue_is_issued_waits_and_leaves_it_as_it_was_checked(
    people: Any, elsewhere: Elsewhere, model: Case, photo: Photo, monkeypatch: Any, change: Any
) -> None:
    briefing, begun, waited = with_model(people, model), [], []

    def somebody_changes_it() -> None:
        begun.append(elsewhere(change, people, photo))
        waited.append(does_wait(begun[0]))

    while_it_is_issued(monkeypatch, somebody_changes_it)
    assert issue(people, briefing) == keeping.key_of(photo)
    begun[0].result(WITHIN_S)
    assert waited == [True]
    assert now(photo).checked_at is None
    assert [kept.mosaic_key for kept in KeptMosaic.select()] == [photo.mosaic_key]


@CHANGES
def test_an_issue_waits_for_a_change_under_way_and_is_refused(
    people: Any, elsewhere: Elsewhere, model: Case, photo: Photo, monkeypatch: Any, change: Any
) -> None:
    briefing, changed, go_on, write = with_model(people, model), Event(), Event(), mosaic.journal.write

    def write_slowly(actor: Any, action: str, *more: Any, **words: Any) -> Any:
        if action.startswith("photo."):
            changed.set()
            go_on.wait(WITHIN_S)
        return write(actor, action, *more, **words)

    monkeypatch.setattr(mosaic.journal, "write", write_slowly)
    change_under_way = elsewhere(change, people, photo)
    assert changed.wait(WITHIN_S)
    issuing = elsewhere(issue, people, briefing)
    assert does_wait(issuing)
    go_on.set()
    change_under_way.result(WITHIN_S)
    assert issuing.result(WITHIN_S) == REFUSED
    assert (making.fresh(briefing).state, KeptMosaic.select().count()) == ("draft", 0)


def test_whoever_comes_first_no_unchecked_picture_goes_out(
    people: Any, elsewhere: Elsewhere, model: Case, photo: Photo
) -> None:
    for number in range(TRIES):
        before, briefing, both = checked(people, photo, LEFT), with_model(people, model), Barrier(2)

        def at_once(do: Callable[..., Any], *words: Any, both: Barrier = both) -> Any:
            both.wait(WITHIN_S)
            return do(*words)

        issuing = elsewhere(at_once, issue, people, briefing)
        elsewhere(at_once, (covers, uncovers, unchecks)[number % 3], people, photo).result(WITHIN_S)
        shown = issuing.result(WITHIN_S)
        assert shown in {keeping.key_of(before), REFUSED}
        assert (making.fresh(briefing).state == "draft") == (shown == REFUSED)
        jobs.work_off()
        if shown != REFUSED:
            assert covering.picture_as(shown, 320)


def test_a_photo_of_an_issue_can_be_shown_elsewhere_while_it_is_issued(
    people: Any, elsewhere: Elsewhere, model: Case, photo: Photo, monkeypatch: Any
) -> None:
    briefing, problem, begun = with_model(people, model), problems.assigned(people), []
    photos.lend(people.village, photo.sha256)

    def resolve() -> str:
        return problems.step(people, people.village, problem, "resolve", held=[photo.sha256]).state

    def the_village_shows_it() -> None:
        begun.append(elsewhere(resolve))
        does_wait(begun[0])

    while_it_is_issued(monkeypatch, the_village_shows_it)
    assert issue(people, briefing) == keeping.key_of(photo)
    assert begun[0].result(WITHIN_S) == "resolved"
