"""Whether this process could serve a person now: database, migrations, storage."""

import time

from peewee import OperationalError, ProgrammingError

from fieldwork.core import migrating
from fieldwork.core.db import database
from fieldwork.errors import StorageFull, StorageUnavailable
from fieldwork.photos import files

PROBE = "probe/ready"
WRITTEN_EVERY_S = 5.0
_written = [-WRITTEN_EVERY_S]


def checks() -> dict[str, bool]:
    """Each part and whether it answers."""
    return {"database": _database(), "migrations": _migrations(), "storage": _storage()}


def _database() -> bool:
    try:
        return database.execute_sql("SELECT 1").fetchone() == (1,)
    except OperationalError:
        return False


def _migrations() -> bool:
    try:
        return migrating.is_current()
    except (OperationalError, ProgrammingError):
        return False


def _storage() -> bool:
    """Whether it can be written to; asked in earnest every few seconds only, since anybody may ask."""
    if time.monotonic() - _written[0] < WRITTEN_EVERY_S:
        return True
    try:
        files.store().put(PROBE, b"ready")
    except (OSError, StorageFull, StorageUnavailable):
        return False
    _written[0] = time.monotonic()
    return True
