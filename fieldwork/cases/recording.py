"""HTTP of writing a case and of working on it after a return: the same form, empty or filled."""

from typing import Any

from flask import Response, flash, request
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from fieldwork import clock, ids
from fieldwork.cases import actions, labels, queries
from fieldwork.cases.models import Case
from fieldwork.cases.room import room
from fieldwork.cases.schemas import CaseIn
from fieldwork.cases.states import WRITABLE
from fieldwork.core.schemas import FieldErrors, read
from fieldwork.errors import Conflict
from fieldwork.people.units.queries import unit_choices
from fieldwork.photos import forms as pictures
from fieldwork.photos.queries import photos_of
from fieldwork.records.choices import term_options
from fieldwork.web import allow, go_to, page, seen_version, visible

SAME = ("title", "summary", "background", "text", "effect", "lessons", "conditions", "authors", "contact", "place_note")
Form = MultiDict[str, Any]


@room.route("/cases/new", methods=["GET", "POST"])
@allow("record.create")
def new() -> Any:
    if request.method == "GET":
        return _shown(_empty())
    pictures.make_room()
    sent = pictures.received()
    data, errors = read(CaseIn, sent.form)
    errors |= sent.errors
    if data is None or errors or "find" in request.form:
        return _shown(sent.form, errors, sent)
    case = actions.write_case(current_user, data, sent.captions)
    flash(labels.WRITTEN, "green")
    return go_to("cases.show", uid=case.uid)


@room.route("/cases/<uuid:uid>/edit", methods=["GET", "POST"])
@allow("case.write", load=pictures.room_for_photos(visible(Case)))
def edit(case: Case) -> Any:
    if case.state not in WRITABLE:
        raise Conflict("case_not_writable")
    if request.method == "GET":
        return _shown(_filled(case), case=case)
    sent = pictures.received()
    data, errors = read(CaseIn, sent.form)
    errors |= sent.errors
    if data is None or errors or "find" in request.form:
        return _shown(sent.form, errors, sent, case)
    actions.correct(current_user, case, seen_version(), data, sent.captions)
    ticked = {int(pin) for pin in request.form.getlist("ticked") if pin.isdecimal() and len(pin) < 10}
    actions.tick(current_user, case, ticked)
    flash(labels.CORRECTED, "green")
    return go_to("cases.show", uid=case.uid)


def _shown(
    form: Form, errors: FieldErrors | None = None, sent: pictures.Sent | None = None, case: Case | None = None
) -> Response:
    """The page with the form: everything typed stays; a search for a unit is no mistake and shows none."""
    finding, year = "find" in request.form, clock.today().year
    chosen, units = unit_choices(current_user, form, "unit")
    return page(
        "cases/edit.html",
        "cases/_form.html",
        422 if errors and not finding else 200,
        case=case,
        form=form,
        errors={} if finding else errors or {},
        held=sent.shown if sent else [],
        photos=photos_of("case", [case.id]).get(case.id, []) if case else [],
        pins=queries.pins_of(case) if case else [],
        visit=queries.visit_named(current_user, form.get("visit", "")),
        problem=queries.problem_named(current_user, form.get("problems", "")),
        chosen=chosen,
        units=units,
        case_types=term_options("case_type", year),
        programmes=term_options("programme", year),
    )


def _empty() -> Form:
    """A new form, under an id of its own; begun on a visit or at a problem it is already at that unit."""
    form: Form = MultiDict({"id": str(ids.uuid7()), "unit": request.args.get("unit", "")})
    visit = queries.visit_named(current_user, request.args.get("visit", ""))
    problem = queries.problem_named(current_user, request.args.get("problem", ""))
    if visit:
        form["visit"], form["unit"] = str(visit.uid), str(visit.unit.uid)
        form.setlist("programmes", visit.programmes)
    if problem:
        form["problems"], form["unit"] = str(problem.uid), str(problem.unit.uid)
    return form


def _filled(case: Case) -> Form:
    """The form with what was written."""
    form: Form = MultiDict({field: getattr(case, field) for field in SAME if getattr(case, field) is not None})
    form["unit"] = str(case.unit.uid)
    form["case_type"] = case.case_type.code if case.case_type_id else ""
    form["visit"] = str(case.visit.uid) if case.visit_id else ""
    form.setlist("programmes", case.programmes)
    visits, problems = queries.sources_of(current_user, case)
    form.setlist("visits", [str(visit.uid) for visit in visits if visit.id != case.visit_id])
    form.setlist("problems", [str(problem.uid) for problem in problems])
    return form
