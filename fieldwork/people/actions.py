"""What people do for themselves: log in and out, change their password, end their sessions elsewhere."""

from fieldwork.core.db import transaction
from fieldwork.people import acts, passwords, throttle
from fieldwork.people.devices import actions as devices
from fieldwork.people.devices.models import FULL, SEND
from fieldwork.people.models import Unit, User


def log_in(username: str, password: str, address: str) -> User | None:
    """The person these belong to; None when name and password do not fit or the account is not in use.

    Raises:
        TooMany: five failures under this name (or fifty from this address) lately; not even the right password helps.
    """
    if not passwords.try_door(username, address):
        raise throttle.TooMany("too_many_logins")
    user = User.select(User, Unit).join(Unit).where(User.username == username.casefold()).first()
    is_right = passwords.is_right(password, user.password_hash if user else None)
    if user is None or not is_right or not user.is_active:
        acts.record(None, "user.login_failed", user, address=address)
        return None
    with transaction():
        passwords.forgive(username, address)
        acts.record(user, "user.login", user, address=address)
    return user


def log_out(actor: User) -> None:
    """Write the end of the session down; ending it is the browser's part."""
    acts.record(actor, "user.logout", actor)


def change_password(actor: User, current: str, password: str, address: str) -> User | None:
    """Take a new password (already checked against the rule) and end every session begun with the old one.

    Returns the person as they now stand; None when `current` is not their password, which counts as a failed login.

    Raises:
        TooMany: as for a login.
    """
    if not passwords.try_door(actor.username, address):
        raise throttle.TooMany("too_many_logins")
    if not passwords.is_right(current, actor.password_hash):
        return None
    kept = passwords.hash_of(password)
    with transaction():
        passwords.forgive(actor.username, address)
        _update(actor, password_hash=kept, must_change_password=False, session_epoch=User.session_epoch + 1)
        devices.revoke_all(actor, FULL)  # what only sends goes on: a queue is not lost by a new password
        acts.record(actor, "user.password_changed", actor)
    return _fresh(actor)


def end_sessions(actor: User) -> User:
    """End every session of this person, on every browser."""
    with transaction():
        _update(actor, session_epoch=User.session_epoch + 1)
        devices.revoke_all(actor, FULL, SEND)
        acts.record(actor, "user.sessions_ended", actor)
    return _fresh(actor)


def _update(user: User, **values: object) -> None:
    User.update(**values).where(User.id == user.id).execute()


def _fresh(user: User) -> User:
    return User.select(User, Unit).join(Unit).where(User.id == user.id).get()
