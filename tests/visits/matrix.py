"""Who is let in where among the visits."""

from tests.support.matrix import BOTH_READERS, EVERYBODY, Route, people

RECORDERS = EVERYBODY - {"admin"}
AUTHORS = {"north": people("xiaolin"), "east": people("stranger")}

ROUTES: dict[str, Route] = {
    "GET visits.browse": Route(),
    "GET visits.new": Route(may=RECORDERS),
    "POST visits.new": Route(method="POST", may=RECORDERS, data={"text": "一句话"}),
    "GET visits.show": Route(thing="visit", sees=BOTH_READERS, may=BOTH_READERS),
    "GET visits.versions": Route(thing="visit", sees=BOTH_READERS, may=BOTH_READERS),
    "GET visits.edit": Route(thing="visit", sees=BOTH_READERS, may=AUTHORS),
    "POST visits.edit": Route("POST", thing="visit", sees=BOTH_READERS, may=AUTHORS, data={"version": "1"}),
    "POST visits.submit": Route("POST", thing="draft", sees=AUTHORS, may=AUTHORS, data={"version": "1"}),
}
