"""The filters every list of records takes: q, state, area, type, sector, unit, from, to (see the contract)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from peewee import ModelSelect

from fieldwork import clock
from fieldwork.core import searching
from fieldwork.people.models import Term, Unit
from fieldwork.people.reach import areas_below
from fieldwork.records.models import Record

YEARS = range(1970, 2200)  # other days cannot be told in every zone
NAMES = ("q", "state", "area", "type", "sector", "unit", "from", "to")


def narrowed(query: ModelSelect, table: type[Record], asked: Mapping[str, str]) -> ModelSelect:
    """The query with a condition for every filter that says something; rubbish in a date is no condition."""
    for condition in _conditions(table, asked):
        query = query.where(condition)
    return query


def given(asked: Mapping[str, str]) -> dict[str, Any]:
    """The filters that are set, for links to the next page and for the form."""
    return {name: asked[name] for name in NAMES if asked.get(name)}


def choices(*states: tuple[str, str]) -> dict[str, Any]:
    """What the filter form offers: the states given, and the terms in use; dates as free fields."""
    kinds = {"area": "area", "type": "unit_type", "sector": "sector"}
    terms = Term.select().where(Term.kind.in_(list(kinds.values())), Term.is_active).order_by(Term.position, Term.id)
    by_kind: dict[str, list[tuple[str, str]]] = {}
    for term in terms:
        by_kind.setdefault(term.kind, []).append((term.code, term.name))
    offered = {name: by_kind.get(kind, []) for name, kind in kinds.items()}
    return {"state": list(states), **offered, "from": True}


def _conditions(table: Any, asked: Mapping[str, str]) -> list[Any]:
    found: list[Any] = []
    if asked.get("q"):
        matching = searching.matching(asked["q"], table.kind)
        found.append(table.id.in_(matching) if matching is not None else table.id.is_null())
    if asked.get("state"):
        found.append(table.state == asked["state"])
    if asked.get("area"):
        found.append(table.area.in_(list(areas_below(_ids("area", asked["area"])))))
    if asked.get("type"):
        found.append(table.unit_type.in_(_ids("unit_type", asked["type"])))
    if asked.get("sector"):
        found.append(table.sector.in_(_ids("sector", asked["sector"])))
    if asked.get("unit"):
        found.append(table.at_units(Unit.select(Unit.id).where(_named(asked["unit"]))))
    return found + _between(table, asked)


def _named(unit: str) -> Any:
    """The unit of this uid, or of this code."""
    try:
        return Unit.uid == UUID(unit)
    except ValueError:
        return Unit.code == unit


def _ids(kind: str, code: str) -> list[int]:
    return [row.id for row in Term.select(Term.id).where(Term.kind == kind, Term.code == code)]


def _between(table: Any, asked: Mapping[str, str]) -> list[Any]:
    since, until = midnight(asked.get("from")), midnight(asked.get("to"))
    found = [table.captured_at >= since] if since else []
    return [*found, table.captured_at < until + timedelta(days=1)] if until else found


def midnight(text: str | None) -> datetime | None:
    """Midnight of a day like 2026-11-23 in the municipality's zone; None for anything else."""
    try:
        day = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return day.replace(tzinfo=clock.local(clock.now()).tzinfo) if day.year in YEARS else None
