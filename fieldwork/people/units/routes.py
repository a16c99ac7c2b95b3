"""HTTP of units: the list, the form for a new one and an old one, in or out of use."""

from typing import Any
from uuid import UUID

from flask import flash, request, url_for

from fieldwork.core.schemas import FieldErrors, read
from fieldwork.people import labels, queries
from fieldwork.people.models import Unit
from fieldwork.people.room import room
from fieldwork.people.sessions import person
from fieldwork.people.units import actions, checks, schemas
from fieldwork.people.units import queries as asked
from fieldwork.web import allow, go_to, page, seen_version, visible

TERM_FIELDS = ("area", "sector", "unit_type")
LIST_FILTERS = ("q", "area", "type", "state")


@room.get("/admin/units/")
@allow("unit.edit")
def units() -> Any:
    filters: dict[str, Any] = {name: request.args[name] for name in LIST_FILTERS if request.args.get(name)}
    found = asked.unit_page(filters, request.args.get("cursor"))
    following = url_for("people.units", **filters, cursor=found.next) if found.next else None
    choices = queries.choices("area", "unit_type")
    context = {"found": found, "asked": filters, "next_url": following, "choices": choices}
    return page("people/units/list.html", "people/units/_rows.html", 200, **context)


@room.get("/admin/units/new")
@allow("unit.edit")
def new_unit() -> Any:
    return _form(None, {}, {})


@room.post("/admin/units/new")
@allow("unit.edit")
def add_unit() -> Any:
    columns, errors = _read(None)
    if errors or "find" in request.form:
        return _form(None, _typed(), errors)
    unit = actions.add(person(), columns)
    flash(labels.UNIT_ADDED.format(name=unit.name))
    return go_to("people.units", q=unit.name)


@room.get("/admin/units/<uuid:uid>")
@allow("unit.edit")
def unit(uid: UUID) -> Any:
    found = asked.unit_of(uid)
    return _form(found, asked.form_of(found), {})


@room.post("/admin/units/<uuid:uid>")
@allow("unit.edit")
def change_unit(uid: UUID) -> Any:
    found = asked.unit_of(uid)
    columns, errors = _read(found)
    if errors or "find" in request.form:
        return _form(found, _typed(), errors)
    changed = actions.change(person(), found, seen_version(), columns)
    flash(labels.CHANGED.format(name=changed.name))
    return go_to("people.units", q=changed.name)


@room.post("/admin/units/<uuid:uid>/activity")
@allow("unit.edit", load=visible(Unit))
def set_unit_activity(found: Unit) -> Any:
    actions.set_activity(person(), found, request.form.get("active") == "1")
    return go_to("people.unit", uid=found.uid)


def _read(unit: Unit | None) -> tuple[checks.Columns, FieldErrors]:
    form, errors = read(schemas.UnitIn, request.form)
    return checks.checked(form, unit) if form else ({}, errors)


def _typed() -> dict[str, Any]:
    return {**request.form.to_dict(), "flags": request.form.getlist("flags")}


def _form(unit: Unit | None, typed: dict[str, Any], errors: FieldErrors) -> Any:
    """The form with what was typed; `find` is the search of the unit picker in browsers without scripts."""
    errors = {} if "find" in request.form else errors
    parent, parents = asked.parent_choices(person(), typed, unit)
    held = [typed.get(name) for name in TERM_FIELDS]
    context = {"unit": unit, "typed": typed, "errors": errors, "parent": parent, "parents": parents}
    kinds = queries.choices(*TERM_FIELDS, held=held)
    return page("people/units/edit.html", None, 422 if errors else 200, choices=kinds, **context)
