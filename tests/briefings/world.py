"""North: a draft with one text. East: an issued one."""

from typing import Any

from tests.briefings import making


def things(people: Any, worlds: dict[str, dict[str, Any]]) -> None:
    for world in ("north", "east"):
        briefing = making.draft(people)
        making.with_item(people, briefing, "text")
        worlds[world]["briefing"] = making.fresh(briefing)
    worlds["east"]["briefing"] = making.issued(people, worlds["east"]["briefing"])
