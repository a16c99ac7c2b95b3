"""Passwords: Argon2id, the rule for new ones, and the count of failures that closes the door for a while."""

from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from fieldwork import clock
from fieldwork.core.db import transaction
from fieldwork.people.models import LoginAttempt

FAILURES_MAX = 5
FAILURES_MAX_PER_ADDRESS = 50  # an office behind one address has many people
THROTTLE = timedelta(minutes=15)
LENGTH_MIN = 8
KINDS_MIN = 3

_hasher = PasswordHasher()
_nobody = _hasher.hash("a name nobody has costs the same time as one somebody has")


def hash_of(password: str) -> str:
    """The Argon2id hash to keep."""
    return _hasher.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Whether the password fits the kept hash; takes as long when there is none."""
    try:
        return _hasher.verify(kept or _nobody, password) and kept is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def is_strong(password: str) -> bool:
    """At least 8 characters of 3 kinds: lower case, upper case, digits, others."""
    kinds = [
        any(c.islower() for c in password),
        any(c.isupper() for c in password),
        any(c.isdigit() for c in password),
        any(not c.isalnum() or ord(c) > 127 for c in password),
    ]
    return len(password) >= LENGTH_MIN and sum(kinds) >= KINDS_MIN


def is_throttled(username: str, address: str) -> bool:
    """Whether too many logins failed lately under this name or from this address."""
    since = clock.now() - THROTTLE
    failed = LoginAttempt.select().where(LoginAttempt.at > since)
    return (
        failed.where(LoginAttempt.key == _name(username)).count() >= FAILURES_MAX
        or failed.where(LoginAttempt.key == _address(address)).count() >= FAILURES_MAX_PER_ADDRESS
    )


def note_failure(username: str, address: str) -> None:
    """Count a failed login; forgets those that no longer matter."""
    with transaction():
        LoginAttempt.delete().where(LoginAttempt.at < clock.now() - 2 * THROTTLE).execute()
        for key in (_name(username), _address(address)):
            LoginAttempt.create(key=key, at=clock.now())


def forget_failures(username: str) -> None:
    """Start the count anew after a right password."""
    LoginAttempt.delete().where(LoginAttempt.key == _name(username)).execute()


def _name(username: str) -> str:
    return f"name:{username.casefold()[:64]}"


def _address(address: str) -> str:
    return f"from:{address[:64]}"
