"""Problems (问题): one number, one owner, one timeline, an end that someone else verified."""

from functools import cached_property

from peewee import (
    BooleanField,
    CharField,
    Check,
    DateField,
    Expression,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from fieldwork.core import kinds
from fieldwork.core.db import Table, UtcField
from fieldwork.people.models import Term, Unit, User
from fieldwork.records.models import Record
from fieldwork.visits.models import Visit


@kinds.register
class Problem(Record):
    """A problem in the ledger. `number` is shown as WT-2026-0012; `solver`, who solved it, may not close it."""

    kind = "problem"
    searched_fields = ("title", "text", "number", "cause", "suggestion")
    versioned_fields = (
        *Record.versioned_fields, "category_id", "level", "urgency", "raised_by", "cause", "suggestion", "visit_id"
    )  # fmt: skip

    number = CharField(max_length=20, unique=True)
    visit = ForeignKeyField(Visit, null=True, backref="problems", on_delete="RESTRICT")
    category = ForeignKeyField(Term, null=True, backref="+", on_delete="RESTRICT")
    level = CharField(max_length=16, default="")
    urgency = CharField(max_length=16, default="normal")
    raised_by = CharField(max_length=100, default="")
    cause = TextField(default="")
    suggestion = TextField(default="")

    lead_unit = ForeignKeyField(Unit, null=True, backref="+", on_delete="RESTRICT")
    requirement = TextField(default="")
    due_on = DateField(null=True)  # moved on by every wait and extension: overdue is a comparison with it
    asked_due_on = DateField(null=True)  # an extension asked for and not yet answered
    waiting_since = UtcField(null=True)  # the clock stands still while another party is awaited
    waited_days = IntegerField(default=0)
    look_again_on = DateField(null=True)
    merged_into = ForeignKeyField("self", null=True, backref="merged", on_delete="RESTRICT")
    solver = ForeignKeyField(User, null=True, backref="+", on_delete="RESTRICT")
    is_escalated = BooleanField(default=False)
    done = TextField(default="")
    verdict = CharField(max_length=16, default="")
    closed_at = UtcField(null=True)
    is_fixed = BooleanField(null=True)  # what the look back (回头看) found; closed and fixed are counted apart

    class Meta:
        indexes = (
            (("state", "id"), False),  # a list narrowed by state, and by state and area, comes newest first from these
            (("state", "area", "id"), False),
            (("area", "id"), False),
            (("state", "due_on"), False),
            (("lead_unit", "state"), False),
        )
        constraints = (Check("urgency IN ('normal', 'pressing', 'urgent')"),)

    @classmethod
    def shared_with(cls, user: User) -> Expression:
        """Besides what every record shares: the problems a unit leads on or helps with."""
        helping = CoHandler.select(CoHandler.problem).where(CoHandler.unit == user.unit_id)
        return super().shared_with(user) | (cls.lead_unit == user.unit_id) | cls.id.in_(helping)

    @classmethod
    def handled_by(cls, user: User) -> Expression:
        """For those who handle: the problems their unit leads on or helps with."""
        if not user.has_role("handler"):
            return super().handled_by(user)
        helping = CoHandler.select(CoHandler.problem).where(CoHandler.unit == user.unit_id)
        return (cls.lead_unit == user.unit_id) | cls.id.in_(helping)

    @cached_property
    def handling_unit_ids(self) -> frozenset[int]:
        """The lead unit and its co-handlers."""
        helpers = CoHandler.select(CoHandler.unit).where(CoHandler.problem == self.id).tuples()
        return frozenset({self.lead_unit_id, *(row[0] for row in helpers)} - {None})


class CoHandler(Table):
    """A unit that helps the lead unit with a problem."""

    problem = ForeignKeyField(Problem, backref="co_handlers", on_delete="CASCADE")
    unit = ForeignKeyField(Unit, backref="+", on_delete="RESTRICT")

    class Meta:
        indexes = ((("problem", "unit"), True),)


class LastNumber(Table):
    """The last number given in a year; raised in the same transaction that uses it."""

    year = IntegerField(primary_key=True)
    last = IntegerField(default=0)


TABLES = (Problem, CoHandler, LastNumber)

__all__ = ["TABLES", "CoHandler", "LastNumber", "Problem"]
