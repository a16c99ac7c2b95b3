"""Whether this process could serve a person now: database, migrations, storage."""

from peewee import OperationalError, ProgrammingError

from fieldwork.core import migrating
from fieldwork.core.db import database
from fieldwork.errors import StorageFull
from fieldwork.photos import files

PROBE = "probe/ready"


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
    try:
        files.store().put(PROBE, b"ready")
    except (OSError, StorageFull):
        return False
    return True
