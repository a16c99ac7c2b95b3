"""Passwords: Argon2id, the rule for new ones, and the count of failures that closes the door for a while."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from fieldwork.core.db import transaction
from fieldwork.people import throttle
from fieldwork.people.turns import take_turn

FAILURES_MAX = 5
FAILURES_MAX_PER_ADDRESS = 50  # an office behind one address has many people
LENGTH_MIN = 8
LENGTH_MAX = 200
KINDS_MIN = 3
ONE_TIME_GROUPS = 3
ONE_TIME_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that reads like something else

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # OWASP's figures: 19 MB a login, not 64
_swift = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1)
_nobody = _hasher.hash("a name nobody has costs the same time as one somebody has")


def hash_of(password: str) -> str:
    """The Argon2id hash to keep."""
    return _hasher.hash(password)


def hash_of_one_time(password: str) -> str:
    """A cheaper hash, enough for 68 random bits that are changed at the first login; an import makes hundreds."""
    return _swift.hash(password)


def one_time() -> str:
    """A random password to be handed over once: three groups of four, easy to read out."""
    while True:
        groups = ["".join(secrets.choice(ONE_TIME_LETTERS) for _ in range(4)) for _ in range(ONE_TIME_GROUPS)]
        password = "-".join(groups)
        if is_strong(password):
            return password


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
    return LENGTH_MIN <= len(password) <= LENGTH_MAX and sum(kinds) >= KINDS_MIN


def is_throttled(username: str, address: str) -> bool:
    """Whether too many logins failed lately under this name or from this address."""
    return throttle.is_closed(_name(username), FAILURES_MAX) or throttle.is_closed(
        _address(address), FAILURES_MAX_PER_ADDRESS
    )


def note_failure(username: str, address: str) -> None:
    """Count a failed login."""
    throttle.note(_name(username), _address(address))


def try_door(username: str, address: str) -> bool:
    """Count a try before its password is looked at, so that many at once get no more guesses; False: it is shut."""
    with transaction():
        take_turn(_name(username))
        if is_throttled(username, address):
            return False
        note_failure(username, address)
    return True


def forgive(username: str, address: str) -> None:
    """Start the count anew after a right password; what others failed from the same address still counts."""
    with transaction():
        throttle.forget(_name(username))
        throttle.take_back(_address(address))


def _name(username: str) -> str:
    return f"name:{username.casefold()[:64]}"


def _address(address: str) -> str:
    return f"from:{address[:64]}"
