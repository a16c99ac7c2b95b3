"""An issue says of which photos it prints a watermark."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE \"briefing\" ADD COLUMN watermark VARCHAR(8) NOT NULL DEFAULT 'unit'")
