"""Thrown away by its author, put back by its author; never what others work on or build upon."""

from datetime import timedelta
from typing import Any

import pytest

from fieldwork import clock, journal
from fieldwork.core import searching
from fieldwork.problems.models import Problem
from fieldwork.trash import actions
from fieldwork.visits.models import Visit
from tests.problems import making as problems
from tests.review import making as cases
from tests.trash.making import KINDS, WORDS, made, thrown

ROOMS = {"visit": "visits", "problem": "problems", "case": "cases"}


def address(record: Any) -> str:
    return f"/{ROOMS[record.kind]}/{record.uid}"


def throw(client: Any, record: Any, version: int | None = None) -> Any:
    """Press the button on the record's page."""
    return client.post(f"{address(record)}/trash", data={"version": version or record.version})


@pytest.mark.parametrize("kind", KINDS)
def test_an_author_throws_an_own_record_away_and_puts_it_back(kind: str, people: Any, log_in: Any) -> None:
    record, client = made(kind, people.xiaolin, people.units.stones), log_in(people.xiaolin)
    assert "移入回收站" in client.get(address(record)).text
    assert throw(client, record).status_code == 303
    assert client.get(address(record)).status_code == 404
    page = client.get("/trash/").text
    assert WORDS in page
    assert "还有 30 天可以放回" in page
    back = client.post(f"/trash/{kind}/{record.uid}/return", data={"version": 2})
    assert (back.status_code, back.location) == (303, address(record))
    assert WORDS in client.get(address(record)).text
    assert WORDS not in client.get("/trash/").text


@pytest.mark.parametrize("kind", KINDS)
def test_version_journal_and_search_go_with_it(kind: str, people: Any) -> None:
    record = made(kind, people.xiaolin, people.units.stones)
    away = actions.throw_away(people.xiaolin, record, record.version)
    assert away.version == record.version + 1
    assert journal.last_of(record.uid).action == f"{kind}.deleted"
    assert list(searching.matching("蓄水池", kind)) == []
    back = actions.put_back(people.xiaolin, away)
    assert back.version == away.version + 1
    assert journal.last_of(record.uid).action == f"{kind}.restored"
    assert len(list(searching.matching("蓄水池", kind))) == 1


def test_a_draft_of_a_visit_may_go(people: Any, log_in: Any) -> None:
    draft = made("visit", people.xiaolin, people.units.stones, draft=True)
    assert throw(log_in(people.xiaolin), draft).status_code == 303
    assert Visit.get_by_id(draft.id).deleted_at is not None


@pytest.mark.parametrize(("days", "words"), [(0.1, "还有 30 天"), (29.5, "还有 1 天"), (30.5, "即将清除")])
def test_the_trash_says_how_long_it_is_kept(days: float, words: str, people: Any, log_in: Any) -> None:
    record = thrown("visit", people.xiaolin, people.units.stones)
    Visit.update(deleted_at=clock.now() - timedelta(days=days)).where(Visit.id == record.id).execute()
    assert words in log_in(people.xiaolin).get("/trash/").text


# --- what is needed stays


def stays(client: Any, record: Any) -> bool:
    """No button is offered, and whoever sends the form all the same is refused."""
    fresh = type(record).get_by_id(record.id)
    is_offered = "移入回收站" in client.get(address(fresh)).text
    status = throw(client, fresh).status_code
    return not is_offered and status == 409 and type(record).get_by_id(record.id).deleted_at is None


@pytest.mark.parametrize("kind", ["problem", "case"])
def test_a_visit_on_which_something_was_found_stays(kind: str, people: Any, log_in: Any) -> None:
    visit = made("visit", people.xiaolin, people.units.stones)
    found = made(kind, people.xiaolin, people.units.stones, visit=visit.uid)
    assert stays(log_in(people.xiaolin), visit)
    actions.throw_away(people.xiaolin, found, found.version)
    assert throw(log_in(people.xiaolin), visit).status_code == 303


@pytest.mark.parametrize("kind", ["visit", "problem"])
def test_what_a_case_comes_from_stays(kind: str, people: Any, log_in: Any) -> None:
    source = made(kind, people.xiaolin, people.units.stones)
    made("case", people.xiaolin, people.units.stones, **{f"{kind}s": [source.uid]})
    assert stays(log_in(people.xiaolin), source)


@pytest.mark.parametrize("life", ["verified", "assigned", "resolved", "closed", "solved_on_spot", "declined"])
def test_a_problem_somebody_has_taken_up_stays(life: str, people: Any, log_in: Any) -> None:
    problem = getattr(problems, life)(people)
    assert stays(log_in(problem.author), problem)


def test_a_case_in_review_stays(people: Any, log_in: Any) -> None:
    assert stays(log_in(people.xiaolin), cases.submitted(people))


def test_a_banked_case_stays(people: Any, log_in: Any) -> None:
    assert stays(log_in(people.xiaolin), cases.banked(people))


# --- whose it is


@pytest.mark.parametrize("kind", ["visit", "problem"])
def test_others_are_offered_no_button_and_refused(kind: str, people: Any, log_in: Any) -> None:
    record = made(kind, people.xiaolin, people.units.stones)
    for other in (people.county, people.admin, people.office):
        client = log_in(other)
        assert "移入回收站" not in client.get(address(record)).text
        assert throw(client, record).status_code == 403


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_else_finds_it_in_the_trash_or_puts_it_back(kind: str, people: Any, log_in: Any) -> None:
    record = thrown(kind, people.xiaolin, people.units.stones)
    for other in (people.county, people.admin, people.laoma):
        client = log_in(other)
        assert WORDS not in client.get("/trash/").text
        assert client.post(f"/trash/{kind}/{record.uid}/return", data={"version": 2}).status_code == 404


def test_a_record_changed_since_is_not_thrown_away(people: Any, log_in: Any) -> None:
    record = made("problem", people.xiaolin, people.units.stones)
    Problem.update(version=4).where(Problem.id == record.id).execute()
    answer = throw(log_in(people.xiaolin), record, version=1)
    assert answer.status_code == 409
    assert Problem.get_by_id(record.id).deleted_at is None


def test_what_is_not_in_the_trash_cannot_be_put_back(people: Any, log_in: Any) -> None:
    record = made("visit", people.xiaolin, people.units.stones)
    assert log_in(people.xiaolin).post(f"/trash/visit/{record.uid}/return").status_code == 404


def test_a_number_of_the_ledger_is_not_given_twice(people: Any) -> None:
    first = thrown("problem", people.xiaolin, people.units.stones)
    second = made("problem", people.xiaolin, people.units.stones)
    assert second.number != first.number
    assert actions.put_back(people.xiaolin, first).number == first.number


# --- an old form or phone


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_form_sent_once_more_is_told_it_is_gone(kind: str, people: Any, log_in: Any) -> None:
    record = thrown(kind, people.xiaolin, people.units.stones)
    form = {"id": str(record.uid), "unit": str(people.units.stones.uid), "title": WORDS, "text": WORDS}
    answer = log_in(people.xiaolin).post(f"/{ROOMS[kind]}/new", data=form)
    assert answer.status_code == 410
    assert "回收站" in answer.text
