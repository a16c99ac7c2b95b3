"""In each world a case in review (waiting for the county), a draft, and a banked one."""

from typing import Any

from tests.review import making


def things(people: Any, worlds: dict[str, dict[str, Any]]) -> None:
    worlds["north"]["case"] = making.submitted(people)
    worlds["north"]["unfinished"] = making.draft(people)
    worlds["north"]["banked"] = making.banked(people)
    there = {"author": people.stranger, "unit": people.units.hospital}
    worlds["east"]["case"] = making.submitted(people, **there)
    worlds["east"]["unfinished"] = making.draft(people, **there)
    submitted = making.submitted(people, **there)
    worlds["east"]["banked"] = making.passed(submitted, people.east, people.city, people.leader)
