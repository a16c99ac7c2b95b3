"""The plan of an import: what would be written, and every mistake."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any, BinaryIO, cast

from fieldwork.core.xlsx.columns import RowIn
from fieldwork.people.importing.sheets import Fault, read_sheet
from fieldwork.people.importing.units import plan_units, unit_columns
from fieldwork.people.importing.users import plan_users, user_columns


@dataclass(frozen=True)
class Plan:
    """The rows of a sheet, what they would become, and what is wrong with them, in the order of the rows."""

    rows: list[RowIn]
    entries: Sequence[Any]
    faults: list[Fault]


def read_plan(kind: str, file: IO[bytes]) -> Plan:
    """The plan of an uploaded xlsx of units or users."""
    rows, faults = read_sheet(cast(BinaryIO, file), unit_columns() if kind == "units" else user_columns())
    if faults and not rows:
        return Plan([], [], faults)
    plan = plan_of(kind, rows)
    return Plan(rows, plan.entries, _in_order([*faults, *plan.faults]))


def plan_of(kind: str, rows: Sequence[RowIn]) -> Plan:
    """The plan of rows read before, against the database as it now stands."""
    entries, faults = plan_units(rows) if kind == "units" else plan_users(rows)
    return Plan(list(rows), entries, _in_order(faults))


def _in_order(faults: Sequence[Fault]) -> list[Fault]:
    return sorted(dict.fromkeys(faults), key=lambda fault: fault.row)
