"""A sheet of units: its columns, and the plan that its rows amount to. Nothing is written here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fieldwork.core.xlsx.columns import Column, RowIn
from fieldwork.people import labels as people
from fieldwork.people import queries, spelling
from fieldwork.people.importing import labels
from fieldwork.people.importing.lookups import Names, all_units, terms_by_kind
from fieldwork.people.importing.schemas import UnitRow
from fieldwork.people.importing.sheets import Faults, checked_rows, columns
from fieldwork.people.models import Unit

REQUIRED = ("name", "area", "unit_type")
TERMS = ("area", "sector", "unit_type")
PLAIN = ("name", "short_name", "is_key", "is_window", "is_of_public_concern", "lat", "lon", "contact")


@dataclass(frozen=True)
class UnitEntry:
    """A unit to be added; `above` is the unit it belongs to, or the number of the row that will be it."""

    row: int
    columns: dict[str, Any]
    above: Unit | int | None


def unit_columns() -> list[Column]:
    """The columns of the sheet, with what may be chosen in them."""
    offered: dict[str, Sequence[str]] = dict.fromkeys(people.FLAGS, (labels.YES, labels.NO))
    offered |= {kind: [term.name for term in queries.terms_in_use(kind)] for kind in TERMS}
    return columns(labels.UNIT_TITLES, REQUIRED, offered)


def plan_units(rows: Sequence[RowIn]) -> tuple[list[UnitEntry], Faults]:
    """The units to add, each after the one above it, and every mistake; with mistakes do not use the entries."""
    faults = Faults(labels.UNIT_TITLES)
    checked = checked_rows(UnitRow, rows, faults)
    terms, units = terms_by_kind(*TERMS), all_units()
    for number, row in checked:
        if row.name:
            units.learn(row.name, number)
        if row.name and row.parent:
            units.learn(f"{row.parent}/{row.name}", number)
    entries = [_entry(number, row, terms, units, faults) for number, row in checked]
    _refuse_twins(entries, faults)
    return _ordered(entries, faults), faults


def _entry(number: int, row: UnitRow, terms: dict[str, Names], units: Names, faults: Faults) -> UnitEntry:
    found: dict[str, Any] = {}
    for kind in TERMS:
        value = getattr(row, kind)
        candidates = terms[kind].find(value) if value else [None]
        if len(candidates) != 1:
            faults.add(number, kind, "several_terms" if candidates else "unknown_term", value=value)
        found[kind] = candidates[0] if candidates else None
    above = units.find(row.parent) if row.parent else [None]
    if len(above) != 1:
        faults.add(number, "parent", "several_units" if above else "unknown_unit", value=row.parent)
    plain = {key: getattr(row, key) for key in PLAIN}
    spelt = {"sort_key_override": row.sort_key_override, **spelling.of_unit(row.name, row.sort_key_override)}
    return UnitEntry(number, {**plain, **found, **spelt}, above[0] if above else None)


def _refuse_twins(entries: Sequence[UnitEntry], faults: Faults) -> None:
    """Two units under one parent never share a name: neither with one that is there, nor within the sheet."""
    there = {(unit.name, unit.parent_id) for unit in Unit.select(Unit.name, Unit.parent)}
    first: dict[tuple[str, Any], int] = {}
    for entry in entries:
        if not entry.columns["name"]:
            continue  # said already
        above = entry.above.id if isinstance(entry.above, Unit) else None
        place = (entry.columns["name"], entry.above if isinstance(entry.above, int) else ("id", above))
        if not isinstance(entry.above, int) and (entry.columns["name"], above) in there:
            faults.add(entry.row, "name", "unit_exists")
        elif place in first:
            faults.add(entry.row, "name", "unit_twice", first=first[place])
        first.setdefault(place, entry.row)


def _ordered(entries: Sequence[UnitEntry], faults: Faults) -> list[UnitEntry]:
    """The entries with each after the row it stands below; those that stand below themselves are mistakes."""
    done: dict[int, UnitEntry] = {}
    waiting = list(entries)
    while waiting:
        ready = [entry for entry in waiting if not isinstance(entry.above, int) or entry.above in done]
        if not ready:
            for entry in waiting:
                faults.add(entry.row, "parent", "circle")
            break
        done |= {entry.row: entry for entry in ready}
        waiting = [entry for entry in waiting if entry.row not in done]
    return list(done.values())
