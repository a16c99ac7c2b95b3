"""Visits (走访调研): what was seen and heard at a unit, and the other units seen on the same round."""

from typing import Any

from peewee import CharField, Expression, ForeignKeyField, TextField

from fieldwork.core import kinds
from fieldwork.core.db import Table
from fieldwork.people.models import Unit
from fieldwork.records.models import Record


@kinds.register
class Visit(Record):
    """A visit; its states are draft and submitted. The problems and cases found on it point here."""

    kind = "visit"
    searched_fields = ("title", "text", "purpose", "advice", "participants")
    versioned_fields = (
        *Record.versioned_fields, "purpose", "participants", "received_by", "advice", "method", "place_note",
        "captured_at",
    )  # fmt: skip

    purpose = TextField(default="")
    participants = CharField(max_length=500, default="")
    received_by = CharField(max_length=200, default="")
    advice = TextField(default="")
    method = CharField(max_length=16, default="on_site")

    @classmethod
    def at_units(cls, units: Any) -> Expression:
        """Also those that went there on the same round."""
        return cls.unit.in_(units) | cls.id.in_(VisitUnit.select(VisitUnit.visit).where(VisitUnit.unit.in_(units)))


class VisitUnit(Table):
    """A further unit seen on the same visit."""

    visit = ForeignKeyField(Visit, backref="more_units", on_delete="CASCADE")
    unit = ForeignKeyField(Unit, backref="+", on_delete="RESTRICT")

    class Meta:
        indexes = ((("visit", "unit"), True),)


TABLES = (Visit, VisitUnit)
