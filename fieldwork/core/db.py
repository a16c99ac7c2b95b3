"""The database: SQLite by default, PostgreSQL when outgrown; the same tables and the same code on both."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from peewee import Database, DatabaseProxy, DateTimeField, Model, SqliteDatabase
from playhouse.db_url import parse as parse_url
from playhouse.pool import PooledPostgresqlDatabase

database = DatabaseProxy()

SQLITE_PRAGMAS = {
    "journal_mode": "wal",
    "foreign_keys": 1,
    "synchronous": "full",  # a receipt must survive a power cut, not only a crash
    "cache_size": -16_000,
    "temp_store": "memory",
}
BUSY_TIMEOUT_S = 15


def connect(url: str) -> Database:
    """Point every table at the database of `url` (sqlite:///… or postgresql://…). Opens no connection yet."""
    opened = _sqlite(url) if url.startswith("sqlite:") else _postgresql(url)
    database.initialize(opened)
    return opened


def _sqlite(url: str) -> Database:
    path = urlsplit(url).path.removeprefix("/") if not url.startswith("sqlite:////") else urlsplit(url).path[1:]
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    # IMMEDIATE from the start: a deferred transaction that reads and then writes can fail with BUSY_SNAPSHOT at once.
    return SqliteDatabase(path, pragmas=SQLITE_PRAGMAS, timeout=BUSY_TIMEOUT_S, lock_type="IMMEDIATE")


def _postgresql(url: str) -> Database:
    settings = parse_url(url)
    return PooledPostgresqlDatabase(
        settings.pop("database"), prefer_psycopg3=True, max_connections=64, stale_timeout=300, **settings
    )


def is_postgresql() -> bool:
    """Whether the database in use is PostgreSQL (else it is SQLite)."""
    return isinstance(database.obj, PooledPostgresqlDatabase)


def transaction() -> Any:
    """A transaction (IMMEDIATE on SQLite); nested ones are savepoints."""
    return database.atomic()


def one_at_a_time(lock: int) -> None:
    """Let no other transaction that asks for the same lock run beside the one under way.

    SQLite's IMMEDIATE transaction already admits one writer; PostgreSQL takes an advisory lock until the commit.
    """
    if is_postgresql():
        database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (lock,))


def after_commit(follow_up: Callable[[], Any]) -> None:
    """Run once the transaction under way is really committed; never, if it is rolled back."""
    database.after_commit(follow_up)


class UtcField(DateTimeField):
    """A moment: aware datetimes in and out, UTC without an offset in the column."""

    def db_value(self, value: datetime | None) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{self.name} needs an aware datetime")
        return super().db_value(value.astimezone(UTC).replace(tzinfo=None))

    def python_value(self, value: Any) -> datetime | None:
        moment = super().python_value(value)
        return None if moment is None else moment.replace(tzinfo=UTC)


class Table(Model):
    """What every table of ours is."""

    class Meta:
        database = database
        legacy_table_names = False
