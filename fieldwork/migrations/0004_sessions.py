"""Sessions that were logged out. A frozen copy, like the first."""

from peewee import *


def up(migrator, db):
    class EndedSession(Model):
        key = CharField(max_length=64, unique=True)
        at = DateTimeField(index=True)

        class Meta:
            database = db
            table_name = "ended_session"

    db.create_tables([EndedSession])
