"""The units a person was at lately. Visits are above this room, so the room of visits says which they are."""

from collections.abc import Callable, Sequence

from fieldwork.people.models import User

RecentUnits = Callable[[User, int], Sequence[int]]
_sources: list[RecentUnits] = []


def learn(source: RecentUnits) -> None:
    """Ask `source(user, limit)` for unit ids, latest first; called once, from the install of the room that knows."""
    if source not in _sources:
        _sources.append(source)


def of(user: User, limit: int) -> list[int]:
    """Ids of the units this person was at lately, latest first; none while no room knows."""
    return list(dict.fromkeys(unit for source in _sources for unit in source(user, limit)))[:limit]
