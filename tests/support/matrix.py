"""What the route × role matrix expects: every room lists its endpoints in tests/<room>/matrix.py.

There are two worlds. In "north" xiaolin made the record at the village of the north county; in "east" stranger did at
the hospital of the east county (sector health). `SEES` says for whom a thing exists at all (others get 404), `may`
of a Route who of them is let in (others get 403).
"""

from dataclasses import dataclass, field

EVERYBODY = frozenset("xiaolin laoma village stranger county east sector city office leader admin".split())
NORTH_READERS = frozenset("xiaolin county city office leader admin".split())
EAST_READERS = frozenset("stranger east sector city office leader admin".split())


def people(names: str) -> frozenset[str]:
    """A set of people of the cast, from their names."""
    found = frozenset(names.split())
    assert found <= EVERYBODY, found - EVERYBODY
    return found


@dataclass(frozen=True)
class Route:
    """What one method of one endpoint answers to whom.

    `thing` names what fills <uid> ("visit", "problem", "case", …; see tests/support/worlds.py), None for pages without
    one. `sees` and `may` give people by world; a page without a thing uses the one set `may`. `values` fill the other
    parts of the URL, `data` is posted. `public` routes let anybody in; `missing` ones answer 404 to all who log in,
    `gone` ones to those who may: the part of the thing that the URL names does not exist.
    """

    method: str = "GET"
    thing: str | None = None
    sees: dict[str, frozenset[str]] = field(default_factory=dict)
    may: dict[str, frozenset[str]] | frozenset[str] = EVERYBODY
    values: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    public: bool = False
    missing: bool = False
    gone: bool = False


BOTH_READERS = {"north": NORTH_READERS, "east": EAST_READERS}
