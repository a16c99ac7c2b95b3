"""What a watermark says of a photo, and of which photos it says anything."""

from datetime import timedelta
from typing import Any

import pytest

from fieldwork import clock
from fieldwork.core.db import database
from fieldwork.people.models import Unit
from fieldwork.photos import actions as photos
from fieldwork.photos.models import Photo, PhotoLink
from fieldwork.photos.queries import EVIDENCE
from fieldwork.problems import actions as problems
from fieldwork.problems.models import Problem
from fieldwork.problems.schemas import ProblemIn
from fieldwork.records import marking
from tests.photos.sending import drawn, ready


@pytest.fixture
def problem(app: Any, people: Any) -> Problem:
    """Recorded by xiaolin in the village."""
    said = ProblemIn.model_validate({"unit": people.units.stones.uid, "text": "灌溉渠淤塞"})
    return problems.record_problem(people.xiaolin, said)


def shown(problem: Problem, who: Any, shade: int = 1, **of_photo: Any) -> Photo:
    """A photo this person has put to the problem, with what its camera said."""
    [photo] = ready(who, drawn(shade))
    Photo.update(of_photo or {"taken_at": None}).where(Photo.id == photo.id).execute()
    photos.attach(who, problem, [photo.sha256], {})
    return Photo.get_by_id(photo.id)


def mark(problem: Problem, photo: Photo, choice: str = marking.ALWAYS) -> tuple[str, ...]:
    return marking.marks_of("problem", {problem.id: [photo]}, choice).get((problem.id, photo.sha256), ())


MORNING = clock.now().replace(year=2026, month=11, day=23, hour=2, minute=12)


def test_the_time_is_the_cameras_else_the_phones_else_ours_and_says_whose(people: Any, problem: Problem) -> None:
    photo = shown(problem, people.xiaolin, taken_at=None, received_at=MORNING + timedelta(hours=7))
    assert mark(problem, photo)[0] == "2026-11-23 17:12（上传时间）"
    PhotoLink.update(said_at=MORNING + timedelta(hours=1), said_offset_min=480).execute()
    assert mark(problem, photo)[0] == "2026-11-23 11:12（手机时间）"
    Photo.update(taken_at=MORNING).execute()
    assert mark(problem, Photo.get_by_id(photo.id))[0] == "2026-11-23 10:12（相机时间）"


def test_it_names_the_units_place_and_who_recorded_it_and_no_coordinates(people: Any, problem: Problem) -> None:
    Problem.update(lat=31.81234, lon=105.62345, place_note="王某家门口").where(Problem.id == problem.id).execute()
    _, place, who = mark(problem, shown(problem, people.xiaolin))
    author = people.xiaolin
    assert place == marking.place_of(Problem.get_by_id(problem.id))
    assert place.endswith(people.units.stones.name)
    assert people.units.stones.area.name in place
    assert who == f"{author.unit.name} · {author.name}"


def test_a_name_that_says_the_area_is_not_told_it_twice(people: Any, problem: Problem) -> None:
    unit = problem.unit
    unit.parent, unit.name = None, f"{problem.area.name}直机关工委"
    assert marking.place_of(problem) == unit.name


def test_evidence_names_who_brought_it(people: Any, problem: Problem) -> None:
    photo = shown(problem, people.stranger)
    assert mark(problem, photo)[2] == f"{people.xiaolin.unit.name} · {people.xiaolin.name}"
    PhotoLink.update(purpose=EVIDENCE).execute()
    assert mark(problem, photo)[2] == f"{people.stranger.unit.name} · {people.stranger.name}"


@pytest.mark.parametrize(
    ("choice", "of_a_unit_without", "of_a_unit_with"),
    [(marking.BY_UNIT, False, True), (marking.ALWAYS, True, True), (marking.NEVER, False, False)],
)
def test_no_photo_is_marked_unless_its_unit_or_whoever_exports_wants_it(
    people: Any, problem: Problem, choice: str, of_a_unit_without: bool, of_a_unit_with: bool
) -> None:
    photo = shown(problem, people.xiaolin)
    assert (not Unit.get_by_id(people.xiaolin.unit_id).has_watermark, marking.wants_mark(problem)) == (True, False)
    assert bool(mark(problem, photo, choice)) == of_a_unit_without
    Unit.update(has_watermark=True).where(Unit.id == people.xiaolin.unit_id).execute()
    assert bool(mark(problem, photo, choice)) == of_a_unit_with
    assert marking.wants_mark(Problem.get_by_id(problem.id))


def test_many_photos_ask_no_more_than_one(people: Any, problem: Problem) -> None:
    several = [shown(problem, people.xiaolin, shade) for shade in range(5)]
    asked: list[str] = []
    database.obj.query_hooks.append(lambda event: asked.append(event.sql))
    try:
        assert len(marking.marks_of("problem", {problem.id: several}, marking.ALWAYS)) == 5
    finally:
        database.obj.query_hooks.clear()
    assert len(asked) == 2
