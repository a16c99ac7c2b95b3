"""The only two clocks of the system, and the one time zone its days are counted in."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_zone = ZoneInfo("Asia/Shanghai")
_stopped_at: ContextVar[datetime | None] = ContextVar("stopped_at", default=None)


def set_zone(zone: ZoneInfo) -> None:
    """Count days in this zone from now on (FIELDWORK_TIMEZONE); called once, at start."""
    global _zone
    _zone = zone


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _stopped_at.get() or datetime.now(UTC)


def today() -> date:
    """The calendar day in the municipality's zone."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The same moment, as the municipality's clocks show it."""
    return moment.astimezone(_zone)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Stop the clock at this moment inside the block: for the sample municipality's past, and for tests."""
    token = _stopped_at.set(moment)
    try:
        yield
    finally:
        _stopped_at.reset(token)
