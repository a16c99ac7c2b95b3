"""The first schema."""

from fieldwork.core import searching
from fieldwork.schema import TABLES


def up(migrator, db):
    db.create_tables(TABLES)
    searching.create_index()
