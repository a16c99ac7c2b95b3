"""A draft visit of each world's author, which nobody else sees."""

from typing import Any

from fieldwork.visits.actions import record_visit
from fieldwork.visits.schemas import VisitIn


def things(people: Any, worlds: dict[str, dict[str, Any]]) -> None:
    for name, author, unit in (
        ("north", people.xiaolin, people.units.stones),
        ("east", people.stranger, people.units.hospital),
    ):
        worlds[name]["draft"] = record_visit(author, VisitIn(unit=unit.uid, text="草稿", draft=True))
