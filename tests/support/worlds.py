"""Two worlds for the route × role matrix: "north", recorded by xiaolin at the village, and "east", by stranger at the
hospital. Each holds a visit and a problem; other rooms add their things in tests/<room>/world.py."""

from typing import Any

from fieldwork.people.models import Unit, User
from fieldwork.problems.actions import record_problem
from fieldwork.problems.models import Problem
from fieldwork.problems.schemas import ProblemIn
from fieldwork.records.actions import keep
from fieldwork.visits.models import Visit
from tests.support.cast import Cast

World = dict[str, Any]


def make(people: Cast) -> dict[str, World]:
    """Both worlds, each with its visit and its problem (reported, not yet assigned to anybody)."""
    return {
        "north": _world(people.xiaolin, people.units.stones),
        "east": _world(people.stranger, people.units.hospital),
    }


def _world(author: User, unit: Unit) -> World:
    visit = _visit(author, unit)
    return {"visit": visit, "problem": _problem(author, unit, visit)}


def _visit(author: User, unit: Unit) -> Visit:
    visit = Visit(state="submitted", author=author, author_unit=author.unit_id, text="走访所见")
    visit.place_at(unit)
    keep(author, visit)
    return visit


def _problem(author: User, unit: Unit, visit: Visit) -> Problem:
    return record_problem(author, ProblemIn(unit=unit.uid, visit=visit.uid, text="窗口午间无人值守，群众往返多次"))
