"""HTTP of writing a case and of working on it after a return: the same form, empty or filled."""

from typing import Any

from flask import Response, flash, request
from flask_login import current_user

from fieldwork import clock
from fieldwork.cases import actions, labels, queries
from fieldwork.cases.models import Case
from fieldwork.cases.room import room
from fieldwork.cases.schemas import CaseIn
from fieldwork.cases.states import WRITABLE
from fieldwork.errors import Conflict
from fieldwork.photos.forms import room_for_photos
from fieldwork.records import capture
from fieldwork.records.choices import term_options, unknown_terms
from fieldwork.web import allow, go_to, page, seen_version, visible

SAME = ("title", "summary", "background", "text", "effect", "lessons", "conditions", "authors", "contact")
PIN_DIGITS_MAX = 9


@room.route("/cases/new", methods=["GET", "POST"])
@allow("record.create")
def new() -> Any:
    if request.method == "GET":
        return _shown(_begun())
    came = _captured()
    data = came.kept()
    if data is None:
        return _shown(came.form, came)
    case = actions.write_case(current_user, data, came.captions)
    flash(labels.WRITTEN, "green")
    return go_to("cases.show", uid=case.uid)


@room.route("/cases/<uuid:uid>/edit", methods=["GET", "POST"])
@allow("case.write", load=room_for_photos(visible(Case)))
def edit(case: Case) -> Any:
    if case.state not in WRITABLE:
        raise Conflict("case_not_writable")
    if request.method == "GET":
        return _shown(_filled(case), case=case)
    came = _captured()
    data = came.kept()
    if data is None:
        return _shown(came.form, came, case)
    fresh = actions.correct(current_user, case, seen_version(), data, came.captions)
    actions.tick(current_user, fresh, _ticked(came.form))
    flash(labels.CORRECTED, "green")
    return go_to("cases.show", uid=fresh.uid)


def _captured() -> capture.Captured[CaseIn]:
    came = capture.captured(CaseIn)
    chosen = [came.data.case_type] if came.data and came.data.case_type else []
    wrong = {"case_type": [labels.UNKNOWN_TYPE]} if unknown_terms("case_type", chosen) else {}
    return came.objecting(wrong | (queries.unseen_sources(current_user, came.data) if came.data else {}))


def _ticked(form: capture.Form) -> set[int]:
    return {int(pin) for pin in form.getlist("ticked") if pin.isdecimal() and len(pin) <= PIN_DIGITS_MAX}


def _shown(form: capture.Form, came: capture.Captured[CaseIn] | None = None, case: Case | None = None) -> Response:
    """The page with the form: everything typed and ticked stays."""
    return page(
        "cases/edit.html",
        "cases/_form.html",
        capture.status_of(came),
        case=case,
        pins=queries.pins_of(case) if case else [],
        ticked=_ticked(form),
        visit=queries.visit_named(current_user, form.get("visit", "")),
        problem=queries.problem_named(current_user, form.get("problems", "")),
        case_types=term_options("case_type", clock.today().year, kept=[form.get("case_type", "")]),
        **capture.shown(form, came, case),
    )


def _begun() -> capture.Form:
    """An empty form; begun on a visit or at a problem it is already at that unit."""
    form = capture.opened("case")
    visit = queries.visit_named(current_user, request.args.get("visit", ""))
    problem = queries.problem_named(current_user, request.args.get("problem", ""))
    if visit:
        form["visit"], form["unit"] = str(visit.uid), str(visit.unit.uid)
        form.setlist("programmes", visit.programmes)
    if problem:
        form["problems"], form["unit"] = str(problem.uid), str(problem.unit.uid)
    return form


def _filled(case: Case) -> capture.Form:
    """The form with what was written and what was ticked off."""
    form = capture.filled(case, SAME)
    form["case_type"] = case.case_type.code if case.case_type_id else ""
    form["visit"] = str(case.visit.uid) if case.visit_id else ""
    visits, problems = queries.sources_of(current_user, case)
    form.setlist("visits", [str(visit.uid) for visit in visits if visit.id != case.visit_id])
    form.setlist("problems", [str(problem.uid) for problem in problems])
    form.setlist("ticked", [str(pin.id) for pin in queries.pins_of(case) if pin.done_at])
    return form
