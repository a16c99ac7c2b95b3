"""Who is let in to the pages that look over all rooms."""

from tests.support.matrix import EVERYBODY, Route, people

ALL = {"north": EVERYBODY, "east": EVERYBODY}

ROUTES: dict[str, Route] = {
    "GET insight.home": Route(),
    "GET insight.search": Route(),
    "GET insight.coverage": Route(may=people("county east sector city office leader admin")),
    "GET insight.unit": Route(thing="unit", sees=ALL, may=ALL),
    "GET insight.healthz": Route(public=True),
    "GET insight.readyz": Route(public=True),
}
