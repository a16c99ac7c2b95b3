"""HTTP of devices: a page of ours asks for a token for its phone; its owner sees how each does, and shuts one out."""

from typing import Any

from flask import flash, jsonify
from flask_login import current_user

from fieldwork.core.schemas import read
from fieldwork.errors import Invalid
from fieldwork.people.devices import actions, labels, queries
from fieldwork.people.devices.models import SEND, Device
from fieldwork.people.devices.schemas import NewDevice
from fieldwork.people.room import room
from fieldwork.people.sessions import person
from fieldwork.web import allow, go_to, json_object, page, visible


@room.post("/me/devices")
@allow("member")
def let_device_in() -> Any:
    asked, errors = read(NewDevice, json_object())
    if asked is None:
        raise Invalid(errors)
    device, token = actions.let_in(person(), asked.name, SEND)
    owner = {"id": str(device.user.uid), "name": device.user.name}
    expires_at = device.expires_at.isoformat(timespec="seconds")
    return jsonify(token=token, device=str(device.uid), expires_at=expires_at, person=owner), 201


@room.get("/me/devices")
@allow("member")
def browse_devices() -> Any:
    return page("people/devices.html", devices=queries.devices_of(current_user))


@room.post("/me/devices/<uuid:uid>/revocation")
@allow("member", load=visible(Device))
def revoke_device(device: Device) -> Any:
    actions.revoke(person(), device)
    flash(labels.REVOKED.format(name=device.name))
    return go_to("people.browse_devices")
