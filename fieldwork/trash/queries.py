"""Questions about what was thrown away, and about what may be: own records that nobody works on or builds upon."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Any
from uuid import UUID

from fieldwork import clock
from fieldwork.cases.models import Case, CaseSource
from fieldwork.cases.states import WRITABLE
from fieldwork.core import kinds
from fieldwork.people.models import Unit, User
from fieldwork.problems.models import Problem
from fieldwork.problems.states import REPORTED
from fieldwork.records.models import Record
from fieldwork.visits.models import Visit

KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Thrown:
    """A record in the trash, with the days left to put it back, the one under way among them; 0 when they are over."""

    record: Any
    days_left: int


def thrown_away(user: User) -> list[Thrown]:
    """What this person has in the trash, the last thrown away first."""
    found = [record for kind in kinds.all_kinds() for record in _of(user, kinds.table_of(kind))]
    found.sort(key=lambda record: record.deleted_at, reverse=True)
    return [Thrown(record, _days_left(record)) for record in found]


def in_trash(user: User, table: type[Record], uid: UUID) -> Record | None:
    """The record of this uid that this person has in the trash."""
    return table.get_or_none(table.uid == uid, table.author == user.id, table.deleted_at.is_null(False))


def may_be_thrown_away(record: Any) -> bool:
    """Whether nobody has begun to work on the record and no other record comes from it."""
    return record.deleted_at is None and _IS_FREE[record.kind](record)


def _is_free_visit(visit: Visit) -> bool:
    has_brought = any(_has(table, table.visit == visit.id) for table in (Problem, Case))
    return not has_brought and not _is_source(CaseSource.visit == visit.id)


def _is_free_problem(problem: Problem) -> bool:
    if problem.state != REPORTED or problem.lead_unit_id is not None:
        return False
    return not _has(Problem, Problem.merged_into == problem.id) and not _is_source(CaseSource.problem == problem.id)


def _is_free_case(case: Case) -> bool:
    return case.state in WRITABLE


_IS_FREE: dict[str, Callable[[Any], bool]] = {
    "visit": _is_free_visit,
    "problem": _is_free_problem,
    "case": _is_free_case,
}


def _has(table: type[Record], condition: Any) -> bool:
    return table.select().where(condition, table.deleted_at.is_null()).exists()


def _is_source(condition: Any) -> bool:
    return CaseSource.select().join(Case).where(condition, Case.deleted_at.is_null()).exists()


def _days_left(record: Any) -> int:
    left: timedelta = record.deleted_at + KEPT_FOR - clock.now()
    return max(0, ceil(left / timedelta(days=1)))


def _of(user: User, table: Any) -> list[Any]:
    mine = (table.author == user.id) & table.deleted_at.is_null(False)
    return list(table.select(table, Unit).join(Unit, on=(table.unit == Unit.id)).where(mine))
