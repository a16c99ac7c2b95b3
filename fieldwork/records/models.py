"""What visits, problems and cases share: who recorded it, where, when; their versions; which of them a person sees."""

from datetime import datetime, timedelta, timezone
from typing import Any, ClassVar

from peewee import (
    CharField,
    Expression,
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
from fieldwork.people.models import Term, Unit, User
from fieldwork.people.reach import reach_of

DRAFT = "draft"
TITLE_SHOWN = 40


class Record(Table):
    """A visit, problem or case. `area`, `sector` and `unit_type` are the unit's at the time: history does not move."""

    kind: ClassVar[str]
    searched_fields: ClassVar[tuple[str, ...]] = ("title", "text")
    versioned_fields: ClassVar[tuple[str, ...]] = ("title", "text", "state", "unit_id", "programmes")

    uid = UUIDField(unique=True, default=uuid7)
    version = IntegerField(default=1)
    state = CharField(max_length=32)
    author = ForeignKeyField(User, backref="+", on_delete="RESTRICT")
    author_unit = ForeignKeyField(Unit, backref="+", on_delete="RESTRICT")
    unit = ForeignKeyField(Unit, backref="+", on_delete="RESTRICT")
    area = ForeignKeyField(Term, null=True, backref="+", on_delete="RESTRICT")
    sector = ForeignKeyField(Term, null=True, backref="+", on_delete="RESTRICT")
    unit_type = ForeignKeyField(Term, null=True, backref="+", on_delete="RESTRICT")
    title = CharField(max_length=200, default="")
    text = TextField(default="")
    programmes: Any = JSONField(default=list)
    captured_at = UtcField(default=clock.now, index=True)
    captured_offset_min = IntegerField(default=480)
    received_at = UtcField(default=clock.now)
    updated_at = UtcField(default=clock.now)
    lat = FloatField(null=True)
    lon = FloatField(null=True)
    accuracy_m = FloatField(null=True)
    place_note = CharField(max_length=200, default="")
    deleted_at = UtcField(null=True)

    @classmethod
    def visible_to(cls, user: User) -> ModelSelect:
        """The rows that exist for this person. Everything that reads records for somebody starts here."""
        return cls.select().where(cls.seen_by(user))

    @classmethod
    def seen_by(cls, user: User) -> Expression:
        """The same as a condition; rooms add what is there for more people than those who work on it."""
        return cls.worked_on_by(user)

    @classmethod
    def worked_on_by(cls, user: User) -> Expression:
        """The rows a person sees for the work on them, with all their photos: own records, own unit's, and those within
        reach; a draft is its author's alone."""
        mine = cls.author == user.id
        shared = cls.shared_with(user) & (cls.state != DRAFT)
        return cls.deleted_at.is_null() & (mine | shared)

    @classmethod
    def shared_with(cls, user: User) -> Expression:
        """Which records of others a person sees once they are no drafts; rooms add to it."""
        reach = reach_of(user)
        if reach.everything:
            return cls.id.is_null(False)
        shared = cls.author_unit == user.unit_id
        if reach.area_ids:
            shared |= cls.area.in_(list(reach.area_ids))
        if reach.sector_ids:
            shared |= cls.sector.in_(list(reach.sector_ids))
        return shared

    @classmethod
    def handled_by(cls, user: User) -> Expression:
        """Which records the person handles, so that they must see what a mosaic covers; rooms say which."""
        return cls.id.is_null()

    @classmethod
    def at_units(cls, units: Any) -> Expression:
        """Records made at one of these units (ids, or a query for them); rooms add where else one was."""
        return cls.unit.in_(units)

    @property
    def captured_local(self) -> datetime:
        """When it was recorded, by the phone's own clock and offset."""
        moment: datetime = self.captured_at
        return moment + timedelta(minutes=self.captured_offset_min)

    @property
    def captured_local_iso(self) -> str:
        """The same as RFC 3339, with the phone's offset."""
        zone = timezone(timedelta(minutes=self.captured_offset_min))
        return self.captured_at.astimezone(zone).isoformat(timespec="milliseconds")

    @property
    def shown_title(self) -> str:
        """The title, or the beginning of the text when the person gave no title."""
        first = self.text.split("\n", 1)[0]
        return self.title or (first if len(first) <= TITLE_SHOWN else first[: TITLE_SHOWN - 1] + "…")

    def place_at(self, unit: Unit) -> None:
        """Put the record at a unit, with the unit's area, sector and type of today."""
        self.unit, self.area, self.sector, self.unit_type = unit, unit.area_id, unit.sector_id, unit.unit_type_id

    def searched_text(self) -> str:
        """What the full-text search knows this record by."""
        return "\n".join(filter(None, [*(getattr(self, name) for name in self.searched_fields), self.unit.name]))

    def body(self) -> dict[str, Any]:
        """The fields a version keeps, as JSON values."""
        return {name: _plain(getattr(self, name)) for name in self.versioned_fields}


class Revision(Table):
    """One version of one record as it was saved: nothing typed is ever overwritten."""

    kind = CharField(max_length=16)
    record_id = IntegerField()
    version = IntegerField()
    actor = ForeignKeyField(User, backref="+", on_delete="RESTRICT")
    at = UtcField(default=clock.now)
    body: Any = JSONField()

    class Meta:
        indexes = ((("kind", "record_id", "version"), True),)


class Draft(Table):
    """What somebody is typing and has not sent: kept early, for its author alone. Gone once it is recorded."""

    kind = CharField(max_length=16)
    uid = UUIDField(unique=True)
    author = ForeignKeyField(User, backref="+", on_delete="CASCADE")
    fields: Any = JSONField()
    updated_at = UtcField(default=clock.now)

    class Meta:
        indexes = ((("author", "updated_at"), False),)

    @classmethod
    def visible_to(cls, user: User) -> ModelSelect:
        """One's own drafts."""
        return cls.select().where(cls.author == user.id)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


TABLES = (Revision, Draft)
