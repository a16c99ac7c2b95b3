"""The kinds of record there are, so that lower rooms (photos, search, versions) meet them without importing them."""

from typing import Any

_tables: dict[str, Any] = {}


def register(table: Any) -> Any:
    """Class decorator: make this table known under its `kind`."""
    _tables[table.kind] = table
    return table


def table_of(kind: str) -> Any:
    """The table of a kind. KeyError if there is no such kind."""
    return _tables[kind]


def all_kinds() -> tuple[str, ...]:
    """Every kind, in the order the rooms registered them."""
    return tuple(_tables)
