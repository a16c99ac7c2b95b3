"""Who is let in where in 回收站: authors throw their own away; `thrown_…` lies in its author's trash alone."""

from tests.support.matrix import BOTH_READERS, Route, people

AUTHORS = {"north": people("xiaolin"), "east": people("stranger")}
FORM = {"version": "1"}


def throwing(kind: str, thing: str, sees: dict[str, frozenset[str]]) -> dict[str, Route]:
    """The route by which a record of this kind is thrown away."""
    return {f"POST trash.throw_away_{kind}": Route("POST", thing=thing, sees=sees, may=AUTHORS, data=FORM)}


ROUTES: dict[str, Route] = {
    "GET trash.browse": Route(),
    **throwing("visit", "visit", BOTH_READERS),
    **throwing("problem", "problem", BOTH_READERS),
    **throwing("case", "unfinished", AUTHORS),
    **{
        f"POST trash.put_back_{kind}": Route("POST", thing=f"thrown_{kind}", sees=AUTHORS, may=AUTHORS)
        for kind in ("visit", "problem", "case")
    },
}
