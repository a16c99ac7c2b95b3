"""What came from phones in the two worlds of the matrix: one that waits for a choice, one in the office's box."""

from typing import Any

from fieldwork.intake.actions import take
from tests.intake.making import body, two_texts
from tests.support.cast import Cast


def things(people: Cast, worlds: dict[str, dict[str, Any]]) -> None:
    """In each world a conflict of its author, and a record of theirs at a unit nobody knows."""
    for world, author, unit in (
        ("north", people.xiaolin, people.units.stones),
        ("east", people.stranger, people.units.hospital),
    ):
        worlds[world]["conflict"] = two_texts(author, unit)
        worlds[world]["boxed"] = take(author, "visit", body("visit", None), imported_by=people.office).submission
