"""Every route × role × own and foreign things: 404 if it does not exist for you, 403 if you may not, else neither."""

import importlib
import pathlib
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from fieldwork.core.db import database
from tests.support import worlds as making
from tests.support.matrix import EVERYBODY, Route

ROOMS = sorted({path.parent.name for path in pathlib.Path(__file__).parent.glob("*/matrix.py")} - {"support"})
WORLDS = ("north", "east")
NOBODY = "nobody"


def routes_of(room: str) -> dict[str, Route]:
    """What a room lists, keyed "METHOD endpoint"."""
    routes: dict[str, Route] = importlib.import_module(f"tests.{room}.matrix").ROUTES
    return routes


ROUTES = {key: route for room in ROOMS for key, route in routes_of(room).items()}


def served_routes(app: Flask) -> Iterator[tuple[str, Rule]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                yield f"{method} {rule.endpoint}", rule


def test_every_route_is_listed_and_every_listed_route_exists(app: Flask) -> None:
    served = {key for key, _ in served_routes(app)}
    assert served - ROUTES.keys() == set(), "routes nobody listed"
    assert ROUTES.keys() - served == set(), "listed routes that do not exist"


@pytest.fixture
def worlds(app: Flask, people: Any) -> dict[str, dict[str, Any]]:
    made = making.make(people)
    for room in ROOMS:
        path = pathlib.Path(__file__).parent / room / "world.py"
        if path.exists():
            importlib.import_module(f"tests.{room}.world").things(people, made)
    return made


@pytest.mark.parametrize("room", ROOMS)
def test_who_is_let_in(room: str, app: Flask, people: Any, log_in: Any, worlds: Any) -> None:
    wrong = []
    for key, route in routes_of(room).items():
        for world in WORLDS if route.thing else WORLDS[:1]:
            for name in [*sorted(EVERYBODY), NOBODY]:
                user = None if name == NOBODY else getattr(people, name)
                status = answer(app, log_in, key, route, worlds[world], user)
                if not is_expected(status, route, world, name):
                    wrong.append(f"{key}: {name} at {world}: {status}")
    assert wrong == []


def answer(app: Flask, log_in: Any, key: str, route: Route, things: dict[str, Any], user: Any) -> int:
    """The status this person gets; a write is rolled back so that the next person meets the same thing."""
    endpoint = key.split(" ", 1)[1]
    values: dict[str, Any] = dict(route.values)
    if route.thing:
        values["uid"] = things[route.thing].uid
    with app.test_request_context():
        url = app.url_for(endpoint, **values)
    with database.atomic() as everything:
        status = log_in(user).open(url, method=route.method, data=route.data or None).status_code
        everything.rollback()
    return status


def is_expected(status: int, route: Route, world: str, name: str) -> bool:
    if route.public:
        return status not in {401, 403, 404, 405, 500}
    if name == NOBODY:
        return status in {303, 401}
    if route.missing or (route.thing and name not in route.sees[world]):
        return status == 404
    allowed = route.may if isinstance(route.may, frozenset) else route.may[world]
    if name not in allowed:
        return status == 403
    if route.gone:
        return status == 404
    return status not in {401, 403, 404, 405, 500}
