"""What a unit form means: its references looked up, and what in it cannot be. Forms and sheets end here alike."""

from typing import Any
from uuid import UUID

from fieldwork.core.schemas import FieldErrors
from fieldwork.people import labels, spelling
from fieldwork.people.models import Term, Unit
from fieldwork.people.units.schemas import UnitIn

Columns = dict[str, Any]


def checked(form: UnitIn, unit: Unit | None = None) -> tuple[Columns, FieldErrors]:
    """The column values of the form for a new unit or this one, and the messages; if there are any, use only these."""
    errors: FieldErrors = {}
    terms = {kind: _term(kind, getattr(form, kind)) for kind in ("area", "sector", "unit_type")}
    for kind, term in terms.items():
        if term is None and getattr(form, kind) is not None:
            errors[kind] = [labels.OBJECTIONS["term_unknown"]]
    parent = Unit.get_or_none(Unit.uid == form.parent) if form.parent else None
    if form.parent and parent is None:
        errors["parent"] = [labels.OBJECTIONS["unit_unknown"]]
    if parent is not None and unit is not None and is_within(parent, unit):
        errors["parent"] = [labels.OBJECTIONS["parent_within"]]
    if _is_taken(form.name, parent, unit):
        errors["name"] = [labels.OBJECTIONS["name_taken"]]
    return {**columns_of(form), **terms, "parent": parent}, errors


def columns_of(form: UnitIn) -> Columns:
    """The columns that need no looking up."""
    plain = form.model_dump(
        include={"name", "short_name", "lat", "lon", "contact", "has_watermark", "sort_key_override"}
    )
    flags = {flag: flag in form.flags for flag in ("is_key", "is_window", "is_of_public_concern")}
    return plain | flags | spelling.of_unit(form.name, form.sort_key_override)


def is_within(unit: Unit, other: Unit) -> bool:
    """Whether a unit is the other, or stands somewhere below it."""
    seen: set[int] = set()
    here: Unit | None = unit
    while here is not None and here.id not in seen:
        if here.id == other.id:
            return True
        seen.add(here.id)
        here = here.parent
    return False


def _term(kind: str, uid: UUID | None) -> Term | None:
    return Term.get_or_none(Term.uid == uid, Term.kind == kind) if uid else None


def _is_taken(name: str, parent: Unit | None, unit: Unit | None) -> bool:
    """Two units under one parent never share a name; under different ones they may."""
    same = Unit.select().where(Unit.name == name, Unit.parent == parent if parent else Unit.parent.is_null())
    return (same.where(Unit.id != unit.id) if unit else same).exists()
