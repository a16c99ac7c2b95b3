"""Recording a problem once, under one number, and correcting it without losing what stood there."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest

from fieldwork import clock, ids, journal
from fieldwork.core.db import database
from fieldwork.errors import Conflict, Forbidden, NotFound, Stale
from fieldwork.problems import actions
from fieldwork.problems.models import Problem
from fieldwork.problems.schemas import ProblemIn
from fieldwork.records.actions import versions_of
from fieldwork.visits.models import Visit
from tests.problems import making


def test_numbers_count_up_within_a_year_and_begin_anew_with_the_next(people: Any) -> None:
    with clock.at(datetime(2026, 12, 31, 15, 59, tzinfo=UTC)):
        assert [making.problem(people).number for _ in range(2)] == ["WT-2026-0001", "WT-2026-0002"]
    with clock.at(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)):  # already 2027 in Shanghai
        assert making.problem(people).number == "WT-2027-0001"


def test_a_number_is_not_lost_when_recording_fails(people: Any) -> None:
    with pytest.raises(Conflict):
        making.problem(people, category="no-such-category")
    assert making.problem(people).number.endswith("-0001")


def test_a_problem_belongs_to_its_author_and_lies_where_its_unit_lies(people: Any) -> None:
    problem = making.problem(people)
    assert (problem.author_id, problem.author_unit_id) == (people.xiaolin.id, people.xiaolin.unit_id)
    assert (problem.unit_id, problem.area_id) == (people.units.stones.id, people.units.stones.area_id)
    assert (problem.sector_id, problem.unit_type_id) == (
        people.units.stones.sector_id,
        people.units.stones.unit_type_id,
    )


def test_the_same_form_sent_twice_is_one_problem(people: Any) -> None:
    uid = ids.uuid7()
    first, second = making.problem(people, id=uid), making.problem(people, id=uid)
    assert (first.id, first.number) == (second.id, second.number)
    assert Problem.select().count() == 1
    assert len(journal.history(uid)) == 1


def test_the_same_form_sent_again_after_the_problem_moved_on_still_is_that_problem(people: Any) -> None:
    uid = ids.uuid7()
    moved = making.step(people, people.county, making.problem(people, id=uid), "verify")
    assert making.problem(people, id=uid).version == moved.version


def test_the_same_form_sent_again_with_other_words_keeps_both_texts(people: Any) -> None:
    uid = ids.uuid7()
    making.problem(people, id=uid)
    with pytest.raises(Stale) as refusal:
        making.problem(people, id=uid, text="另一段话")
    assert refusal.value.record.text == making.TEXT
    assert refusal.value.yours["text"] == "另一段话"


def test_nobody_takes_the_id_of_another_persons_problem(people: Any) -> None:
    uid = ids.uuid7()
    making.problem(people, id=uid)
    with pytest.raises(NotFound):
        making.problem(people, author=people.laoma, id=uid)


def test_the_same_form_arriving_many_times_at_once_is_one_problem(app: Any, people: Any) -> None:
    uid = ids.uuid7()

    def send(_: int) -> str:
        with app.app_context(), database.obj.connection_context():
            return making.problem(people, id=uid).number

    with ThreadPoolExecutor(4) as threads:
        numbers = set(threads.map(send, range(8)))
    assert len(numbers) == 1
    assert Problem.select().where(Problem.uid == uid).count() == 1


def test_problems_recorded_at_once_get_different_numbers(app: Any, people: Any) -> None:
    def send(_: int) -> str:
        with app.app_context(), database.obj.connection_context():
            return making.problem(people).number

    with ThreadPoolExecutor(4) as threads:
        numbers = list(threads.map(send, range(8)))
    assert sorted(numbers) == [f"WT-{clock.today().year}-{n:04d}" for n in range(1, 9)]


def visit_of(people: Any, **more: Any) -> Visit:
    """A visit of xiaolin's to the village, with a place and a time."""
    seen = {
        "captured_at": datetime(2026, 11, 2, 1, 30, tzinfo=UTC),
        "captured_offset_min": 480,
        "programmes": ["pairs"],
    }
    visit = Visit(state="submitted", author=people.xiaolin, author_unit=people.xiaolin.unit_id, **seen | more)
    visit.place_at(people.units.stones)
    visit.lat, visit.lon, visit.accuracy_m = 31.8, 105.6, 20.0
    visit.save(force_insert=True)
    return visit


def test_a_problem_found_on_a_visit_has_its_place_time_and_programmes(people: Any) -> None:
    visit = visit_of(people)
    problem = making.problem(people, visit=visit.uid)
    assert (problem.visit_id, problem.lat, problem.lon) == (visit.id, 31.8, 105.6)
    assert problem.captured_at == visit.captured_at
    assert problem.programmes == ["pairs"]


def test_what_the_form_says_itself_goes_before_what_the_visit_says(people: Any) -> None:
    visit = visit_of(people)
    problem = making.problem(people, visit=visit.uid, lat=30.0, lon=104.0, programmes=["resident"])
    assert (problem.lat, problem.lon, problem.accuracy_m) == (30.0, 104.0, None)
    assert problem.programmes == ["resident"]


def test_nobody_hangs_a_problem_on_a_visit_they_cannot_see(people: Any) -> None:
    visit = visit_of(people)
    with pytest.raises(Conflict):
        making.problem(people, author=people.stranger, visit=visit.uid)


def test_an_administrator_does_not_record_problems(people: Any) -> None:
    with pytest.raises(Forbidden):
        making.problem(people, author=people.admin)


def test_what_was_solved_on_the_spot_is_recorded_and_solved_in_one_go(people: Any) -> None:
    problem = making.solved_on_spot(people)
    assert (problem.state, problem.done, problem.solver_id) == ("on_the_spot", "当场清理", people.xiaolin.id)
    assert [entry.action for entry in journal.history(problem.uid)] == ["problem.created", "problem.solve_on_spot"]


# --- correcting


def words(people: Any, **more: Any) -> ProblemIn:
    return ProblemIn.model_validate({"unit": people.units.stones.uid, "text": "改过的情况"} | more)


def test_a_correction_keeps_the_version_before(people: Any) -> None:
    problem = making.problem(people)
    corrected = actions.correct(people.xiaolin, problem, problem.version, words(people, urgency="urgent"))
    assert (corrected.text, corrected.urgency, corrected.state) == ("改过的情况", "urgent", "reported")
    assert [version.body["text"] for version in versions_of(corrected)] == ["改过的情况", making.TEXT]


def test_a_correction_to_another_unit_moves_the_problem_to_its_area(people: Any) -> None:
    problem = making.problem(people)
    moved = actions.correct(people.xiaolin, problem, 1, words(people, unit=people.units.hospital.uid))
    assert (moved.area_id, moved.sector_id) == (people.units.hospital.area_id, people.units.hospital.sector_id)


def test_a_colleague_who_only_sees_a_problem_cannot_correct_it(people: Any) -> None:
    problem = making.assigned(people)
    with pytest.raises(Forbidden):
        actions.correct(people.laoma, problem, problem.version, words(people))


@pytest.mark.parametrize("ended", [making.closed, making.declined, making.merged])
def test_what_has_ended_is_not_corrected_any_more(people: Any, ended: Any) -> None:
    problem = ended(people)
    with pytest.raises(Conflict):
        actions.correct(people.xiaolin, problem, problem.version, words(people))


def test_a_correction_of_an_old_version_changes_nothing_and_returns_both_texts(people: Any) -> None:
    problem = making.problem(people)
    making.step(people, people.county, problem, "verify")
    with pytest.raises(Stale) as refusal:
        actions.correct(people.xiaolin, problem, 1, words(people))
    assert refusal.value.yours["text"] == "改过的情况"
    assert Problem.get_by_id(problem.id).text == making.TEXT
