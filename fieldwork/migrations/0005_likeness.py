"""Near pictures are found by three bands of the likeness; the likeness itself and the id come out of the index, too.

The numbers are those of photos/alike.py, as literals: only an expression written alike uses the index.
"""

BANDS = ((0, 4194303), (22, 2097151), (43, 2097151))


def up(migrator, db):
    for number, (first, mask) in enumerate(BANDS):
        db.execute_sql(
            f"CREATE INDEX photo_likeness_{number} ON photo (((likeness >> {first}) & {mask}), likeness, id) "
            "WHERE likeness <> 0"
        )
