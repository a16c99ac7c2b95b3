"""What happens to a problem: recorded once, moved by those who may, by one at a time, with every word kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from fieldwork import clock, journal
from fieldwork.core.db import database
from fieldwork.errors import Conflict, Forbidden, Stale
from fieldwork.problems.deadlines import standing
from fieldwork.problems.models import Problem
from fieldwork.problems.schemas import Closing, Comment
from tests.problems import making


def test_the_person_who_solved_a_problem_on_the_spot_cannot_close_it(people: Any) -> None:
    problem = making.problem(people, author=people.county, solved="当场清理")
    with pytest.raises(Forbidden):
        making.step(people, people.county, problem, "close")
    assert making.step(people, people.city, problem, "close").state == "closed"


def test_who_gave_a_problem_away_may_close_what_others_solved(people: Any) -> None:
    led = making.step(people, people.county, making.verified(people), "assign", lead_unit=people.units.committee.uid)
    given_on = making.step(people, people.office, led, "transfer", lead_unit=people.units.stones.uid)
    resolved = making.step(people, people.village, given_on, "resolve")
    assert making.step(people, people.office, resolved, "close").state == "closed"


@pytest.mark.parametrize("name", ["city", "office"])
def test_a_desk_of_the_lead_unit_cannot_accept_its_own_work(people: Any, name: str) -> None:
    led = making.step(people, people.county, making.verified(people), "assign", lead_unit=people.units.committee.uid)
    Problem.update(state="resolved").where(Problem.id == led.id).execute()
    resolved = Problem.get_by_id(led.id)
    with pytest.raises(Forbidden):
        making.step(people, getattr(people, name), resolved, "close")
    assert making.step(people, people.county, resolved, "close").state == "closed"


def test_a_county_has_no_say_over_another_county(people: Any) -> None:
    with pytest.raises(Forbidden):
        making.step(people, people.east, making.problem(people), "verify")


def test_the_head_of_a_sector_oversees_its_line_in_every_area(people: Any) -> None:
    problem = making.problem(people, author=people.stranger, unit=people.units.hospital)
    assert making.step(people, people.sector, problem, "verify").state == "verified"


def test_a_helping_unit_reports_progress_but_does_not_ask_for_the_end(people: Any) -> None:
    problem = making.step(people, people.laoma, making.assigned(people), "progress")
    with pytest.raises(Forbidden):
        making.step(people, people.laoma, problem, "resolve")


def test_a_move_from_a_state_it_does_not_start_from_is_refused(people: Any) -> None:
    with pytest.raises(Conflict) as refusal:
        making.step(people, people.county, making.problem(people), "assign")
    assert refusal.value.reason == "not_in_state"


def test_of_two_people_acting_at_once_the_second_keeps_her_words(people: Any) -> None:
    seen = making.problem(people)
    making.step(people, people.county, seen, "verify")
    with pytest.raises(Stale) as refusal:
        making.step(people, people.city, seen, "decline", reason="不属受理范围")
    assert refusal.value.yours == {"reason": "不属受理范围"}
    assert refusal.value.record.state == "verified"


def test_of_many_people_acting_at_the_very_same_moment_one_succeeds(app: Any, people: Any) -> None:
    seen = making.problem(people)

    def decline(name: str) -> str:
        with app.app_context(), database.obj.connection_context():
            try:
                return making.step(people, getattr(people, name), seen, "decline").state
            except Stale:
                return "stale"

    with ThreadPoolExecutor(3) as threads:
        answers = sorted(threads.map(decline, ["county", "city", "office"]))
    assert answers == ["declined", "stale", "stale"]
    assert len(journal.history(seen.uid)) == 2


def test_the_journal_keeps_every_word_with_names_in_place_of_ids(people: Any) -> None:
    entry = journal.last_of(making.assigned(people).uid)
    assert (entry.action, entry.from_state, entry.to_state) == ("problem.assign", "verified", "assigned")
    assert entry.detail == {
        "lead_unit": "青石坳村",
        "co_handlers": ["市农业农村局"],
        "due_on": making.in_days(14).isoformat(),
        "requirement": "春灌前疏通",
    }


def test_a_transfer_gives_the_problem_to_another_unit_with_its_own_helpers(people: Any) -> None:
    moved = making.step(people, people.county, making.assigned(people), "transfer")
    assert (moved.lead_unit_id, moved.handling_unit_ids) == (people.units.agency.id, {people.units.agency.id})
    assert moved.due_on == making.in_days(14)


def test_a_granted_extension_is_the_new_deadline(people: Any) -> None:
    granted = making.step(people, people.county, making.asking_for_time(people), "grant_extension")
    assert (granted.due_on, granted.asked_due_on) == (making.in_days(60), None)
    assert journal.last_of(granted.uid).detail["due_on"] == making.in_days(60).isoformat()


def test_a_refused_extension_leaves_the_deadline(people: Any) -> None:
    refused = making.step(people, people.county, making.asking_for_time(people), "refuse_extension")
    assert (refused.due_on, refused.asked_due_on) == (making.in_days(14), None)


def test_an_extension_must_reach_beyond_the_deadline(people: Any) -> None:
    with pytest.raises(Conflict):
        making.step(people, people.village, making.assigned(people), "ask_extension", until=making.in_days(14))


def test_waiting_ten_working_days_moves_the_deadline_on_by_ten(people: Any) -> None:
    with clock.at(datetime(2026, 11, 2, 2, tzinfo=UTC)):
        waiting = making.step(people, people.village, making.assigned(people, due_on=date(2026, 11, 6)), "wait")
    with clock.at(datetime(2026, 11, 16, 2, tzinfo=UTC)):
        assert standing(waiting, clock.today()).kind == "paused"
        going_on = making.step(people, people.village, waiting, "continue")
    assert (going_on.due_on, going_on.waited_days, going_on.waiting_since) == (date(2026, 11, 20), 10, None)


def test_what_is_resolved_while_waiting_waits_no_more(people: Any) -> None:
    resolved = making.step(people, people.village, making.waiting(people), "resolve")
    assert (resolved.state, resolved.waiting_since, resolved.solver_id) == ("resolved", None, people.village.id)


def test_a_problem_is_not_merged_into_itself_nor_into_one_that_has_ended(people: Any) -> None:
    problem, ended = making.problem(people), making.declined(people)
    for number in (problem.number, ended.number, "WT-1999-0001"):
        with pytest.raises(Conflict):
            making.step(people, people.county, problem, "merge", into=number)


def test_a_problem_is_not_merged_into_one_its_desk_cannot_see(people: Any) -> None:
    elsewhere = making.problem(people, author=people.stranger, unit=people.units.hospital)
    with pytest.raises(Conflict):
        making.step(people, people.county, making.problem(people), "merge", into=elsewhere.number)


def test_coordination_goes_on_until_it_is_settled(people: Any) -> None:
    asked = making.step(people, people.county, making.escalated(people), "coordinate")
    assert asked.is_escalated
    assert not making.step(people, people.county, asked, "coordinate", settled=True).is_escalated


def test_closed_and_fixed_are_counted_apart(people: Any) -> None:
    closed = making.closed(people)
    assert (closed.verdict, closed.is_fixed, closed.closed_at is not None) == ("satisfied", None, True)
    looked = making.step(people, people.city, closed, "look_back", fixed="no", comment="又堵了")
    assert (looked.state, looked.is_fixed) == ("closed", False)


def test_nobody_of_the_lead_unit_judges_whether_it_is_fixed(people: Any) -> None:
    with pytest.raises(Forbidden):
        making.step(people, people.village, making.closed(people), "look_back")


def test_closing_against_the_raisers_word_needs_a_reason() -> None:
    with pytest.raises(ValidationError):
        Closing(verdict="dissatisfied")
    assert Closing(verdict="dissatisfied", comment="诉求超出政策范围，已说明").comment


@pytest.mark.parametrize("text", ["机密★一年", "身份证11010519491231002X"])
def test_no_move_carries_a_secret_or_an_id_number(text: str) -> None:
    with pytest.raises(ValidationError):
        Comment(comment=text)


def test_a_deadline_in_the_past_is_no_deadline(people: Any) -> None:
    with pytest.raises(ValidationError):
        making.assigned(people, due_on=clock.today() - timedelta(days=1))
