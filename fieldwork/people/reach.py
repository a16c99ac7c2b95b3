"""How far a person's roles reach: which areas (块) and sectors (条), or everything."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fieldwork.people.models import Grant, Term, User

OVERSEERS = ("county", "city", "office", "leader", "admin")


@dataclass(frozen=True)
class Reach:
    """A part of the municipality: everything, or these areas (with all below them) and these sectors."""

    everything: bool = False
    area_ids: frozenset[int] = frozenset()
    sector_ids: frozenset[int] = frozenset()

    def covers(self, thing: Any) -> bool:
        """Whether a record or unit (anything with area_id and sector_id) lies within."""
        return self.everything or thing.area_id in self.area_ids or thing.sector_id in self.sector_ids


def reach_of(user: User, *roles: str) -> Reach:
    """How far these roles of the person reach (by default: every role that oversees others' records)."""
    wanted = roles or OVERSEERS
    kept: dict[tuple[str, ...], Reach] = user.__dict__.setdefault("_reach", {})
    if wanted not in kept:
        kept[wanted] = _reach([grant for grant in user.held_grants if grant.role in wanted])
    return kept[wanted]


def areas_below(area_ids: Iterable[int]) -> frozenset[int]:
    """These areas and all areas inside them."""
    found = set(area_ids)
    level = found
    while level:
        rows = Term.select(Term.id).where(Term.kind == "area", Term.parent.in_(list(level))).tuples()
        level = {row[0] for row in rows} - found
        found |= level
    return frozenset(found)


def _reach(grants: list[Grant]) -> Reach:
    unbounded = [g for g in grants if g.area_id is None and g.sector_id is None and g.role != "county"]
    if unbounded:
        return Reach(everything=True)
    areas = {g.area_id for g in grants if g.area_id is not None}
    return Reach(
        area_ids=areas_below(areas) if areas else frozenset(),
        sector_ids=frozenset(g.sector_id for g in grants if g.sector_id is not None),
    )
