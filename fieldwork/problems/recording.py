"""HTTP of recording a problem and of correcting one: the same form, empty or filled."""

from typing import Any

from flask import Response, flash, request
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from fieldwork import clock, ids
from fieldwork.core.schemas import FieldErrors, read
from fieldwork.errors import Conflict
from fieldwork.people.units.queries import unit_choices
from fieldwork.photos import forms as pictures
from fieldwork.problems import actions, labels, queries, references
from fieldwork.problems.models import Problem
from fieldwork.problems.room import room
from fieldwork.problems.schemas import ProblemIn
from fieldwork.problems.states import ENDED
from fieldwork.records import drafts
from fieldwork.records.choices import term_options
from fieldwork.web import allow, go_to, page, seen_version, visible

SAME = ("title", "text", "level", "urgency", "raised_by", "cause", "suggestion", "place_note")
Form = MultiDict[str, Any]


@room.route("/problems/new", methods=["GET", "POST"])
@allow("record.create")
def new() -> Any:
    if request.method == "GET":
        return _shown(_empty())
    pictures.make_room()
    sent = pictures.received()
    data, errors = _read(None, sent)
    if data is None or errors or "find" in request.form:
        return _shown(sent.form, errors, sent)
    problem = actions.record_problem(current_user, data, sent.captions)
    flash(labels.RECORDED.format(number=problem.number), "green")
    return go_to("problems.show", uid=problem.uid)


@room.route("/problems/<uuid:uid>/edit", methods=["GET", "POST"])
@allow("problem.correct", load=pictures.room_for_photos(visible(Problem)))
def edit(problem: Problem) -> Any:
    if problem.state in ENDED:
        raise Conflict("ended_is_kept")
    if request.method == "GET":
        return _shown(_filled(problem), problem=problem)
    sent = pictures.received()
    data, errors = _read(problem, sent)
    if data is None or errors or "find" in request.form:
        return _shown(sent.form, errors, sent, problem)
    actions.correct(current_user, problem, seen_version(), data, sent.captions)
    flash(labels.CORRECTED, "green")
    return go_to("problems.show", uid=problem.uid)


def _read(problem: Problem | None, sent: pictures.Sent) -> tuple[ProblemIn | None, FieldErrors]:
    data, errors = read(ProblemIn, sent.form)
    return data, errors | references.objections(current_user, problem, data) | sent.errors


def _shown(
    form: Form, errors: FieldErrors | None = None, sent: pictures.Sent | None = None, problem: Problem | None = None
) -> Response:
    """The page with the form: everything typed stays; a search for a unit is no mistake and shows none."""
    finding = "find" in request.form
    year = clock.today().year
    chosen, units = unit_choices(current_user, form, "unit")
    return page(
        "problems/edit.html",
        "problems/_form.html",
        422 if errors and not finding else 200,
        problem=problem,
        form=form,
        errors={} if finding else errors or {},
        held=sent.shown if sent else pictures.tray_of(problem) if problem else [],
        coming=pictures.coming_to(problem) if problem else [],
        visit=queries.visit_named(current_user, form.get("visit", "")),
        chosen=chosen,
        units=units,
        categories=term_options("category", year, kept=[form.get("category", "")]),
        programmes=term_options("programme", year, kept=form.getlist("programmes")),
    )


def _empty() -> Form:
    """A new form, under an id of its own; begun on a visit it is already at the visit's unit."""
    if "draft" in request.args:
        return drafts.form_of(current_user, "problem", request.args["draft"])
    visit = queries.visit_named(current_user, request.args.get("visit", ""))
    form: Form = MultiDict({"id": str(ids.uuid7()), "urgency": "normal", "unit": request.args.get("unit", "")})
    if visit:
        form["visit"], form["unit"] = str(visit.uid), str(visit.unit.uid)
        form.setlist("programmes", visit.programmes)
    return form


def _filled(problem: Problem) -> Form:
    """The form with what was recorded."""
    form: Form = MultiDict({field: getattr(problem, field) for field in SAME if getattr(problem, field) is not None})
    form["unit"] = str(problem.unit.uid)
    form["category"] = problem.category.code if problem.category_id else ""
    form.setlist("programmes", problem.programmes)
    return form
