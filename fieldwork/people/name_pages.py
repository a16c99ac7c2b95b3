"""Cursor pages of lists in the order of their pinyin: the cursor is the uid of the last row shown."""

from typing import Any
from uuid import UUID

from peewee import ModelSelect

from fieldwork.core.paging import Page

PAGE_SIZE = 50


def page_by_name(query: ModelSelect, table: Any, cursor: str | None, size: int = PAGE_SIZE) -> Page:
    """The page of `query` that begins after the row of this uid (anything else means the first page)."""
    last = _row_of(table, cursor)
    if last is not None:
        same = (table.sort_key == last.sort_key) & (table.id > last.id)
        query = query.where((table.sort_key > last.sort_key) | same)
    rows = list(query.order_by(table.sort_key, table.id).limit(size + 1))
    return Page(rows[:size], str(rows[size - 1].uid) if len(rows) > size else None)


def _row_of(table: Any, cursor: str | None) -> Any:
    try:
        return table.get_or_none(table.uid == UUID(cursor)) if cursor else None
    except ValueError:
        return None
