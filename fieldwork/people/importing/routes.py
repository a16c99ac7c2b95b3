"""HTTP of imports: a template down, a sheet up, what it would do, and then the doing of it."""

import io
from typing import Any

from flask import flash, request, send_file
from werkzeug.wrappers import Response

from fieldwork.core.xlsx.reading import MOST_BYTES
from fieldwork.people import policy
from fieldwork.people.importing import actions, documents, labels, parcels
from fieldwork.people.importing.plans import Plan, plan_of, read_plan
from fieldwork.people.room import room
from fieldwork.people.sessions import person
from fieldwork.web import allow, go_to, page

KIND = "<any('units','users'):kind>"
BODY_MAX_BYTES = MOST_BYTES + 100_000
SIGNED_MAX_BYTES = 8_000_000
SHOWN_ROWS = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PASSWORDS = "passwords"


@room.get(f"/admin/imports/{KIND}/")
@allow("unit.edit")
def importing(kind: str) -> Any:
    _require(kind)
    return _page(kind)


@room.get(f"/admin/imports/{KIND}/template.xlsx")
@allow("unit.edit")
def import_template(kind: str) -> Any:
    _require(kind)
    return _download(documents.template_of(kind), labels.FILE_NAMES[kind])


@room.post(f"/admin/imports/{KIND}/")
@allow("unit.edit")
def preview_import(kind: str) -> Any:
    _require(kind)
    request.max_content_length = BODY_MAX_BYTES
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page(kind, status=422, errors={"file": [labels.FAULTS["no_file"]]})
    return _shown(kind, read_plan(kind, file.stream), file.filename)


@room.post(f"/admin/imports/{KIND}/confirmation")
@allow("unit.edit")
def confirm_import(kind: str) -> Any:
    _require(kind)
    request.max_content_length = request.max_form_memory_size = SIGNED_MAX_BYTES
    rows = parcels.unpack_rows(person(), kind, request.form.get("rows", ""))
    if rows is None:
        return _page(kind, status=422, errors={"file": [labels.EXPIRED]})
    plan = plan_of(kind, rows)
    if plan.faults:
        return _shown(kind, plan, request.form.get("name", ""))
    return _import_units(plan) if kind == "units" else _import_users(plan)


@room.post("/admin/imports/users/passwords.xlsx")
@allow("people.manage")
def import_passwords() -> Any:
    request.max_content_length = request.max_form_memory_size = SIGNED_MAX_BYTES
    rows = parcels.unpack(person(), PASSWORDS, request.form.get("rows", ""))
    if rows is None:
        return _page("users", status=422, errors={"file": [labels.EXPIRED]})
    return _download(documents.password_sheet(rows), labels.PASSWORD_FILE)


def _import_units(plan: Plan) -> Any:
    made = actions.import_units(person(), plan.entries)
    flash(labels.DONE.format(count=len(made), kind=labels.KINDS["units"]))
    return go_to("people.units")


def _import_users(plan: Plan) -> Any:
    made = actions.import_users(person(), plan.entries)
    rows = [(one.user.name, one.user.username, one.user.unit.name, one.password) for one in made]
    return page("people/importing/passwords.html", rows=rows, signed=parcels.pack(person(), PASSWORDS, rows))


def _shown(kind: str, plan: Plan, name: str) -> Any:
    """What the sheet would do: with mistakes only they are shown, else the first rows and the button to go on."""
    signed = "" if plan.faults else parcels.pack_rows(person(), kind, plan.rows)
    return _page(kind, status=422 if plan.faults else 200, plan=plan, signed=signed, name=name)


def _page(kind: str, status: int = 200, **context: Any) -> Any:
    words: dict[str, Any] = {
        "kind": kind,
        "words": labels.KINDS[kind],
        "errors": {},
        "plan": None,
        "shown_rows": SHOWN_ROWS,
    }
    return page("people/importing/page.html", None, status, **words | context)


def _require(kind: str) -> None:
    """The door lets in whoever may edit units; accounts are for those who manage people."""
    if kind == "users":
        policy.require(person(), "people.manage")


def _download(content: bytes, name: str) -> Response:
    return send_file(io.BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=name)
