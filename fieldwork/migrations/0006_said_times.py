"""When a phone says that a photo was taken is kept with the record that lists it."""

ADDED = (("said_at", "{moment}"), ("said_offset_min", "INTEGER"))
MOMENTS = {True: "DATETIME", False: "TIMESTAMP"}


def up(migrator, db):
    moment = MOMENTS["Sqlite" in type(db).__name__]
    for table in ("photo_link", "expected_photo"):
        for column, kind in ADDED:
            db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN {column} {kind.format(moment=moment)}')
