"""Who is let in where in the ledger. The problems of both worlds are reported and in nobody's hands yet."""

from fieldwork.problems.states import MOVES
from tests.support.matrix import BOTH_READERS, EVERYBODY, Route, people

RECORDERS = EVERYBODY - {"admin"}
DESKS = {"north": people("county city office"), "east": people("east sector city office")}
AUTHORS = {"north": people("xiaolin"), "east": people("stranger")}
READERS_BUT_ADMIN = {world: readers - {"admin"} for world, readers in BOTH_READERS.items()}
NOBODY = {"north": people(""), "east": people("")}
AUTHORS_AND_DESKS = {world: AUTHORS[world] | DESKS[world] for world in DESKS}

MAY_BY_RULE = {
    "problem.oversee": DESKS,
    "problem.raise": AUTHORS,
    "problem.lead": NOBODY,
    "problem.handle": NOBODY,
    "problem.close": DESKS,
    "problem.escalate": AUTHORS_AND_DESKS,
    "problem.wait": DESKS,
    "problem.look_back": READERS_BUT_ADMIN,
}
FORM = {"version": "1"}


def of_a_problem(may: dict[str, frozenset[str]] | frozenset[str], data: dict[str, str] | None = None) -> Route:
    return Route(thing="problem", sees=BOTH_READERS, may=may, data=data or {}, method="POST" if data else "GET")


ROUTES: dict[str, Route] = {
    "GET problems.ledger": Route(),
    "GET problems.new": Route(may=RECORDERS),
    "POST problems.new": Route(method="POST", may=RECORDERS, data={"text": "一句话"}),
    "GET problems.co_handler_choices": Route(may=RECORDERS),
    "GET problems.export": Route(may=people("county east sector city office leader")),
    "GET problems.show": of_a_problem(BOTH_READERS),
    "GET problems.versions": of_a_problem(BOTH_READERS),
    "GET problems.alike": of_a_problem(BOTH_READERS),
    "GET problems.edit": of_a_problem(AUTHORS_AND_DESKS),
    "POST problems.edit": of_a_problem(AUTHORS_AND_DESKS, FORM),
}
for _move in MOVES.values():
    ROUTES[f"GET problems.move_{_move.code}"] = of_a_problem(MAY_BY_RULE[_move.who])
    ROUTES[f"POST problems.move_{_move.code}"] = of_a_problem(MAY_BY_RULE[_move.who], FORM)
