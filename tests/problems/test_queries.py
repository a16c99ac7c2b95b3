"""What people find in the ledger: never more than exists for them, and always what waits for them."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from fieldwork import clock
from fieldwork.errors import NotFound
from fieldwork.people.policy import may
from fieldwork.problems import exporting, likeness, queries
from fieldwork.problems.deadlines import overdue_until, standing
from fieldwork.problems.listing import Heading, listing
from fieldwork.problems.models import Problem
from fieldwork.problems.states import MOVES
from tests.problems import making
from tests.support import worlds
from tests.support.cast import Cast
from tests.support.matrix import EAST_READERS, EVERYBODY, NORTH_READERS


def found(user: Any, **asked: str) -> list[str]:
    return [problem.text for problem in listing(user, asked).page()]


@pytest.fixture
def both(people: Cast) -> dict[str, Problem]:
    made = worlds.make(people)
    return {world: made[world]["problem"] for world in made}


@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_everybody_finds_exactly_what_exists_for_them(people: Cast, both: dict[str, Problem], name: str) -> None:
    seen = {problem.id for problem in listing(getattr(people, name), {}).page()}
    expected = {both["north"].id} if name in NORTH_READERS else set()
    assert seen == expected | ({both["east"].id} if name in EAST_READERS else set())


def test_a_unit_sees_a_problem_from_the_day_it_is_given_to_it(people: Cast) -> None:
    verified = making.verified(people)
    assert found(people.village) == found(people.laoma) == []
    making.step(people, people.county, verified, "assign")
    assert found(people.village) == found(people.laoma) == [making.TEXT]


def test_the_newest_problem_stands_first_and_the_cursor_leads_on(people: Cast) -> None:
    for n in range(25):
        making.problem(people, text=f"第{n}件")
    first = listing(people.city, {}).page()
    assert [problem.text for problem in first] == [f"第{n}件" for n in range(24, 4, -1)]
    rest = listing(people.city, {}).page(first.next)
    assert [problem.text for problem in rest] == [f"第{n}件" for n in range(4, -1, -1)]
    assert rest.next is None


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        ({"area": "north"}, ["村"]),
        ({"area": "north-county"}, ["村"]),
        ({"area": "east"}, ["医院"]),
        ({"area": "nowhere"}, []),
        ({"type": "window"}, ["医院"]),
        ({"sector": "farming"}, ["村"]),
        ({"state": "reported"}, ["医院", "村"]),
        ({"state": "closed"}, []),
        ({"urgency": "urgent"}, ["医院"]),
        ({"urgency": "; DROP TABLE"}, ["医院", "村"]),
        ({"q": "院"}, ["医院"]),
        ({"q": "WT-2026"}, ["医院", "村"]),
        ({"from": "2026-11-10"}, ["医院"]),
        ({"to": "2026-11-09"}, ["村"]),
        ({"overdue": "1"}, []),
    ],
)
def test_the_ledger_narrows_to_what_is_asked_for(people: Cast, asked: dict[str, str], texts: list[str]) -> None:
    with clock.at(datetime(2026, 11, 1, 2, tzinfo=UTC)):
        making.problem(people, text="村")
    with clock.at(datetime(2026, 11, 15, 2, tzinfo=UTC)):
        making.problem(people, unit=people.units.hospital, text="医院", urgency="urgent")
    assert found(people.city, **asked) == texts


def test_the_heading_counts_what_the_person_sees(people: Cast, both: dict[str, Problem]) -> None:
    assert listing(people.city, {}).heading().total == 2
    assert listing(people.county, {}).heading() == Heading(1, more=False)
    assert listing(people.village, {}).heading().total == 0


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(due=some.dates(date(2026, 9, 1), date(2026, 12, 31)), today=some.dates(date(2026, 9, 1), date(2026, 12, 31)))
def test_the_overdue_filter_agrees_with_the_standing_shown(people: Cast, due: date, today: date) -> None:
    problem = Problem.select().first() or making.assigned(people)
    Problem.update(due_on=due).where(Problem.id == problem.id).execute()
    with clock.at(datetime.combine(today, datetime.min.time(), UTC) + timedelta(hours=4)):
        fresh = Problem.get_by_id(problem.id)
        listed = bool(found(people.city, overdue="1"))
        assert listed == (standing(fresh, clock.today()).kind == "overdue") == (due <= overdue_until(today))


# --- what waits for somebody


def waiting_for(user: Any) -> list[int]:
    return [problem.id for problem in queries.todo_for(user)]


@pytest.mark.parametrize(
    ("make", "names"),
    [
        (making.problem, "county city office"),
        (making.verified, "county city office"),
        (making.assigned, "village"),
        (making.waiting, ""),
        (making.asking_for_time, "village county city office"),
        (making.escalated, "village county city office"),
        (making.resolved, "county city office"),
        (making.solved_on_spot, "county city office"),
        (making.shelved, ""),
        (making.closed, ""),
        (making.declined, ""),
    ],
)
def test_a_problem_waits_for_those_whose_turn_it_is(people: Cast, make: Any, names: str) -> None:
    problem = make(people)
    assert {name for name in EVERYBODY if problem.id in waiting_for(getattr(people, name))} == set(names.split())


@pytest.mark.parametrize(
    "make", [making.problem, making.verified, making.assigned, making.resolved, making.asking_for_time]
)
def test_whoever_is_waited_for_can_do_something(people: Cast, make: Any) -> None:
    problem = make(people)
    for name in EVERYBODY:
        if problem.id in waiting_for(getattr(people, name)):
            assert MOVES.open_to(getattr(people, name), problem, may)


def test_what_was_shelved_comes_back_on_the_day_to_look_again(people: Cast) -> None:
    shelved = making.shelved(people)
    with clock.at(clock.now() + timedelta(days=90)):
        assert waiting_for(people.county) == [shelved.id]


def test_the_most_pressing_deadline_waits_first(people: Cast) -> None:
    later, sooner = (
        making.assigned(people, due_on=making.in_days(20)),
        making.assigned(people, due_on=making.in_days(5)),
    )
    assert waiting_for(people.village) == [sooner.id, later.id]


def test_who_solved_a_problem_is_not_asked_to_accept_it(people: Cast) -> None:
    solved = making.problem(people, author=people.county, solved="当场清理")
    assert waiting_for(people.county) == []
    assert waiting_for(people.city) == [solved.id]


def test_a_visit_to_the_unit_is_offered_what_was_closed_a_month_ago(people: Cast) -> None:
    with clock.at(clock.now() - timedelta(days=31)):
        old = making.closed(people)
    making.closed(people)
    assert [problem.id for problem in queries.to_look_back_at(people.xiaolin, people.units.stones)] == [old.id]
    making.step(people, people.city, old, "look_back")
    assert queries.to_look_back_at(people.xiaolin, people.units.stones) == []


# --- one problem and its kin


def test_the_page_of_a_problem_is_nobodys_who_cannot_see_it(people: Cast, both: dict[str, Problem]) -> None:
    assert queries.whole(people.xiaolin, both["north"].uid).author.name == "林岚"
    with pytest.raises(NotFound):
        queries.whole(people.stranger, both["north"].uid)


def test_links_lead_only_to_what_exists_for_the_person(people: Cast, both: dict[str, Problem]) -> None:
    north = making.step(people, people.county, both["north"], "verify")
    given = making.step(people, people.county, north, "assign")
    assert queries.links_of(people.xiaolin, given).visit.id == given.visit_id
    assert queries.links_of(people.village, given).visit is None


def test_merged_problems_know_each_other(people: Cast) -> None:
    merged = making.merged(people)
    into = queries.links_of(people.county, merged).into
    assert into.id == merged.merged_into_id
    assert [other.id for other in queries.links_of(people.county, into).merged] == [merged.id]


def test_an_earlier_problem_that_says_the_same_is_found(people: Cast) -> None:
    earlier = making.problem(people, text="青石坳村三组灌溉渠堵了，春灌的时候末端水田没有水")
    making.problem(people, text="早熟梨集中上市，无预冷设施，损耗较大")
    now = making.problem(people)
    assert [like.id for like in likeness.alike(people.county, now.text, but=now)] == [earlier.id]


def test_likeness_never_shows_what_the_person_cannot_see(people: Cast) -> None:
    making.problem(people, author=people.stranger, unit=people.units.hospital)
    assert likeness.alike(people.county, making.TEXT) == []


@pytest.mark.parametrize("text", ["", "渠", "!!!", "WT"])
def test_a_text_of_nearly_nothing_is_like_nothing(people: Cast, text: str) -> None:
    making.problem(people)
    assert likeness.alike(people.county, text) == []


# --- the rows of the spreadsheet


def test_the_rows_of_the_ledger_tell_all_and_only_what_the_person_sees(people: Cast, both: dict[str, Problem]) -> None:
    making.step(people, people.laoma, making.assigned(people), "progress", comment="已清淤200米")
    rows = list(exporting.ledger_rows(people.county, {}))
    assert [row.number[-4:] for row in rows] == ["0001", "0003"]
    assigned = SimpleNamespace(**{field: getattr(rows[1], field) for field in rows[1].__dataclass_fields__})
    assert (assigned.lead_unit, assigned.co_units) == ("青石坳村", ("市农业农村局",))
    assert (assigned.progress, assigned.standing, assigned.due_on) == ("已清淤200米", "open", making.in_days(14))


def test_the_rows_are_read_in_chunks_without_losing_any(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "CHUNK", 3)
    for n in range(8):
        making.problem(people, text=f"第{n}件")
    assert [row.description for row in exporting.ledger_rows(people.city, {})] == [f"第{n}件" for n in range(8)]


def test_the_spreadsheet_masks_the_phone_of_a_contact(people: Cast) -> None:
    people.units.stones.contact = "石磊 13800001234"
    people.units.stones.save()
    making.assigned(people)
    assert next(exporting.ledger_rows(people.county, {})).person == "石磊 138****1234"
