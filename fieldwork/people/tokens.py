"""Tokens at the door of the API: who is asking, by `Authorization: Bearer`. They open no page."""

from flask import Flask, current_app, g, request
from flask_login import LoginManager

from fieldwork.people.devices import actions, queries
from fieldwork.people.devices.models import SEND, Device

API = "/api/"
BEARER = "Bearer "


def install(app: Flask, manager: LoginManager) -> None:
    """Look at the token of every call of the API; a call that brings one is never taken for whoever has the cookie."""

    @app.before_request
    def let_in_by_token() -> None:
        given = request.headers.get("Authorization", "")
        if not request.path.startswith(API) or not given.startswith(BEARER):
            return
        found = queries.device_of(given.removeprefix(BEARER).strip())
        if found is not None and (found.user.is_active or _only_sends()):
            g.device, g._login_user = found, found.user
            actions.note_sign_of_life(found)
        else:
            g._login_user = manager.anonymous_user()


def device() -> Device | None:
    """The device whose token this call came with."""
    found: Device | None = g.get("device")
    return found


def is_out_of_scope() -> bool:
    """Whether the token of this call may only send, and the call asks for more."""
    asking = device()
    return asking is not None and asking.scope == SEND and not _only_sends()


def _only_sends() -> bool:
    """Whether the view only takes things in: what people have recorded is taken from them whatever became of them."""
    return bool(getattr(current_app.view_functions.get(request.endpoint or ""), "only_sends", False))
