"""How a problem stands with its deadline, on the days of the Chinese working calendar."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from fieldwork.core import calendar
from fieldwork.problems.deadlines import Standing, after_waiting, overdue_until, standing

DAYS = some.dates(date(2025, 1, 1), date(2027, 12, 31))


@dataclass
class Clocked:
    """As much of a problem as its deadline looks at."""

    due_on: date | None
    state: str = "assigned"
    waiting_since: datetime | None = None


@pytest.mark.parametrize(
    ("today", "kind", "days"),
    [
        ("2026-11-20", "on_time", 5),
        ("2026-11-24", "due_soon", 3),
        ("2026-11-27", "due_soon", 0),
        ("2026-11-28", "due_soon", 0),
        ("2026-11-30", "overdue", 1),
        ("2026-12-07", "overdue", 6),
    ],
)
def test_a_problem_due_on_a_friday_is_overdue_from_the_monday_after(today: str, kind: str, days: int) -> None:
    assert standing(Clocked(date(2026, 11, 27)), date.fromisoformat(today)) == Standing(kind, days)


def test_a_deadline_in_the_national_holiday_holds_until_the_first_working_day() -> None:
    due = Clocked(date(2026, 10, 3))
    assert standing(due, date(2026, 10, 8)) == Standing("due_soon", 0)
    assert standing(due, date(2026, 10, 9)) == Standing("overdue", 1)
    assert standing(due, date(2026, 10, 10)) == Standing("overdue", 2)  # a Saturday that is worked


def test_waiting_on_another_party_pauses_the_clock() -> None:
    held = Clocked(date(2026, 11, 2), waiting_since=datetime(2026, 10, 30, tzinfo=UTC))
    assert standing(held, date(2026, 11, 23)).kind == "paused"


@pytest.mark.parametrize("state", ["reported", "verified", "resolved", "closed", "on_the_spot", "long_term", "merged"])
def test_the_clock_runs_only_while_a_problem_is_in_hand(state: str) -> None:
    assert standing(Clocked(date(2026, 1, 5), state), date(2026, 11, 23)) == Standing("none")


def test_a_problem_without_a_deadline_has_no_standing() -> None:
    assert standing(Clocked(None), date(2026, 11, 23)) == Standing("none")


@given(DAYS, DAYS)
def test_the_one_date_for_queries_says_the_same_as_the_standing(due: date, today: date) -> None:
    assert (standing(Clocked(due), today).kind == "overdue") == (due <= overdue_until(today))


@given(DAYS, DAYS, some.integers(0, 60))
def test_waiting_moves_a_deadline_on_by_the_working_days_waited(due: date, since: date, days: int) -> None:
    until = calendar.add_working_days(since, days)
    moved, waited = after_waiting(due, since, until)
    assert waited == calendar.working_days_between(since, until)
    assert calendar.working_days_between(calendar.working_day_from(due), moved) == waited or waited == 0


def test_waiting_over_a_weekend_costs_nothing_and_leaves_the_deadline() -> None:
    assert after_waiting(date(2026, 12, 5), date(2026, 11, 27), date(2026, 11, 29)) == (date(2026, 12, 5), 0)
