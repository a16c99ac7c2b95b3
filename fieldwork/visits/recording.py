"""HTTP of 记一笔: recording a visit and correcting it, the same form, empty or filled."""

from typing import Any
from uuid import UUID

from flask import Response, flash, request
from flask_login import current_user

from fieldwork.people.models import Unit
from fieldwork.people.units.options import Option, unit_options
from fieldwork.people.units.queries import options_of
from fieldwork.photos.forms import room_for_photos
from fieldwork.records import capture
from fieldwork.visits import actions, labels, queries
from fieldwork.visits.models import Visit
from fieldwork.visits.room import room
from fieldwork.visits.schemas import VisitIn
from fieldwork.visits.states import DRAFT
from fieldwork.web import allow, go_to, page, seen_version, visible

SAME = ("title", "text", "method", "purpose", "participants", "received_by", "advice", "place_note")
OTHERS_OFFERED = 6
FOLLOWING = {"problem": "problems.new", "case": "cases.new"}


@room.route("/new", methods=["GET", "POST"])
@allow("record.create")
def new() -> Any:
    if request.method == "GET":
        return _shown(capture.opened("visit"))
    came = capture.captured(VisitIn)
    data = came.kept()
    if data is None:
        return _shown(came.form, came)
    visit = actions.record_visit(current_user, data, came.captions)
    flash(*((labels.KEPT_AS_DRAFT, "amber") if visit.state == DRAFT else (labels.RECORDED, "green")))
    return _onward(visit)


@room.route("/<uuid:uid>/edit", methods=["GET", "POST"])
@allow("record.edit", load=room_for_photos(visible(Visit)))
def edit(visit: Visit) -> Any:
    if request.method == "GET":
        return _shown(_filled(visit), visit=visit)
    came = capture.captured(VisitIn)
    data = came.kept()
    if data is None:
        return _shown(came.form, came, visit)
    fresh = actions.correct(current_user, visit, seen_version(), data, came.captions)
    flash(*_told(visit, fresh))
    return _onward(fresh)


def _told(before: Visit, fresh: Visit) -> tuple[str, str]:
    """What is said of a form that was taken, and its tone."""
    if fresh.state == DRAFT:
        return labels.KEPT_AS_DRAFT, "amber"
    return (labels.CORRECTED if before.state == fresh.state else labels.SUBMITTED), "green"


def _onward(visit: Visit) -> Any:
    """To the visit, or straight on to a problem or case found on it."""
    following = FOLLOWING.get(request.form.get("then", ""))
    return go_to(following, visit=visit.uid) if following else go_to("visits.show", uid=visit.uid)


def _shown(form: capture.Form, came: capture.Captured[VisitIn] | None = None, visit: Visit | None = None) -> Response:
    shared = capture.shown(form, came, visit)
    return page(
        "visits/edit.html",
        "visits/_form.html",
        capture.status_of(came),
        visit=visit,
        clashes=queries.clashes_ahead(current_user, _unit(shared["chosen"])) if visit is None else [],
        other_units=_other_units(form),
        **shared,
    )


def _unit(chosen: Option | None) -> Unit | None:
    return queries.unit_named(UUID(str(chosen[0]))) if chosen else None


def _other_units(form: capture.Form) -> list[Any]:
    """Further units to tick: those ticked already, then those looked for or usual, without the visited one."""
    ticked = options_of(form.getlist("more_units"))
    taken = {str(option[0]) for option in ticked} | {form.get("unit")}
    typed = form.get("more_units_q", "")
    offered = unit_options(current_user, typed)[: None if typed else OTHERS_OFFERED]
    return [*ticked, *(option for option in offered if str(option[0]) not in taken)]


def _filled(visit: Visit) -> capture.Form:
    form = capture.filled(visit, SAME)
    form["on_day"] = visit.captured_local.date().isoformat()
    form["at_time"] = visit.captured_local.strftime("%H:%M")
    form.setlist("more_units", [str(unit.uid) for unit in queries.further_units(visit)])
    return form
