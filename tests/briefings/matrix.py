"""Who edits, issues and reads issues. North is a draft of the office; east is one that was issued."""

from tests.support.matrix import Route, people

READERS = people("county east sector city office leader admin")
SEES = {"north": people("office"), "east": READERS}
OFFICE = people("office")
BY_OFFICE = {"north": OFFICE, "east": OFFICE}
ISSUERS = {"north": OFFICE, "east": people("office leader")}
ITEM = {"item": "00000000-0000-7000-8000-000000000000"}


def of_an_issue(may: dict[str, frozenset[str]], method: str = "GET", **data: str) -> Route:
    return Route(method, thing="briefing", sees=SEES, may=may, data=data)


def of_an_item(method: str, **data: str) -> Route:
    """The item does not exist, so that even the office is told 404: what others may not do is 403 before that."""
    return Route(method, thing="briefing", sees=SEES, may=BY_OFFICE, data=data, values=ITEM, gone=True)


ROUTES: dict[str, Route] = {
    "GET briefings.browse": Route(may=READERS),
    "GET briefings.new": Route(may=OFFICE),
    "POST briefings.new": Route("POST", may=OFFICE, data={"masthead": ""}),
    "GET briefings.show": of_an_issue(SEES),
    "GET briefings.edit": of_an_issue(BY_OFFICE),
    "POST briefings.edit": of_an_issue(BY_OFFICE, "POST", masthead="", organ=""),
    "GET briefings.candidates": of_an_issue(BY_OFFICE),
    "POST briefings.add_item": of_an_issue(BY_OFFICE, "POST"),
    "GET briefings.edit_item": of_an_item("GET"),
    "POST briefings.edit_item": of_an_item("POST"),
    "POST briefings.move_item": of_an_item("POST"),
    "POST briefings.remove_item": of_an_item("POST"),
    "POST briefings.move_ask": of_an_issue(BY_OFFICE, "POST"),
    "POST briefings.move_hand_back": of_an_issue(ISSUERS, "POST"),
    "POST briefings.move_issue": of_an_issue(ISSUERS, "POST"),
    "GET briefings.word": of_an_issue(SEES),
    "GET briefings.html": of_an_issue(SEES),
    "GET briefings.photo": Route(thing="briefing", sees=SEES, may=SEES, values={"key": "0" * 64}, gone=True),
}
