"""Complaints and suggestions (投诉建议): kept and answered in the app. Nothing here deletes one."""

from peewee import CharField, ForeignKeyField, IntegerField, ModelSelect, TextField, UUIDField

from fieldwork import clock
from fieldwork.core.db import Table, UtcField
from fieldwork.ids import uuid7
from fieldwork.people.models import User

ANSWERERS = ("office", "admin")


class Feedback(Table):
    """One complaint or suggestion, the page it came from, and the answer it got. Without an author it came unsigned."""

    kind = "feedback"

    uid = UUIDField(unique=True, default=uuid7)
    version = IntegerField(default=1)
    author = ForeignKeyField(User, null=True, backref="+", on_delete="RESTRICT")
    contact = CharField(max_length=100, default="")
    page = CharField(max_length=300, default="")
    text = TextField()
    at = UtcField(default=clock.now)
    reply = TextField(default="")
    replied_by = ForeignKeyField(User, null=True, backref="+", on_delete="RESTRICT")
    replied_at = UtcField(null=True)

    @classmethod
    def visible_to(cls, user: User) -> ModelSelect:
        """One's own; all of them for those who answer."""
        return cls.select() if user.has_role(*ANSWERERS) else cls.select().where(cls.author == user.id)

    @property
    def state(self) -> str:
        return "open" if self.replied_at is None else "answered"


TABLES = (Feedback,)
