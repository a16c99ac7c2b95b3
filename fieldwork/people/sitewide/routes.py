"""HTTP of the settings of the whole site."""

from typing import Any

from flask import flash, request

from fieldwork.core.schemas import FieldErrors, read
from fieldwork.people import labels
from fieldwork.people.room import room
from fieldwork.people.sessions import person
from fieldwork.people.sitewide import actions, queries, schemas
from fieldwork.web import allow, go_to, page, seen_version


@room.get("/admin/settings")
@allow("settings.edit")
def settings() -> Any:
    return _form(queries.kept(), {})


@room.post("/admin/settings")
@allow("settings.edit")
def change_settings() -> Any:
    form, errors = read(schemas.SiteIn, request.form)
    if form is None:
        return _form(request.form.to_dict(), errors)
    actions.keep(person(), seen_version(), form)
    flash(labels.SETTINGS_KEPT)
    return go_to("people.settings")


def _form(typed: dict[str, Any], errors: FieldErrors) -> Any:
    context = {"typed": typed, "errors": errors, "version": typed.get("version", queries.version())}
    return page("people/settings.html", None, 422 if errors else 200, **context)
