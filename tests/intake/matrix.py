"""Who is let in where among what comes from phones."""

from tests.support.matrix import Route

ROUTES: dict[str, Route] = {
    "GET intake.outbox": Route(),
}
