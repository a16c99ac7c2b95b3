"""Coverage (分片分类): units, visits, open problems and models for every area and type, blanks first seen."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from peewee import ModelSelect, fn

from fieldwork import clock
from fieldwork.cases.models import Case
from fieldwork.people.models import Term, Unit, User
from fieldwork.people.reach import reach_of
from fieldwork.problems.models import Problem
from fieldwork.visits.models import Visit, VisitUnit

OPEN_STATES = ("reported", "verified", "assigned", "resolved", "long_term")


@dataclass
class Cell:
    """One area and type: how many units, key units and window units; last visited when; open problems; models."""

    units: int = 0
    key_units: int = 0
    window_units: int = 0
    visited_units: int = 0
    last_visit: date | None = None
    open_problems: int = 0
    models: int = 0

    @property
    def is_blank(self) -> bool:
        """There are units, and nobody has been there this year."""
        return self.units > 0 and self.visited_units == 0


@dataclass
class Matrix:
    """The rows and columns in the order of the vocabulary (never of a count), and the cells by (row, column) id."""

    rows: list[Term]
    columns: list[Term]
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)

    def at(self, row: Term, column: Term) -> Cell | None:
        """The cell, or None where there is no unit at all."""
        return self.cells.get((row.id, column.id))


def matrix(user: User, by: str, year: int) -> Matrix:
    """Areas × unit types, or sectors × areas, as far as the person's roles reach; visits are counted in this year."""
    kinds = ("sector", "area") if by == "sector" else ("area", "unit_type")
    cells: dict[tuple[int, int], Cell] = {}
    for row, column, units, key, window in _units(user, kinds):
        cells[row, column] = Cell(units, key, window)
    since = datetime.fromisoformat(f"{year}-01-01T00:00:00+08:00")
    for (row, column), last_by_unit in _visits(user, kinds, since).items():
        cell = cells.setdefault((row, column), Cell())
        cell.visited_units, cell.last_visit = len(last_by_unit), max(last_by_unit.values())
    for row, column, count in _records(Problem, user, kinds).where(Problem.state.in_(OPEN_STATES)).tuples():
        cells.setdefault((row, column), Cell()).open_problems = count
    for row, column, count in _records(Case, user, kinds).where(Case.state == "promoted").tuples():
        cells.setdefault((row, column), Cell()).models = count
    used = ({row for row, _ in cells}, {column for _, column in cells})
    return Matrix(_terms(kinds[0], used[0]), _terms(kinds[1], used[1]), cells)


def _units(user: User, kinds: tuple[str, str]) -> Any:
    row, column = (getattr(Unit, kind) for kind in kinds)
    reach = reach_of(user)
    query = Unit.select(
        row,
        column,
        fn.COUNT(Unit.id),
        fn.SUM(Unit.is_key.cast("integer")),
        fn.SUM(Unit.is_window.cast("integer")),
    ).where(Unit.is_active, row.is_null(False), column.is_null(False))
    if not reach.everything:
        within = Unit.area.in_(list(reach.area_ids) or [0]) | Unit.sector.in_(list(reach.sector_ids) or [0])
        query = query.where(within)
    return query.group_by(row, column).tuples()


def _visits(user: User, kinds: tuple[str, str], since: Any) -> dict[tuple[int, int], dict[int, date]]:
    """When each unit was last visited, by cell; also the units that were seen on the round to another."""
    made = (Visit.state == "submitted") & (Visit.captured_at >= since)
    there = _records(Visit, user, kinds, Visit.unit, fn.MAX(Visit.captured_at)).where(made).group_by_extend(Visit.unit)
    row, column = (getattr(Unit, kind) for kind in kinds)
    seen = Visit.visible_to(user).select(Visit.id).where(made)
    further = VisitUnit.select(row, column, Unit.id, fn.MAX(Visit.captured_at)).join(
        Unit, on=(VisitUnit.unit == Unit.id)
    )
    further = further.join(Visit, on=(VisitUnit.visit == Visit.id)).where(Visit.id.in_(seen))
    further = further.where(row.is_null(False), column.is_null(False)).group_by(row, column, Unit.id)
    found: dict[tuple[int, int], dict[int, date]] = {}
    for row_id, column_id, unit_id, last in [*there.tuples(), *further.tuples()]:
        cell, day = found.setdefault((row_id, column_id), {}), _day(last)
        if day is not None:
            cell[unit_id] = max(day, cell.get(unit_id, day))
    return found


def _records(table: Any, user: User, kinds: tuple[str, str], *counted: Any) -> ModelSelect:
    row, column = (getattr(table, kind) for kind in kinds)
    counts = counted or (fn.COUNT(table.id),)
    query = table.visible_to(user).select(row, column, *counts)
    return query.where(row.is_null(False), column.is_null(False)).group_by(row, column)


def _terms(kind: str, used: set[int]) -> list[Term]:
    rows = Term.select().where(Term.kind == kind, Term.id.in_(list(used) or [0]))
    return list(rows.order_by(Term.position, Term.id))


def _day(moment: Any) -> date | None:
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return clock.local(moment.replace(tzinfo=UTC)).date() if moment else None
