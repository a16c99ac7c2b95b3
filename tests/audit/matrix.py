"""Who is let in where, for the journal's page."""

from tests.support.matrix import Route, people

ROUTES = {"GET audit.browse": Route(may=people("admin"))}
