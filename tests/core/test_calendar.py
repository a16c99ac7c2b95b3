"""Working days in China."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from fieldwork.core import calendar

DAYS = some.dates(date(2024, 6, 1), date(2028, 6, 1))


@pytest.mark.parametrize("day", ["2026-01-02", "2026-02-23", "2026-10-07", "2025-10-08", "2025-01-28", "2026-04-06"])
def test_a_holiday_on_a_weekday_is_not_worked(day: str) -> None:
    assert date.fromisoformat(day).weekday() < 5
    assert not calendar.is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-09-20", "2025-09-28", "2025-02-08"])
def test_a_weekend_worked_in_exchange_is_a_working_day(day: str) -> None:
    assert date.fromisoformat(day).weekday() >= 5
    assert calendar.is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(("year", "days"), [(2025, 28), (2026, 33)])
def test_a_year_has_as_many_days_off_as_were_announced(year: int, days: int) -> None:
    assert len(calendar._arrangement(year).off) == days


@pytest.mark.parametrize("year", [2025, 2026])
def test_days_worked_in_exchange_are_weekends_outside_the_holidays(year: int) -> None:
    announced = calendar._arrangement(year)
    assert announced.work and all(day.weekday() >= 5 for day in announced.work)
    assert announced.work.isdisjoint(announced.off)


def test_a_year_without_an_announcement_has_plain_weekends() -> None:
    assert calendar.is_working_day(date(2031, 10, 1))
    assert not calendar.is_working_day(date(2031, 10, 4))


def test_three_working_days_over_the_spring_festival_take_two_weeks() -> None:
    assert calendar.add_working_days(date(2026, 2, 13), 3) == date(2026, 2, 25)


def test_a_day_off_counts_as_the_working_day_after_it() -> None:
    assert calendar.add_working_days(date(2026, 10, 3), 0) == date(2026, 10, 8)
    assert calendar.working_day_until(date(2026, 10, 5)) == date(2026, 9, 30)


@given(DAYS, some.integers(0, 40))
def test_adding_working_days_and_counting_them_agree(day: date, count: int) -> None:
    start = calendar.working_day_from(day)
    assert calendar.working_days_between(start, calendar.add_working_days(day, count)) == count


@given(DAYS, DAYS, DAYS)
def test_counts_of_working_days_add_up(a: date, b: date, c: date) -> None:
    between = calendar.working_days_between
    assert between(a, b) + between(b, c) == between(a, c)
    assert between(a, a + timedelta(days=1)) == calendar.is_working_day(a + timedelta(days=1))
