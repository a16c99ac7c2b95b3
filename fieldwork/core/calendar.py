"""Working days in China: weekdays, without the public holidays, with the weekends worked in exchange (调休).

The State Council announces the arrangement of each year in the autumn before; core/holidays/<year>.json holds it: `off`
are first and last days of holidays, `work` the weekend days worked. A year without a file has plain weekends.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("holidays")
ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Arrangement:
    """One year's exceptions from the plain week."""

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()


def is_working_day(day: date) -> bool:
    """Whether offices work on that day."""
    year = _arrangement(day.year)
    return day in year.work or (day.weekday() < SATURDAY and day not in year.off)


def working_day_from(day: date) -> date:
    """The day itself if it is worked, else the next one that is."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def working_day_until(day: date) -> date:
    """The day itself if it is worked, else the last one before that was."""
    while not is_working_day(day):
        day -= ONE_DAY
    return day


def add_working_days(day: date, count: int) -> date:
    """The working day that is `count` (0 or more) after `day`; a day off counts as the working day after it."""
    day = working_day_from(day)
    for _ in range(count):
        day = working_day_from(day + ONE_DAY)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many days are worked after `start` up to and with `end`; negative when `end` comes first."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + n * ONE_DAY) for n in range(1, (end - start).days + 1))


@cache
def _arrangement(year: int) -> Arrangement:
    path = FOLDER / f"{year}.json"
    if not path.exists():
        return Arrangement()
    announced = json.loads(path.read_text(encoding="utf-8"))
    spans = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in announced["off"]]
    return Arrangement(
        off=frozenset(first + n * ONE_DAY for first, last in spans for n in range((last - first).days + 1)),
        work=frozenset(date.fromisoformat(day) for day in announced["work"]),
    )
