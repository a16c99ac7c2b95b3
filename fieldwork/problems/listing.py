"""The list of the ledger: what somebody asked to see of what exists for them, a page at a time and counted.

A page must cost the same among a million problems as among a thousand. So the newest ids are found first, each from the
end of an index; only then are the twenty rows read that are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from peewee import ModelSelect, Select

from fieldwork.core.paging import PAGE_SIZE, Page
from fieldwork.people.models import Term, User
from fieldwork.people.reach import areas_below
from fieldwork.problems.models import Problem
from fieldwork.problems.queries import is_overdue, waits_for, with_units
from fieldwork.records import filters

COUNTED_MAX = 1000
URGENCIES = ("normal", "pressing", "urgent")

Asked = Mapping[str, str]


@dataclass(frozen=True)
class Heading:
    """How many problems a list holds; counted up to COUNTED_MAX, beyond which there are `more`."""

    total: int
    more: bool


@dataclass(frozen=True)
class Listing:
    """What was asked for. `elsewhere` are all conditions but the area; `areas` the areas asked for, None for any."""

    elsewhere: ModelSelect
    areas: list[int] | None

    @property
    def query(self) -> ModelSelect:
        """All of it, in no order."""
        return self.elsewhere if self.areas is None else self.elsewhere.where(Problem.area.in_(self.areas))

    def page(self, cursor: str | None = None) -> Page:
        """One page, newest first, with the units that are shown."""
        below = cursor if cursor and cursor.isdecimal() and len(cursor) < 19 else None  # else no id: the first page
        rows = with_units(Problem.select().where(self._newest(below))).order_by(Problem.id.desc())
        found = list(rows.limit(PAGE_SIZE + 1))
        return Page(found[:PAGE_SIZE], str(found[PAGE_SIZE - 1].id) if len(found) > PAGE_SIZE else None)

    def heading(self) -> Heading:
        """What the ledger's own heading says of it."""
        counted = self.query.select(Problem.id).limit(COUNTED_MAX + 1).count()
        return Heading(min(counted, COUNTED_MAX), counted > COUNTED_MAX)

    def _newest(self, cursor: str | None) -> Any:
        """Whether a problem is among the newest below the cursor, looked up area by area, as an index holds them."""
        below = self.elsewhere if cursor is None else self.elsewhere.where(Problem.id < int(cursor))
        legs = [below] if self.areas is None else [below.where(Problem.area == area) for area in self.areas]
        return reduce(or_, [Problem.id.in_(_first_ids(leg)) for leg in legs], Problem.id.is_null())


def listing(user: User, asked: Asked) -> Listing:
    """The visible problems that match the filters of the contract, and `urgency`, `overdue`, `mine`."""
    query = filters.narrowed(Problem.visible_to(user), Problem, {**asked, "area": ""})
    if asked.get("urgency") in URGENCIES:
        query = query.where(Problem.urgency == asked["urgency"])
    if asked.get("overdue"):
        query = query.where(is_overdue())
    if asked.get("mine"):
        query = query.where(waits_for(user))
    return Listing(query, _areas(asked["area"]) if asked.get("area") else None)


def _areas(code: str) -> list[int]:
    known = Term.get_or_none(Term.kind == "area", Term.code == code)
    return sorted(areas_below([known.id])) if known else []


def _first_ids(leg: ModelSelect) -> Select:
    newest = leg.select(Problem.id).order_by(Problem.id.desc()).limit(PAGE_SIZE + 1).alias("newest")
    return Select([newest], [newest.c.id])
