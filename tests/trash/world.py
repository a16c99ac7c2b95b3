"""In each world, a visit, a problem and a case that their author has thrown away."""

from typing import Any

from tests.trash.making import thrown_away


def things(people: Any, worlds: dict[str, dict[str, Any]]) -> None:
    for name, author, unit in (
        ("north", people.xiaolin, people.units.stones),
        ("east", people.stranger, people.units.hospital),
    ):
        worlds[name] |= {f"thrown_{kind}": record for kind, record in thrown_away(author, unit).items()}
