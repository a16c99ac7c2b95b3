"""Cases (典型案例): a practice written up, reviewed stage by stage, banked, and promoted as a model (典型)."""

from functools import cached_property

from peewee import CharField, DateField, Expression, ForeignKeyField, IntegerField, TextField

from fieldwork.core import kinds
from fieldwork.core.db import Table, UtcField
from fieldwork.people.models import Term, User
from fieldwork.problems.models import Problem
from fieldwork.records.models import Record
from fieldwork.visits.models import Visit

PROMOTED = "promoted"


@kinds.register
class Case(Record):
    """A case. `text` is the practice (主要做法); `stage` is whose turn it is in review; `round` counts submissions."""

    kind = "case"
    searched_fields = ("title", "summary", "background", "text", "effect", "lessons", "conditions")
    versioned_fields = (
        *Record.versioned_fields, "summary", "background", "effect", "lessons", "conditions", "authors", "contact",
        "case_type_id", "stage_id", "round", "grade", "visit_id",
    )  # fmt: skip

    summary = TextField(default="")
    background = TextField(default="")
    effect = TextField(default="")
    lessons = TextField(default="")
    conditions = TextField(default="")
    authors = CharField(max_length=200, default="")
    contact = CharField(max_length=200, default="")
    case_type = ForeignKeyField(Term, null=True, backref="+", on_delete="RESTRICT")
    visit = ForeignKeyField(Visit, null=True, backref="cases", on_delete="RESTRICT")

    stage = ForeignKeyField(Term, null=True, backref="+", on_delete="RESTRICT")
    round = IntegerField(default=0)
    submitted_at = UtcField(null=True)
    mentor = CharField(max_length=100, default="")
    cultivate_until = DateField(null=True)
    grade = CharField(max_length=16, default="")
    grade_document = CharField(max_length=100, default="")
    promoted_at = UtcField(null=True)

    class Meta:
        indexes = ((("state", "stage", "id"), False), (("state", "area", "id"), False))

    @classmethod
    def seen_by(cls, user: User) -> Expression:
        """Besides: a model is for everybody to learn from, with those of its photos that may be published."""
        return super().seen_by(user) | (cls.deleted_at.is_null() & (cls.state == PROMOTED))

    @cached_property
    def stage_role(self) -> str | None:
        """The role whose turn it is, while the case is in review."""
        return self.stage.role if self.stage_id is not None and self.state == "in_review" else None


class CaseSource(Table):
    """A further visit, or a problem, that the case comes from: one link of the evidence chain."""

    case = ForeignKeyField(Case, backref="sources", on_delete="CASCADE")
    visit = ForeignKeyField(Visit, null=True, backref="case_sources", on_delete="RESTRICT")
    problem = ForeignKeyField(Problem, null=True, backref="case_sources", on_delete="RESTRICT")


class Pin(Table):
    """A review comment pinned to one field (or photo) of one round; the author ticks it 已修改."""

    case = ForeignKeyField(Case, backref="pins", on_delete="CASCADE")
    round = IntegerField()
    field = CharField(max_length=80)
    comment = TextField()
    author = ForeignKeyField(User, backref="+", on_delete="RESTRICT")
    at = UtcField()
    done_at = UtcField(null=True)


TABLES = (Case, CaseSource, Pin)
