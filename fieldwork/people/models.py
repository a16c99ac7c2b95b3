"""People and what they belong to: terms (vocabularies), units, users and the roles they hold."""

from functools import cached_property
from typing import Any

from peewee import (
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
from fieldwork.people import labels

TERM_KINDS = ("programme", "area", "sector", "unit_type", "category", "case_type", "channel", "stage")
ROLES = ("cadre", "handler", "county", "city", "office", "leader", "admin")
UNIT_ROLES = ("cadre", "handler")  # these go with the person's own unit, never over an area or a sector


class Term(Table):
    """One entry of a vocabulary and the years it is in use. Areas and categories form trees; a stage names its role."""

    uid = UUIDField(unique=True, default=uuid7)
    version = IntegerField(default=1)
    kind = CharField(max_length=16)
    code = CharField(max_length=64)
    name = CharField(max_length=100)
    parent = ForeignKeyField("self", null=True, backref="children", on_delete="RESTRICT")
    position = IntegerField(default=0)
    first_year = IntegerField(null=True)
    last_year = IntegerField(null=True)
    is_active = BooleanField(default=True)
    role = CharField(max_length=16, null=True)
    sort_key = TextField(default="")

    class Meta:
        indexes = ((("kind", "code"), True),)

    @classmethod
    def visible_to(cls, user: "User") -> ModelSelect:
        """Vocabularies are no secret."""
        return cls.select()

    def is_valid_in(self, year: int) -> bool:
        """Whether the term may be chosen for something that happened in that year."""
        return self.is_active and (self.first_year or 0) <= year <= (self.last_year or 9999)


class Unit(Table):
    """A unit of the municipality: in an area (块), perhaps in a sector (条), of one type; units form a tree."""

    kind = "unit"

    uid = UUIDField(unique=True, default=uuid7)
    version = IntegerField(default=1)
    code = CharField(max_length=64, unique=True)
    name = CharField(max_length=100)
    short_name = CharField(max_length=50, default="")
    parent = ForeignKeyField("self", null=True, backref="children", on_delete="RESTRICT")
    area = ForeignKeyField(Term, null=True, backref="+", on_delete="RESTRICT")
    sector = ForeignKeyField(Term, null=True, backref="+", on_delete="RESTRICT")
    unit_type = ForeignKeyField(Term, null=True, backref="+", on_delete="RESTRICT")
    is_key = BooleanField(default=False)
    is_window = BooleanField(default=False)
    is_of_public_concern = BooleanField(default=False)
    has_watermark = BooleanField(default=False)
    lat = FloatField(null=True)
    lon = FloatField(null=True)
    contact = CharField(max_length=100, default="")
    sort_key = TextField(default="", index=True)
    sort_key_override = TextField(default="")
    pinyin = TextField(default="")
    initials = TextField(default="")
    is_active = BooleanField(default=True)

    @classmethod
    def visible_to(cls, user: "User") -> ModelSelect:
        """Every member may choose every unit."""
        return cls.select()

    @property
    def shown_name(self) -> str:
        return self.short_name or self.name


class User(Table):
    """Somebody who can log in. `session_epoch` is part of the session: raising it ends all of them."""

    kind = "user"

    uid = UUIDField(unique=True, default=uuid7)
    version = IntegerField(default=1)
    username = CharField(max_length=64, unique=True)
    name = CharField(max_length=50)
    password_hash = TextField()
    unit = ForeignKeyField(Unit, backref="users", on_delete="RESTRICT")
    post = CharField(max_length=50, default="")
    phone = CharField(max_length=20, default="")
    sort_key = TextField(default="", index=True)
    sort_key_override = TextField(default="")
    pinyin = TextField(default="")
    initials = TextField(default="")
    is_active = BooleanField(default=True)
    must_change_password = BooleanField(default=True)
    session_epoch = IntegerField(default=0)
    created_at = UtcField(default=clock.now)

    @classmethod
    def visible_to(cls, user: "User") -> ModelSelect:
        """Everybody for those who manage people, else only oneself."""
        return cls.select() if user.has_role("admin") else cls.select().where(cls.id == user.id)

    # --- what flask-login asks
    is_authenticated = True
    is_anonymous = False

    def get_id(self) -> str:
        return f"{self.uid}:{self.session_epoch}"

    # --- roles

    @cached_property
    def held_grants(self) -> list["Grant"]:
        """The grants of this person, read once a request."""
        return list(Grant.select().where(Grant.user == self.id))

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.held_grants)

    def has_role(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    @property
    def display_roles(self) -> str:
        """The roles in words, in the order of the house."""
        return labels.COMMA.join(words for role, words in labels.ROLES.items() if role in self.roles)


class Grant(Table):
    """A role a person holds, over a block (area) or a line (sector), or over everything when neither is given."""

    user = ForeignKeyField(User, backref="grants", on_delete="CASCADE")
    role = CharField(max_length=16)
    area = ForeignKeyField(Term, null=True, backref="+", on_delete="RESTRICT")
    sector = ForeignKeyField(Term, null=True, backref="+", on_delete="RESTRICT")

    @property
    def display_role(self) -> str:
        return labels.ROLES[self.role]

    @property
    def display_scope(self) -> str:
        """What part of the municipality the role reaches, in words."""
        if self.role in UNIT_ROLES:
            return labels.OWN_UNIT
        bounds = [term.name for term in (self.area, self.sector) if term is not None]
        return labels.COMMA.join(bounds) or labels.EVERYTHING


class LoginAttempt(Table):
    """A failed login, by name and by address; kept in the database so that every process counts the same."""

    key = CharField(max_length=100)
    at = UtcField(default=clock.now)

    class Meta:
        indexes = ((("key", "at"), False),)


class EndedSession(Table):
    """A session that was logged out: its cookie, wherever a copy lies, lets nobody in. Kept as long as one can live."""

    key = CharField(max_length=64, unique=True)
    at = UtcField(default=clock.now, index=True)


class Setting(Table):
    """What the office or the administrator has set in the app (footer, masthead): one JSON value a key."""

    key = CharField(max_length=64, primary_key=True)
    value: Any = JSONField()


TABLES = (Term, Unit, User, Grant, LoginAttempt, EndedSession, Setting)

__all__ = ["ROLES", "TABLES", "TERM_KINDS", "Grant", "LoginAttempt", "Setting", "Term", "Unit", "User"]
