"""How a photo was covered when an issue was given out stays known, and its covered pictures stay. A frozen copy."""

from peewee import *


def up(migrator, db):
    class Photo(Model):
        class Meta:
            database = db
            table_name = "photo"

    class KeptMosaic(Model):
        photo = ForeignKeyField(Photo, on_delete="RESTRICT")
        mosaic_key = CharField(max_length=16)
        mosaic = JSONField()
        holder = UUIDField()
        at = DateTimeField()

        class Meta:
            database = db
            table_name = "kept_mosaic"
            indexes = ((("photo", "mosaic_key", "holder"), True),)

    db.create_tables([KeptMosaic])
