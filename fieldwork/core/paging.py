"""Cursor pages: newest first by id, so that a page costs the same however long the list is."""

from dataclasses import dataclass
from typing import Any

from peewee import ModelSelect

PAGE_SIZE = 20


@dataclass(frozen=True)
class Page:
    """One page of a list; `next` is the cursor of the page after it, None at the end."""

    items: list[Any]
    next: str | None

    def __iter__(self) -> Any:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def page_of(query: ModelSelect, key: Any, cursor: str | None, size: int = PAGE_SIZE) -> Page:
    """The page of `query` that begins after `cursor` (an id; anything else means the first page)."""
    if cursor and cursor.isdecimal() and len(cursor) < 19:
        query = query.where(key < int(cursor))
    rows = list(query.order_by(key.desc()).limit(size + 1))
    return Page(rows[:size], str(rows[size - 1].id) if len(rows) > size else None)
