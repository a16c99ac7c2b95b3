"""Present mosaics are covered anew, in the way in which overlapping boxes do not weaken each other.

Their keys change, so that no store, cache or browser gives the old pictures out; the worker finds them as not made. The
word that they may be published stays: the same boxes are covered, at least as well. What issues keep (`kept_mosaic`)
stays as it was given out, under the old keys.
"""

import hashlib
import json

from peewee import *

WAY_OF_COVERING = 2


def up(migrator, db):
    class Photo(Model):
        mosaic = JSONField()
        mosaic_key = CharField(max_length=16)
        is_mosaic_ready = BooleanField()
        placeholder = TextField()

        class Meta:
            database = db
            table_name = "photo"

    for number, boxes in list(Photo.select(Photo.id, Photo.mosaic).where(Photo.mosaic_key != "").tuples()):
        key = hashlib.sha256(json.dumps([WAY_OF_COVERING, boxes]).encode()).hexdigest()[:16]
        anew = {"mosaic_key": key, "is_mosaic_ready": False, "placeholder": ""}
        Photo.update(**anew).where(Photo.id == number).execute()
