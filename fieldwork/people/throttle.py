"""Doors that close for a while after too many tries. Counted in the database, so that every process counts the same."""

from datetime import timedelta

from fieldwork import clock
from fieldwork.core.db import transaction
from fieldwork.errors import Refused
from fieldwork.people.models import LoginAttempt

CLOSED_FOR = timedelta(minutes=15)


class TooMany(Refused):
    """The door is closed for now."""

    status = 429
    retry_after_s = 900


def is_closed(key: str, tries: int) -> bool:
    """Whether the last `tries` came within 15 minutes of each other, and the last of them less than 15 minutes ago."""
    query = LoginAttempt.select(LoginAttempt.at).where(LoginAttempt.key == key).order_by(LoginAttempt.at.desc())
    moments = [row.at for row in query.limit(tries)]
    if len(moments) < tries:
        return False
    return clock.now() - moments[0] < CLOSED_FOR and moments[0] - moments[-1] < CLOSED_FOR


def note(*keys: str) -> None:
    """Count one try under each key; forgets those that no longer matter."""
    with transaction():
        LoginAttempt.delete().where(LoginAttempt.at < clock.now() - 2 * CLOSED_FOR).execute()
        for key in keys:
            LoginAttempt.create(key=key, at=clock.now())


def take_back(key: str) -> None:
    """Uncount the latest try under a key."""
    latest = LoginAttempt.select().where(LoginAttempt.key == key).order_by(LoginAttempt.at.desc()).first()
    if latest is not None:
        latest.delete_instance()


def forget(key: str) -> None:
    """Start the count of a key anew."""
    LoginAttempt.delete().where(LoginAttempt.key == key).execute()
