"""Photos are made ready in the background, may be covered by a mosaic, and are checked before they are published.

Plain SQL, the same on both databases: to set NOT NULL afterwards SQLite would have to build the table anew, and dropping the
old one deletes what refers to it.
"""

ADDED = (
    ("photo", "state", "VARCHAR(16) NOT NULL DEFAULT 'ready'"),
    ("photo", "reason", "VARCHAR(32) NOT NULL DEFAULT ''"),
    ("photo", "attempts", "INTEGER NOT NULL DEFAULT 0"),
    ("photo", "placeholder", "TEXT NOT NULL DEFAULT ''"),
    ("photo", "likeness", "BIGINT"),
    ("photo", "mosaic", "{json} NOT NULL DEFAULT '[]'"),
    ("photo", "mosaic_key", "VARCHAR(16) NOT NULL DEFAULT ''"),
    ("photo", "is_mosaic_ready", "{boolean} NOT NULL DEFAULT {false}"),
    ("photo", "checked_at", "{moment}"),
    ("photo", "checked_by_id", 'INTEGER REFERENCES "user" (id) ON DELETE RESTRICT'),
    ("unit", "has_watermark", "{boolean} NOT NULL DEFAULT {false}"),
)
SQLITE = {"json": "TEXT", "boolean": "INTEGER", "false": "0", "moment": "DATETIME"}
POSTGRESQL = {"json": "JSONB", "boolean": "BOOLEAN", "false": "false", "moment": "TIMESTAMP"}


def up(migrator, db):
    words = SQLITE if "Sqlite" in type(db).__name__ else POSTGRESQL
    for table, column, kind in ADDED:
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN {column} {kind.format(**words)}')
    db.execute_sql("CREATE INDEX photo_state ON photo (state)")
    db.execute_sql("CREATE INDEX photo_checked_by_id ON photo (checked_by_id)")
