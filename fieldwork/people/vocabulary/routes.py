"""HTTP of vocabularies: one page for each, with its entries and the form for a new one."""

from typing import Any
from uuid import UUID

from flask import flash, request

from fieldwork.core.schemas import FieldErrors, read
from fieldwork.people import labels
from fieldwork.people.models import Term
from fieldwork.people.room import room
from fieldwork.people.sessions import person
from fieldwork.people.vocabulary import actions, checks, queries, schemas
from fieldwork.web import allow, go_to, page, seen_version, visible

KIND = "<any('programme','area','sector','unit-type','category','case-type','channel','stage'):kind>"
STEPS = {"up": -1, "down": 1}


@room.get(f"/admin/terms/{KIND}/")
@allow("vocabulary.edit")
def terms(kind: str) -> Any:
    return _list(kind, {}, {})


@room.post(f"/admin/terms/{KIND}/")
@allow("vocabulary.edit")
def add_term(kind: str) -> Any:
    columns, errors = _read(code_of(kind), None)
    if errors:
        return _list(kind, request.form.to_dict(), errors)
    added = actions.add(person(), code_of(kind), columns)
    flash(labels.TERM_ADDED.format(name=added.name))
    return go_to("people.terms", kind=kind)


@room.get("/admin/terms/<uuid:uid>")
@allow("vocabulary.edit")
def term(uid: UUID) -> Any:
    found = queries.term_of(uid)
    return _form(found, queries.form_of(found), {})


@room.post("/admin/terms/<uuid:uid>")
@allow("vocabulary.edit")
def change_term(uid: UUID) -> Any:
    found = queries.term_of(uid)
    columns, errors = _read(found.kind, found)
    if errors:
        return _form(found, request.form.to_dict(), errors)
    changed = actions.change(person(), found, seen_version(), columns)
    flash(labels.CHANGED.format(name=changed.name))
    return go_to("people.terms", kind=slug_of(changed.kind))


@room.post("/admin/terms/<uuid:uid>/place")
@allow("vocabulary.edit", load=visible(Term))
def move_term(found: Term) -> Any:
    actions.move(person(), found, STEPS.get(request.form.get("to", ""), 0))
    return go_to("people.terms", kind=slug_of(found.kind))


@room.post("/admin/terms/<uuid:uid>/activity")
@allow("vocabulary.edit", load=visible(Term))
def set_term_activity(found: Term) -> Any:
    actions.set_activity(person(), found, request.form.get("active") == "1")
    return go_to("people.terms", kind=slug_of(found.kind))


def code_of(slug: str) -> str:
    """ "unit-type" in an address is "unit_type" in the table."""
    return slug.replace("-", "_")


def slug_of(kind: str) -> str:
    return kind.replace("_", "-")


def _read(kind: str, term: Term | None) -> tuple[checks.Columns, FieldErrors]:
    form, errors = read(schemas.TermIn, request.form)
    return checks.checked(kind, form, term) if form else ({}, errors)


def _list(slug: str, typed: dict[str, Any], errors: FieldErrors) -> Any:
    kind = code_of(slug)
    context = {"kind": kind, "slug": slug, "typed": typed, "errors": errors}
    entries, parents = queries.listed(kind), queries.parents_of(kind)
    status = 422 if errors else 200
    return page("people/vocabulary/list.html", None, status, entries=entries, parents=parents, **context)


def _form(term: Term, typed: dict[str, Any], errors: FieldErrors) -> Any:
    context = {"term": term, "kind": term.kind, "slug": slug_of(term.kind), "typed": typed, "errors": errors}
    parents = queries.parents_of(term.kind, term)
    return page("people/vocabulary/edit.html", None, 422 if errors else 200, parents=parents, **context)
