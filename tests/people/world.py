"""What the room of people adds to the two worlds of the matrix."""

from typing import Any

from fieldwork.people.devices.actions import let_in
from tests.support.cast import Cast


def things(people: Cast, worlds: dict[str, dict[str, Any]]) -> None:
    """An account, a unit, a term and a device in each world."""
    worlds["north"] |= {"account": people.xiaolin, "unit": people.units.stones, "term": people.terms.north_county}
    worlds["east"] |= {"account": people.stranger, "unit": people.units.hospital, "term": people.terms.east_county}
    for name, owner in (("north", people.xiaolin), ("east", people.stranger)):
        worlds[name]["device"], _ = let_in(owner, "手机")
