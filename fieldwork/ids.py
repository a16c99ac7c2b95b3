"""Ids that go out of the house: UUIDv7 (RFC 9562), so that they sort by the time they were made."""

import secrets
import time
from uuid import UUID

_VERSION_AND_VARIANT = (0x7 << 76) | (0b10 << 62)
_RANDOM_A = 0xFFF << 64
_RANDOM_B = (1 << 62) - 1


def uuid7(unix_ms: int | None = None) -> UUID:
    """A fresh UUIDv7; `unix_ms` sets its time (milliseconds since 1970) for records made at a known moment."""
    moment = time.time_ns() // 1_000_000 if unix_ms is None else unix_ms
    random = secrets.randbits(80)
    value = (moment & (1 << 48) - 1) << 80 | random & _RANDOM_A | random & _RANDOM_B
    return UUID(int=value | _VERSION_AND_VARIANT)
