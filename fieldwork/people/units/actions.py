"""What the office does with units: add, change, take out of use."""

from fieldwork.core.db import transaction
from fieldwork.people import acts, changes, labels
from fieldwork.people.changes import Words
from fieldwork.people.codes import free_code
from fieldwork.people.models import Term, Unit, User
from fieldwork.people.units.checks import Columns


def add(actor: User | None, columns: Columns) -> Unit:
    """Enter a new unit; `columns` come from checks.checked. Its code, which stands in addresses, never changes."""
    with transaction():
        unit = Unit.create(**columns, code=free_code(Unit, columns["name"]))
        acts.record(actor, "unit.created", unit, name=unit.name)
    return unit


def change(actor: User, unit: Unit, seen_version: int, columns: Columns) -> Unit:
    """Change a unit. Records keep the area, sector and type that it had when they were made.

    Raises:
        Stale: somebody changed it meanwhile.
    """
    with transaction():
        before = described(unit)
        changes.touch(unit, seen_version, columns, (before, described(Unit(**columns))))
        fresh: Unit = Unit.get_by_id(unit.id)
        acts.record(actor, "unit.changed", fresh, **changes.differing(before, described(fresh)))
    return fresh


def set_activity(actor: User, unit: Unit, is_active: bool) -> Unit:
    """Take a unit out of use, so that it is offered no more, or back into it."""
    with transaction():
        changed: Unit = changes.set_activity(actor, unit, is_active)
    return changed


def described(unit: Unit) -> Words:
    """A unit as people read it, by field."""
    return {
        "name": unit.name,
        "short_name": unit.short_name,
        "parent": unit.parent.name if unit.parent else "",
        "area": _name(unit.area),
        "sector": _name(unit.sector),
        "unit_type": _name(unit.unit_type),
        "flags": labels.COMMA.join(words for flag, words in labels.FLAGS.items() if getattr(unit, flag)),
        "place": f"{unit.lat}, {unit.lon}" if unit.lat is not None else "",
        "contact": unit.contact,
        "has_watermark": labels.MARKED if unit.has_watermark else "",
        "sort_key_override": unit.sort_key_override,
    }


def _name(term: Term | None) -> str:
    return term.name if term else ""
