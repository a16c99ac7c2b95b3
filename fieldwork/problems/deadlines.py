"""How a problem stands with its deadline: computed when it is read, in working days, never stored."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from fieldwork.core import calendar
from fieldwork.problems.states import ASSIGNED

SOON_WORKING_DAYS = 3

Kind = Literal["overdue", "due_soon", "on_time", "paused", "none"]


@dataclass(frozen=True)
class Standing:
    """`working_days` is how many are left, or for an overdue problem how many have passed since."""

    kind: Kind
    working_days: int = 0


def standing(problem: Any, today: date) -> Standing:
    """The clock runs while a problem is in hand, and stands still while another party is awaited.

    A deadline on a day off holds until the working day after it; overdue counts the working days since.
    """
    if problem.state != ASSIGNED or problem.due_on is None:
        return Standing("none")
    last_day = calendar.working_day_from(problem.due_on)
    left = calendar.working_days_between(today, last_day)
    if problem.waiting_since is not None:
        return Standing("paused", left)
    if left < 0:
        return Standing("overdue", -left)
    return Standing("due_soon" if left <= SOON_WORKING_DAYS else "on_time", left)


def overdue_until(today: date) -> date:
    """The latest deadline that is overdue today: the same as `standing` says, as one date for a WHERE clause."""
    last_worked = calendar.working_day_until(today)
    return calendar.working_day_until(last_worked - timedelta(days=1))


def after_waiting(due_on: date, since: date, until: date) -> tuple[date, int]:
    """The deadline moved on by the working days spent waiting, and how many they were."""
    waited = calendar.working_days_between(since, until)
    return (calendar.add_working_days(due_on, waited) if waited else due_on), waited
