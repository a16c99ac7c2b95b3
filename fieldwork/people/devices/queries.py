"""Questions about devices."""

from fieldwork import clock
from fieldwork.people.devices.actions import digest_of
from fieldwork.people.devices.models import Device
from fieldwork.people.models import Unit, User


def device_of(token: str) -> Device | None:
    """The device this token was made for, with its owner, in use or not; None when the token lets nobody in."""
    query = Device.select(Device, User, Unit).join(User).join(Unit).where(Device.digest == digest_of(token))
    device = query.first()
    return device if device is not None and device.is_open_at(clock.now()) else None


def devices_of(user: User) -> list[Device]:
    """The devices this person has let in and not shut out, the newest first."""
    mine = Device.visible_to(user).where(Device.revoked_at.is_null(), Device.expires_at > clock.now())
    return list(mine.order_by(Device.id.desc()))
