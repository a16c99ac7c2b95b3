"""Who is let in where among the cases; in both worlds the case is a draft that only its author sees, unless said."""

from tests.support.matrix import BOTH_READERS, EVERYBODY, Route, people

RECORDERS = EVERYBODY - {"admin"}
AUTHORS = {"north": people("xiaolin"), "east": people("stranger")}
FORM = {"version": "1"}

ROUTES: dict[str, Route] = {
    "GET cases.browse": Route(),
    "GET cases.models": Route(),
    "GET cases.new": Route(may=RECORDERS),
    "POST cases.new": Route("POST", may=RECORDERS, data={"text": "一句话"}),
    "GET cases.show": Route(thing="case", sees=BOTH_READERS, may=BOTH_READERS),
    "GET cases.versions": Route(thing="case", sees=BOTH_READERS, may=BOTH_READERS),
    "GET cases.word": Route(thing="case", sees=BOTH_READERS, may=BOTH_READERS),
    "GET cases.edit": Route(thing="unfinished", sees=AUTHORS, may=AUTHORS),
    "POST cases.edit": Route("POST", thing="unfinished", sees=AUTHORS, may=AUTHORS, data=FORM),
    "POST cases.move_submit": Route("POST", thing="unfinished", sees=AUTHORS, may=AUTHORS, data=FORM),
    "POST cases.move_withdraw": Route("POST", thing="case", sees=BOTH_READERS, may=AUTHORS, data={"version": "2"}),
}
