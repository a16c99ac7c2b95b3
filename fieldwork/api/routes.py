"""HTTP of the API: tokens, who one is, what a phone keeps to choose from, what is held. Records and uploads stand in
files of their own; what any of it takes and answers is described by openapi.json."""

from typing import Any

from flask import Flask, Response, request

from fieldwork.api import openapi, presenting, queries, records, uploads
from fieldwork.api.door import answered, api, sent, unless_unchanged
from fieldwork.api.room import room
from fieldwork.api.schemas import Have, TokenRequest
from fieldwork.errors import Forbidden, Unauthorized
from fieldwork.people import actions as people
from fieldwork.people import tokens
from fieldwork.people.devices import actions as devices
from fieldwork.people.devices.schemas import Health
from fieldwork.people.queries import grants_of
from fieldwork.people.sessions import person
from fieldwork.people.units.near import point_of
from fieldwork.photos import routes as photos
from fieldwork.web import allow

__all__ = ["install", "openapi", "records", "room", "uploads"]


def install(app: Flask) -> None:
    """Add the API."""
    app.register_blueprint(room)


@room.post("/tokens")
@allow("public")
def make_token() -> Response:
    asked = sent(TokenRequest)
    user = people.log_in(asked.username, asked.password, request.remote_addr or "")
    if user is None:
        raise Unauthorized("wrong_login")
    if user.must_change_password:
        raise Forbidden("password_first")
    device, token = devices.let_in(user, asked.device)
    return answered({"token": token, "expires_at": _moment(device.expires_at)}, 201)


@room.get("/me")
@api("member")
def me() -> Any:
    return unless_unchanged(presenting.person(person(), grants_of(person())))


@room.put("/me/device")
@api("member", only_sends=True)
def report() -> Response:
    device = tokens.device()
    if device is None:
        raise Forbidden("no_device")
    devices.report(device, sent(Health))
    return Response(status=204)


@room.get("/units")
@api("member")
def units() -> Any:
    codes = queries.term_codes()
    near = point_of(request.args.get("near", ""))
    items = [_with_distance(presenting.unit(unit, codes), km) for unit, km in queries.units(near)]
    return unless_unchanged({"items": items, "next": None})


@room.get("/vocabulary")
@api("member")
def vocabulary() -> Any:
    codes = queries.term_codes()
    return unless_unchanged(
        {kind: [presenting.term(one, codes) for one in terms] for kind, terms in queries.terms().items()}
    )


@room.post("/have")
@api("member", only_sends=True)
def have() -> Response:
    asked = sent(Have)
    return answered(queries.held(person(), asked.ids, asked.hashes))


@room.get("/photos/<string(length=64):sha256>")
@api("member")
def photo(sha256: str) -> Any:
    return photos.file(sha256=sha256)


def _with_distance(unit: dict[str, Any], km: float | None) -> dict[str, Any]:
    return unit if km is None else {**unit, "distance_km": round(km, 3)}


def _moment(value: Any) -> str:
    return str(value.isoformat(timespec="seconds")).replace("+00:00", "Z")
