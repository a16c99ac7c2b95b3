"""Briefings (《简报》): an issue, its ordered items, and the frozen content once it is issued."""

from typing import Any

from peewee import CharField, DateField, ForeignKeyField, IntegerField, JSONField, ModelSelect, TextField, UUIDField

from fieldwork import clock
from fieldwork.cases.models import Case
from fieldwork.core.db import Table, UtcField
from fieldwork.ids import uuid7
from fieldwork.people.models import User
from fieldwork.problems.models import Problem
from fieldwork.records.marking import BY_UNIT

BRIEFING_READERS = ("county", "city", "office", "leader", "admin")


class Briefing(Table):
    """An issue. Its numbers are taken when it is issued, never before; `frozen` is the sheet as it went out.

    `watermark`: of which photos (records.marking), while it is a draft.
    """

    kind = "briefing"

    uid = UUIDField(unique=True, default=uuid7)
    version = IntegerField(default=1)
    state = CharField(max_length=16, default="draft")
    masthead = CharField(max_length=50)
    organ = CharField(max_length=100)
    title = CharField(max_length=200, default="")
    year = IntegerField(null=True)
    issue_no = IntegerField(null=True)
    total_no = IntegerField(null=True)
    dated = DateField(null=True)
    editors_note = TextField(default="")
    report_to = CharField(max_length=500, default="")
    send_to = CharField(max_length=500, default="")
    distribute_to = CharField(max_length=500, default="")
    copies = IntegerField(default=60)
    watermark = CharField(max_length=8, default=BY_UNIT)
    author = ForeignKeyField(User, backref="+", on_delete="RESTRICT")
    created_at = UtcField(default=clock.now)
    updated_at = UtcField(default=clock.now)
    issued_by = ForeignKeyField(User, null=True, backref="+", on_delete="RESTRICT")
    issued_at = UtcField(null=True)
    frozen: Any = JSONField(null=True)
    docx_sha256 = CharField(max_length=64, default="")

    class Meta:
        indexes = ((("masthead", "year", "issue_no"), True), (("masthead", "total_no"), True))

    @property
    def has_items(self) -> bool:
        return BriefingItem.select().where(BriefingItem.briefing == self).exists()

    @property
    def is_draft(self) -> bool:
        return self.state == "draft"

    @property
    def is_issued(self) -> bool:
        return self.state == "issued"

    @classmethod
    def visible_to(cls, user: User) -> ModelSelect:
        """The office sees every issue, other readers those that are issued (leaders also those to be signed)."""
        if user.has_role("office"):
            return cls.select()
        states = ["issued", "to_sign"] if user.has_role("leader") else ["issued"]
        readable = states if user.has_role(*BRIEFING_READERS) else []
        return cls.select().where(cls.state.in_(readable))


class BriefingItem(Table):
    """One item of an issue: a case, a problem digest or a free text; heading and body may be edited for print."""

    uid = UUIDField(unique=True, default=uuid7)
    briefing = ForeignKeyField(Briefing, backref="items", on_delete="CASCADE")
    position = IntegerField(default=0)
    item_kind = CharField(max_length=16)
    case = ForeignKeyField(Case, null=True, backref="+", on_delete="RESTRICT")
    problem = ForeignKeyField(Problem, null=True, backref="+", on_delete="RESTRICT")
    heading = CharField(max_length=200, default="")
    body = TextField(default="")
    photos: Any = JSONField(default=list)


TABLES = (Briefing, BriefingItem)
