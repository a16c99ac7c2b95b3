"""Tokens at the door of the API: who is asking, by `Authorization: Bearer`. They open no page."""

from flask import current_app, g, request

from fieldwork.people.devices import actions, queries
from fieldwork.people.devices.models import SEND, Device
from fieldwork.web import is_api

BEARER = "Bearer "


def let_in() -> None:
    """Look at the token of a call of the API; one that brings a token is never taken for whoever has the cookie.

    What people have recorded is taken from them whatever became of their account, by views that only take things in.
    """
    given = request.headers.get("Authorization", "")
    if not is_api() or not given.startswith(BEARER):
        return
    found = queries.device_of(given.removeprefix(BEARER).strip())
    g.only_sends = bool(getattr(current_app.view_functions.get(request.endpoint or ""), "only_sends", False))
    if found is not None and (found.user.is_active or g.only_sends):
        g.device, g._login_user = found, found.user
        actions.note_sign_of_life(found)
    else:
        g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]


def device() -> Device | None:
    """The device whose token this call came with."""
    found: Device | None = g.get("device")
    return found


def is_out_of_scope() -> bool:
    """Whether the token of this call may only send, and the call asks for more."""
    asking = device()
    return asking is not None and asking.scope == SEND and not g.only_sends
