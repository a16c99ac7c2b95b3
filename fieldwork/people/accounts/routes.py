"""HTTP of accounts: the list, the form for a new one and an old one, one-time passwords, in or out of use."""

from typing import Any
from uuid import UUID

from flask import flash, request, url_for

from fieldwork.core import words
from fieldwork.core.schemas import FieldErrors, read
from fieldwork.errors import Conflict, Stale
from fieldwork.people import labels, queries
from fieldwork.people.accounts import actions, checks, schemas
from fieldwork.people.accounts import queries as asked
from fieldwork.people.models import User
from fieldwork.people.room import room
from fieldwork.people.sessions import person
from fieldwork.people.units import queries as units
from fieldwork.web import allow, go_to, page, seen_version, visible

LIST_FILTERS = ("q", "role", "state")


@room.get("/admin/users/")
@allow("people.manage")
def users() -> Any:
    filters: dict[str, Any] = {name: request.args[name] for name in LIST_FILTERS if request.args.get(name)}
    found = asked.account_page(filters, request.args.get("cursor"))
    following = url_for("people.users", **filters, cursor=found.next) if found.next else None
    return page(
        "people/accounts/list.html", "people/accounts/_rows.html", found=found, asked=filters, next_url=following
    )


@room.get("/admin/users/new")
@allow("people.manage")
def new_user() -> Any:
    return _form(None, {}, {})


@room.post("/admin/users/new")
@allow("people.manage")
def add_user() -> Any:
    columns, grants, errors = _read(None)
    if errors or "find" in request.form:
        return _form(None, _typed(), errors)
    try:
        made = actions.add(person(), columns, grants)
    except Conflict as refusal:
        return _form(None, _typed(), {"username": [words.of(refusal)]})
    return page("people/accounts/password.html", made=made)


@room.get("/admin/users/<uuid:uid>")
@allow("people.manage")
def user(uid: UUID) -> Any:
    found = asked.account_of(uid)
    return _form(found, asked.form_of(found), {})


@room.post("/admin/users/<uuid:uid>")
@allow("people.manage")
def change_user(uid: UUID) -> Any:
    found = asked.account_of(uid)
    columns, grants, errors = _read(found)
    if errors or "find" in request.form:
        return _form(found, _typed(), errors)
    try:
        changed = actions.change(person(), found, seen_version(), columns, grants)
    except Stale:
        raise
    except Conflict as refusal:
        return _form(found, _typed(), {"role": [words.of(refusal)]})
    flash(labels.CHANGED.format(name=changed.name))
    return go_to("people.users")


@room.post("/admin/users/<uuid:uid>/password")
@allow("people.manage", load=visible(User))
def reset_password(found: User) -> Any:
    return page("people/accounts/password.html", made=actions.reset_password(person(), found))


@room.post("/admin/users/<uuid:uid>/activity")
@allow("people.manage", load=visible(User))
def set_user_activity(found: User) -> Any:
    actions.set_activity(person(), found, request.form.get("active") == "1")
    return go_to("people.user", uid=found.uid)


def _read(user: User | None) -> tuple[checks.Columns, checks.GrantColumns, FieldErrors]:
    form, errors = read(schemas.AccountIn, request.form)
    return checks.checked(form, user) if form else ({}, [], errors)


def _typed() -> dict[str, Any]:
    lists = {name: request.form.getlist(name) for name in ("role", "scope")}
    return {**request.form.to_dict(), **lists}


def _form(user: User | None, typed: dict[str, Any], errors: FieldErrors) -> Any:
    """The form with what was typed; `find` is the search of the unit picker in browsers without scripts."""
    errors = {} if "find" in request.form else errors
    unit, options = units.unit_choices(person(), typed, "unit")
    context = {"user": user, "typed": typed, "errors": errors, "unit": unit, "options": options}
    scopes = queries.choices("area", "sector", held=typed.get("scope", []))
    rows = asked.rows_of(typed)
    return page("people/accounts/edit.html", None, 422 if errors else 200, rows=rows, scopes=scopes, **context)
