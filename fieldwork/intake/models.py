"""What arrived from phones: each content of a record that was sent, once, and what became of it."""

from typing import Any

from peewee import CharField, Expression, ForeignKeyField, IntegerField, JSONField, ModelSelect, UUIDField

from fieldwork import clock
from fieldwork.core.db import Table, UtcField
from fieldwork.ids import uuid7
from fieldwork.people.models import User

STALE, CLOSED, DISABLED, UNKNOWN_UNIT = "stale", "closed", "disabled", "unknown_unit"
UNKNOWN_OWNER, NO_ROLE = "unknown_owner", "no_role"
CONFLICTS, BOX = (STALE, CLOSED), (DISABLED, NO_ROLE, UNKNOWN_UNIT, UNKNOWN_OWNER)


class Submission(Table):
    """One content of one record as somebody sent it. `version` is the version it became; null while it waits.

    It waits for `reason`: `stale` (the record had changed) and `closed` (its state allows no change now) until its
    author chooses between the two texts; `disabled`, `no_role` (who wrote it may record nothing now), `unknown_unit`
    and `unknown_owner` (whoever exported it is not known here; `author` then is who imported it) in the office's box,
    until it is adopted.
    """

    kind = "submission"

    uid = UUIDField(unique=True, default=uuid7)
    record_kind = CharField(max_length=16)
    record_uid = UUIDField()
    author = ForeignKeyField(User, backref="+", on_delete="RESTRICT")
    base_version = IntegerField(default=0)
    content_hash = CharField(max_length=64)
    body: Any = JSONField()
    version = IntegerField(null=True)
    reason = CharField(max_length=16, default="")
    received_at = UtcField(default=clock.now)
    imported_by = ForeignKeyField(User, null=True, backref="+", on_delete="RESTRICT")
    settled_at = UtcField(null=True)
    settled_by = ForeignKeyField(User, null=True, backref="+", on_delete="RESTRICT")

    class Meta:
        # the same content sent again is the same row: uniqueness is this index, never a look before the write
        indexes = (
            (("record_uid", "author", "base_version", "content_hash"), True),
            (("settled_at", "reason"), False),
        )

    @classmethod
    def visible_to(cls, user: User) -> ModelSelect:
        """What one has sent oneself and is to be decided between two texts; the box, for the office."""
        return cls.select().where(cls.seen_by(user))

    @classmethod
    def seen_by(cls, user: User) -> Expression:
        """The same as a condition."""
        mine = (cls.author == user.id) & cls.reason.in_(CONFLICTS)
        return mine | cls.reason.in_(BOX) if user.has_role("office") else mine


TABLES = (Submission,)
