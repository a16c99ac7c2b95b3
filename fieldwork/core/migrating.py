"""Numbered migrations, applied in order under a lock that all processes share."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playhouse.migrations import Runner

from fieldwork.core.db import database, is_postgresql

FOLDER = Path(__file__).resolve().parent.parent / "migrations"
LOCK = 0x6D696772  # any number all processes agree on


def runner() -> Runner:
    """The runner over fieldwork/migrations for the database in use."""
    return Runner(database.obj, str(FOLDER))


def migrate(lock_folder: Path, target: str | None = None) -> list[str]:
    """Apply what is pending (up to `target`); returns the names applied. Several processes may call it at once."""
    with _alone_on_postgresql() if is_postgresql() else _alone_on_sqlite(lock_folder):
        return runner().up(target)


def is_current() -> bool:
    """Whether nothing is pending."""
    return all(migration.applied for migration in runner().status() if migration.path)


@contextmanager
def _alone_on_postgresql() -> Iterator[None]:
    with database.obj.connection_context():
        database.execute_sql("SELECT pg_advisory_lock(%s)", (LOCK,))
        try:
            yield
        finally:
            database.execute_sql("SELECT pg_advisory_unlock(%s)", (LOCK,))


@contextmanager
def _alone_on_sqlite(folder: Path) -> Iterator[None]:
    """The lock first: two connections that make a new database a WAL at once do not wait for each other, but fail."""
    with open(folder / "migrate.lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with database.obj.connection_context():
            yield
