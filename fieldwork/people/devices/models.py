"""The phones and programs a person has let in: one row a token. Only its owner sees it, administrators included."""

from datetime import datetime, timedelta

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, ModelSelect, UUIDField

from fieldwork import clock
from fieldwork.core.db import Table, UtcField
from fieldwork.ids import uuid7
from fieldwork.people.models import User

FULL, SEND = "full", "send"
UNSENT_FOR_LONG = timedelta(hours=24)
NEARLY_FULL = 0.8


class Device(Table):
    """One token, kept as its SHA-256. With scope `send` it only brings records and photos in and reads none out.

    The rest is what the phone last said of itself, for its owner alone: unsent records and the oldest of them, bytes
    used of the bytes it may use, whether the browser promised to keep them.
    """

    kind = "device"

    uid = UUIDField(unique=True, default=uuid7)
    user = ForeignKeyField(User, backref="devices", on_delete="CASCADE")
    name = CharField(max_length=100)
    digest = CharField(max_length=64, unique=True)
    scope = CharField(max_length=8, default=FULL)
    created_at = UtcField(default=clock.now)
    expires_at = UtcField()
    revoked_at = UtcField(null=True)
    seen_at = UtcField(null=True)
    app_version = CharField(max_length=40, default="")
    unsent = IntegerField(null=True)
    oldest_unsent_at = UtcField(null=True)
    used_bytes = BigIntegerField(null=True)
    quota_bytes = BigIntegerField(null=True)
    is_persistent = BooleanField(null=True)

    @classmethod
    def visible_to(cls, user: User) -> ModelSelect:
        """One's own devices, and nobody else's."""
        return cls.select().where(cls.user == user.id)

    def is_open_at(self, moment: datetime) -> bool:
        """Whether the token lets in."""
        return self.revoked_at is None and moment < self.expires_at

    @property
    def is_behind(self) -> bool:
        """Whether something has lain on the phone unsent for more than a day."""
        if not self.unsent or self.oldest_unsent_at is None:
            return False
        waited: timedelta = clock.now() - self.oldest_unsent_at
        return waited > UNSENT_FOR_LONG

    @property
    def is_nearly_full(self) -> bool:
        """Whether more than four fifths of what the browser may keep are used."""
        return bool(
            self.quota_bytes and self.used_bytes is not None and self.used_bytes > NEARLY_FULL * self.quota_bytes
        )


TABLES = (Device,)
