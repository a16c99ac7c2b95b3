"""Who decides what: the county of the area or the head of the sector first, and nobody out of turn."""

from tests.support.matrix import BOTH_READERS, Route, people

REVIEWERS = people("county east sector city leader")
AT_COUNTY_STAGE = {"north": people("county"), "east": people("east sector")}
DESKS = {"north": people("county city office"), "east": people("east sector city office")}
PROMOTERS = {"north": people("county city office leader"), "east": people("east sector city office leader")}
KEEPERS = {"north": people("city office leader"), "east": people("city office leader")}
DECIDERS = {world: readers & (REVIEWERS | people("office")) for world, readers in BOTH_READERS.items()}


def decision(may: dict[str, frozenset[str]], **words: str) -> Route:
    """A move of a case that waits for the county."""
    return Route("POST", thing="case", sees=BOTH_READERS, may=may, data={"version": "2", **words})


def of_a_banked_one(may: dict[str, frozenset[str]], **words: str) -> Route:
    """A move of a case that has passed all stages."""
    return Route("POST", thing="banked", sees=BOTH_READERS, may=may, data={"version": "5", **words})


ROUTES: dict[str, Route] = {
    "GET review.queue": Route(may=REVIEWERS),
    "GET review.case": Route(thing="case", sees=BOTH_READERS, may=DECIDERS),
    "POST review.move_pass": decision(AT_COUNTY_STAGE),
    "POST review.move_return": decision(AT_COUNTY_STAGE, reason="请补充"),
    "POST review.move_decline": decision(AT_COUNTY_STAGE, reason="不成熟"),
    "POST review.move_cultivate": decision(DESKS, mentor="曾敏"),
    "POST review.move_promote": of_a_banked_one(PROMOTERS, grade="county"),
    "POST review.move_archive": of_a_banked_one(KEEPERS),
    "POST review.move_revoke": of_a_banked_one(KEEPERS, reason="不实"),
}
