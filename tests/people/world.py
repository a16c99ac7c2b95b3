"""What the room of people adds to the two worlds of the matrix."""

from typing import Any

from tests.support.cast import Cast


def things(people: Cast, worlds: dict[str, dict[str, Any]]) -> None:
    """An account, a unit and a term in each world."""
    worlds["north"] |= {"account": people.xiaolin, "unit": people.units.stones, "term": people.terms.north_county}
    worlds["east"] |= {"account": people.stranger, "unit": people.units.hospital, "term": people.terms.east_county}
