"""What is done with devices: let in with a token that is shown once, shut out again, told how the phone is doing."""

import hashlib
import secrets
from datetime import timedelta

from peewee import fn

from fieldwork import clock
from fieldwork.core.db import transaction
from fieldwork.errors import NotFound
from fieldwork.people import acts
from fieldwork.people.devices.models import FULL, SEND, Device
from fieldwork.people.devices.schemas import Health
from fieldwork.people.models import User

LASTS = {FULL: timedelta(days=90), SEND: timedelta(days=400)}  # a phone may lie in a drawer with unsent records in it
SEEN_EVERY = timedelta(minutes=10)
DEVICES_MAX = 20


def let_in(user: User, name: str, scope: str = FULL) -> tuple[Device, str]:
    """A new token for this person's device; the token itself is kept nowhere, only its hash."""
    token = secrets.token_urlsafe(32)
    with transaction():
        device = Device.create(
            user=user,
            name=name,
            digest=digest_of(token),
            scope=scope,
            created_at=clock.now(),
            expires_at=clock.now() + LASTS[scope],
        )
        acts.record(user, "device.let_in", device)  # not its name: nobody else learns which phones a person has
        _shut_out_the_oldest(user, device)
    return device, token


def revoke(actor: User, device: Device) -> None:
    """Shut a device out for good. What it has not sent stays on it.

    Raises:
        NotFound: it is somebody else's.
    """
    if device.user_id != actor.id:
        raise NotFound
    with transaction():
        changed = Device.update(revoked_at=clock.now()).where(Device.id == device.id, Device.revoked_at.is_null())
        if changed.execute():
            acts.record(actor, "device.revoked", device)


def _shut_out_the_oldest(user: User, newest: Device) -> None:
    """Of more devices than anybody has, those go that were not heard of for longest; who uses one logs in again."""
    others = (Device.user == user.id) & (Device.id != newest.id) & Device.revoked_at.is_null()
    known = Device.select(Device.id).where(others).order_by(fn.COALESCE(Device.seen_at, Device.created_at).desc())
    gone = [device_id for (device_id,) in known.offset(DEVICES_MAX - 1).limit(DEVICES_MAX).tuples()]
    if gone:
        Device.update(revoked_at=clock.now()).where(Device.id.in_(gone)).execute()


def revoke_all(user: User, *scopes: str) -> None:
    """Shut out every device of this person with one of these scopes."""
    theirs = (Device.user == user.id) & Device.scope.in_(scopes) & Device.revoked_at.is_null()
    Device.update(revoked_at=clock.now()).where(theirs).execute()


def note_sign_of_life(device: Device) -> None:
    """Remember, now and then, that the device was heard of; only its owner is ever told."""
    now = clock.now()
    if device.seen_at is None or now - device.seen_at > SEEN_EVERY:
        Device.update(seen_at=now).where(Device.id == device.id).execute()


def report(device: Device, health: Health) -> None:
    """Keep what the phone says of itself, for its owner."""
    Device.update(seen_at=clock.now(), **health.model_dump()).where(Device.id == device.id).execute()


def digest_of(token: str) -> str:
    """What of a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
