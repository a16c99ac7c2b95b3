"""Who is let in where, for the endpoints of feedback."""

from tests.support.matrix import Route, people

READERS = {"north": people("xiaolin office admin"), "east": people("stranger office admin")}
ANSWERERS = {"north": people("office admin"), "east": people("office admin")}

ROUTES = {
    "GET feedback.new": Route(public=True),
    "POST feedback.send": Route("POST", public=True),
    "GET feedback.browse": Route(),
    "GET feedback.show": Route(thing="feedback", sees=READERS, may=READERS),
    "POST feedback.answer": Route("POST", thing="feedback", sees=READERS, may=ANSWERERS),
}
