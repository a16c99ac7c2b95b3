"""Photos: one row a picture (by the SHA-256 of its bytes), one link for every record that shows it."""

from typing import Any

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    FloatField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    ModelSelect,
    TextField,
    UUIDField,
)

from fieldwork import clock
from fieldwork.core.db import Table, UtcField
from fieldwork.ids import uuid7
from fieldwork.people.models import User

PENDING, READY, BROKEN = "pending", "ready", "broken"


class Photo(Table):
    """A stored original and what its camera said of it. `taken_offset_min` is null when the camera knew no zone.

    `state`: pending until its derivatives are made, then ready, or broken with the `reason` (a key of labels.REFUSALS);
    `attempts` counts how often that was begun. `placeholder` is a tiny WebP in base64, `likeness` the perceptual hash,
    64 bits as a signed number. `mosaic` holds the boxes that are covered for all but those who may see the original, as
    [x, y, width, height] in parts of the upright picture; `mosaic_key` is their digest, and the covered set is there
    once `is_mosaic_ready`. `checked_at` is when somebody said that the picture, as covered now, may be published.
    """

    sha256 = CharField(max_length=64, unique=True)
    size_bytes = BigIntegerField()
    mime = CharField(max_length=32)
    width = IntegerField()
    height = IntegerField()
    taken_at = UtcField(null=True)
    taken_offset_min = IntegerField(null=True)
    lat = FloatField(null=True)
    lon = FloatField(null=True)
    metadata: Any = JSONField(default=dict)
    uploader = ForeignKeyField(User, backref="+", on_delete="RESTRICT")
    received_at = UtcField(default=clock.now)
    state = CharField(max_length=16, default=PENDING, index=True)
    reason = CharField(max_length=32, default="")
    attempts = IntegerField(default=0)
    placeholder = TextField(default="")
    likeness = BigIntegerField(null=True)
    mosaic: Any = JSONField(default=list)
    mosaic_key = CharField(max_length=16, default="")
    is_mosaic_ready = BooleanField(default=False)
    checked_at = UtcField(null=True)
    checked_by = ForeignKeyField(User, null=True, backref="+", on_delete="RESTRICT")

    @property
    def is_made(self) -> bool:
        """Whether the pictures everybody may see are there, covered where there is a mosaic."""
        return self.state == READY and (self.mosaic_key == "" or self.is_mosaic_ready)

    @property
    def is_publishable(self) -> bool:
        """Whether it may go into a briefing, onto a model's page or into an export: checked as it is covered now."""
        return self.checked_at is not None and self.is_made


class PhotoLink(Table):
    """That a record shows a photo, at which place, with which caption. `purpose`: shown, or evidence of a solution.

    `said_at` is when the phone that recorded it says it was taken, null where it said nothing; the camera's own word
    is the photo's `taken_at`.
    """

    kind = CharField(max_length=16)
    record_id = IntegerField()
    photo = ForeignKeyField(Photo, backref="links", on_delete="RESTRICT")
    caption = CharField(max_length=200, default="")
    purpose = CharField(max_length=16, default="shown")
    position = IntegerField(default=0)
    added_by = ForeignKeyField(User, backref="+", on_delete="RESTRICT")
    added_at = UtcField(default=clock.now)
    said_at = UtcField(null=True)
    said_offset_min = IntegerField(null=True)

    class Meta:
        indexes = ((("kind", "record_id", "photo"), True),)


class KeptMosaic(Table):
    """That something given out for good, an issue of the briefing, shows a photo covered in this way, whatever is
    covered later. The boxes stand here, too, so that a covered set that went missing can be made anew."""

    photo = ForeignKeyField(Photo, backref="kept_mosaics", on_delete="RESTRICT")
    mosaic_key = CharField(max_length=16)
    mosaic: Any = JSONField()
    holder = UUIDField()
    at = UtcField(default=clock.now)

    class Meta:
        indexes = ((("photo", "mosaic_key", "holder"), True),)


class PhotoUpload(Table):
    """That a person sent a photo: what lets them attach it to a record, and see it before they have."""

    photo = ForeignKeyField(Photo, backref="uploads", on_delete="CASCADE")
    user = ForeignKeyField(User, backref="+", on_delete="CASCADE")
    at = UtcField(default=clock.now)

    class Meta:
        indexes = ((("photo", "user"), True),)


class ExpectedPhoto(Table):
    """That a record lists a photo which has not arrived yet; gone with its arrival. Such a record is not complete."""

    kind = CharField(max_length=16)
    record_id = IntegerField()
    sha256 = CharField(max_length=64, index=True)
    caption = CharField(max_length=200, default="")
    position = IntegerField(default=0)
    user = ForeignKeyField(User, backref="+", on_delete="RESTRICT")
    at = UtcField(default=clock.now)
    said_at = UtcField(null=True)
    said_offset_min = IntegerField(null=True)

    class Meta:
        indexes = ((("kind", "record_id", "sha256"), True),)


class Upload(Table):
    """A file under way, chunk by chunk; its bytes lie in a part file of this uid. `offset_bytes` of them are safe."""

    uid = UUIDField(unique=True, default=uuid7)
    user = ForeignKeyField(User, backref="+", on_delete="CASCADE")
    size_bytes = BigIntegerField()
    offset_bytes = BigIntegerField(default=0)
    sha256 = CharField(max_length=64, default="")
    filename = CharField(max_length=255, default="")
    record_uid = UUIDField(null=True)
    created_at = UtcField(default=clock.now)
    expires_at = UtcField(index=True)
    finished_at = UtcField(null=True)

    @classmethod
    def visible_to(cls, user: User) -> ModelSelect:
        """One's own uploads."""
        return cls.select().where(cls.user == user.id)


TABLES = (Photo, PhotoLink, KeptMosaic, PhotoUpload, ExpectedPhoto, Upload)
