"""The sample municipality as somebody who starts Fieldwork for the first time finds it."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from fieldwork.core import jobs
from fieldwork.core.db import database
from fieldwork.photos.likeness import ALIKE_BITS, bits_apart
from fieldwork.photos.models import Photo
from fieldwork.photos.queries import pairs_of, photos_of
from fieldwork.problems.models import Problem
from fieldwork.problems.states import CLOSED, RESOLVED
from fieldwork.sample.load import load
from fieldwork.sample.pictures import Album
from tests.conftest import House
from tests.photos.sending import drawn


class Pair(NamedTuple):
    """Before and after, by their likeness, and how the problem stands."""

    state: str
    before: int
    after: int


@pytest.fixture(scope="module")
def pairs(house: House) -> list[Pair]:
    """What the problems of the sample with drawn photos show under 整改前后."""
    database.initialize(house.app.extensions["database"])
    database.obj.close()
    house.empty()
    with house.app.app_context(), database.obj.connection_context():
        load(None)
        jobs.work_off()
        return pairs_shown()


def pairs_shown() -> list[Pair]:
    likeness = {photo.sha256: photo.likeness for photo in Photo.select()}
    problems = {problem.id: problem for problem in Problem.select()}
    return [
        Pair(problems[number].state, likeness[before.sha256], likeness[after.sha256])
        for number, photos in photos_of("problem", problems).items()
        for before, after in pairs_of(photos)
    ]


def test_problems_that_are_solved_show_before_and_after(pairs: list[Pair]) -> None:
    assert sum(pair.state == CLOSED for pair in pairs) >= 10
    assert sum(pair.state == RESOLVED for pair in pairs) >= 1
    assert len(pairs) >= 13


def test_what_was_done_can_be_seen(pairs: list[Pair]) -> None:
    assert min(bits_apart(pair.before, pair.after) for pair in pairs) > ALIKE_BITS


# --- camera files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for shade in range(3):
        (tmp_path / f"{shade}.png").write_bytes(drawn(shade))
    return tmp_path


def test_camera_files_are_taken_in_turn_but_never_as_their_own_after(people: Any, folder: Path) -> None:
    album = Album(folder)
    first, second, third = album.take(people.xiaolin, 3)
    assert album.take_after(people.village, [first, third], 1) == [second]
    assert album.take(people.xiaolin, 1) == [third]
    assert album.take_after(people.village, [second], 9) == [first, third]
    assert album.take_after(people.village, [first, second, third], 1) == []
