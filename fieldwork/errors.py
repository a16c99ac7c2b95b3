"""Refusals: what the domain raises when the answer is no. Each knows its HTTP status; one handler renders them all."""

import errno
from typing import Any

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})  # how a disk says that it is full


class Refused(Exception):
    """A request the rules do not permit. `reason` is a code that labels.py of some room turns into words."""

    status = 400
    retry_after_s: int | None = None

    def __init__(self, reason: str, **facts: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts


class Unauthorized(Refused):
    """Nobody is logged in, and the one asking is a program, which no login page would help."""

    status = 401

    def __init__(self, reason: str = "log_in_first", **facts: Any) -> None:
        super().__init__(reason, **facts)


class Forbidden(Refused):
    """The person may see the thing but may not do this to it."""

    status = 403


class NotFound(Refused):
    """There is no such thing for this person; says nothing about others."""

    status = 404

    def __init__(self, reason: str = "not_found", **facts: Any) -> None:
        super().__init__(reason, **facts)


class NotYet(NotFound):
    """The thing is being made, or could not be; in the first case it may be asked for again."""

    retry_after_s = 3


class Conflict(Refused):
    """The thing is not in a state in which this can be done."""

    status = 409


class Stale(Conflict):
    """Somebody changed the record after the version the person saw; `record` is how it stands, `yours` what was sent.

    `can_retry`: whether the person could send it again on the version that stands now.
    """

    def __init__(self, record: Any, yours: dict[str, Any], *, can_retry: bool = True) -> None:
        super().__init__("stale")
        self.record = record
        self.yours = yours
        self.can_retry = can_retry


class Gone(Refused):
    """The thing was there and has been thrown away; whoever still holds a copy keeps it."""

    status = 410


class Invalid(Refused):
    """What was sent has something wrong in it: `errors` are the messages by field, in Chinese."""

    status = 422

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__("invalid")
        self.errors = errors


class StorageFull(Refused):
    """There is no room left for what was sent; nothing of it was kept half-written."""

    status = 507

    def __init__(self) -> None:
        super().__init__("storage_full")


class StorageUnavailable(Refused):
    """The store of files does not answer just now; nothing was kept half-written. It may be tried again."""

    status = 503
    retry_after_s = 30

    def __init__(self) -> None:
        super().__init__("storage_unavailable")
