"""Changing a row of this room against the version somebody saw: units, users and terms alike."""

from types import SimpleNamespace
from typing import Any

from fieldwork.errors import Stale
from fieldwork.people import acts
from fieldwork.people.models import User

Words = dict[str, str]
"""A row as people read it, by field."""


def touch(row: Any, seen_version: int, values: dict[str, Any], words: tuple[Words, Words]) -> None:
    """Set these columns if the row still has the version seen, in the transaction under way.

    `words` are the row as it stands and as this person wants it, for the page that shows both.

    Raises:
        Stale: somebody was faster.
    """
    table = type(row)
    seen = (table.id == row.id) & (table.version == seen_version)
    if not table.update(**values, version=table.version + 1).where(seen).execute():
        stands, wanted = words
        newest = table.get_by_id(row.id)
        raise Stale(SimpleNamespace(kind=kind_of(row), uid=row.uid, version=newest.version, **stands), dict(wanted))


def differing(before: Words, after: Words) -> dict[str, list[str]]:
    """What the journal keeps of a change: for each field that differs the text before and after."""
    return {name: [before[name], after[name]] for name in after if before[name] != after[name]}


def set_activity(actor: User | None, row: Any, is_active: bool) -> Any:
    """Take a row into or out of use; nothing is ever deleted, so that history keeps its names."""
    table = type(row)
    table.update(is_active=is_active, version=table.version + 1).where(table.id == row.id).execute()
    acts.record(actor, f"{kind_of(row)}.{'activated' if is_active else 'deactivated'}", row)
    return table.get_by_id(row.id)


def kind_of(row: Any) -> str:
    """Users and units say what they are; terms go under one name whatever vocabulary they belong to."""
    return str(row.kind) if row.kind in {"user", "unit"} else "term"
