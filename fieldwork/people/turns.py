"""One at a time: what must not be done twice at once, on either database."""

from zlib import crc32

from fieldwork.core.db import database, is_postgresql


def take_turn(key: str) -> None:
    """Wait until nobody else holds the turn of this key, and hold it until the transaction under way ends."""
    if is_postgresql():  # SQLite's IMMEDIATE transaction already admits one writer
        database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (crc32(key.encode()),))
