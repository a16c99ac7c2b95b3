"""HTTP of importing what a phone has exported: a file up, what it would do, and then the doing of it."""

from typing import Any

from flask import request

from fieldwork.intake import archive, labels, parcels, queues
from fieldwork.intake.archive import Unfit
from fieldwork.intake.room import room
from fieldwork.people.sessions import person
from fieldwork.web import allow, page

FORM_BYTES = 100_000
MB = 1_000_000


@room.get("/box/import")
@allow("intake.adopt")
def importing() -> Any:
    return _page()


@room.post("/box/import", endpoint="preview_import")
@allow("intake.adopt")
def preview() -> Any:
    request.max_content_length = archive.FILE_MAX_BYTES + FORM_BYTES
    file = request.files.get("file")
    if file is None or not file.filename:
        return _refused("no_file")
    signed = parcels.park(person(), file)
    path = parcels.parked(person(), signed)
    if path is None:
        return _refused("expired")
    try:
        report = queues.preview(person(), path)
    except Unfit as unfit:
        parcels.drop(path)
        return _refused(unfit.code)
    return _page(report=report, signed=signed)


@room.post("/box/import/confirmation", endpoint="confirm_import")
@allow("intake.adopt")
def confirm() -> Any:
    path = parcels.parked(person(), request.form.get("parcel", ""))
    if path is None:
        return _refused("expired")
    try:
        report = queues.import_queue(person(), path)
    except Unfit as unfit:
        return _refused(unfit.code)
    parcels.drop(path)
    return _page(report=report, is_done=True)


def _refused(code: str) -> Any:
    words = labels.FAULTS[code].format(limit_mb=archive.UNPACKED_MAX_BYTES // MB)
    return _page(422, errors={"file": [words]})


def _page(status: int = 200, **context: Any) -> Any:
    standing: dict[str, Any] = {"report": None, "signed": "", "is_done": False, "errors": {}}
    return page("intake/importing.html", None, status, **standing | context)
