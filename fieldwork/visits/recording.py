"""HTTP of 记一笔: recording a visit and correcting it, the same form, empty or filled."""

from typing import Any

from flask import Response, flash, request
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from fieldwork import clock, ids
from fieldwork.core.schemas import FieldErrors, read
from fieldwork.people.units.options import unit_options
from fieldwork.people.units.queries import unit_choices
from fieldwork.photos import forms as pictures
from fieldwork.photos.queries import photos_of
from fieldwork.records.choices import term_options
from fieldwork.visits import actions, labels, queries
from fieldwork.visits.models import Visit
from fieldwork.visits.room import room
from fieldwork.visits.schemas import VisitIn
from fieldwork.web import allow, go_to, page, seen_version, visible

SAME = ("title", "text", "method", "purpose", "participants", "received_by", "advice", "place_note")
Form = MultiDict[str, Any]


@room.route("/new", methods=["GET", "POST"])
@allow("record.create")
def new() -> Any:
    if request.method == "GET":
        return _shown(_empty())
    pictures.make_room()
    sent = pictures.received()
    data, errors = _read(sent)
    if data is None or errors or "find" in request.form:
        return _shown(sent.form, errors, sent)
    visit = actions.record_visit(current_user, data, sent.captions)
    flash(labels.KEPT_AS_DRAFT if data.draft else labels.RECORDED, "amber" if data.draft else "green")
    return _onward(visit)


@room.route("/<uuid:uid>/edit", methods=["GET", "POST"])
@allow("record.edit", load=pictures.room_for_photos(visible(Visit)))
def edit(visit: Visit) -> Any:
    if request.method == "GET":
        return _shown(_filled(visit), visit=visit)
    sent = pictures.received()
    data, errors = _read(sent)
    if data is None or errors or "find" in request.form:
        return _shown(sent.form, errors, sent, visit)
    fresh = actions.correct(current_user, visit, seen_version(), data, sent.captions)
    flash(labels.CORRECTED if visit.state == fresh.state else labels.SUBMITTED, "green")
    return _onward(fresh)


def _read(sent: pictures.Sent) -> tuple[VisitIn | None, FieldErrors]:
    data, errors = read(VisitIn, sent.form)
    if data is not None and queries.unit_named(data.unit) is None:
        errors["unit"] = [labels.UNKNOWN_UNIT]
    return data, errors | sent.errors


def _onward(visit: Visit) -> Any:
    """To the visit, or straight on to a problem or case found on it."""
    following = {"problem": "problems.new", "case": "cases.new"}.get(request.form.get("then", ""))
    return go_to(following, visit=visit.uid) if following else go_to("visits.show", uid=visit.uid)


def _shown(
    form: Form, errors: FieldErrors | None = None, sent: pictures.Sent | None = None, visit: Visit | None = None
) -> Response:
    """The page with the form: everything typed stays; a search for a unit is no mistake and shows none."""
    finding = "find" in request.form
    chosen, units = unit_choices(current_user, form, "unit")
    return page(
        "visits/edit.html",
        "visits/_form.html",
        422 if errors and not finding else 200,
        visit=visit,
        form=form,
        errors={} if finding else errors or {},
        held=sent.shown if sent else [],
        photos=photos_of("visit", [visit.id]).get(visit.id, []) if visit else [],
        chosen=chosen,
        units=units,
        other_units=_other_units(form, visit),
        programmes=term_options("programme", clock.today().year),
    )


def _other_units(form: Form, visit: Visit | None) -> list[Any]:
    """Further units to tick: those ticked already, then the usual ones."""
    ticked = [(unit.uid, unit.shown_name, "") for unit in queries.further_units(visit)] if visit else []
    known = {str(option[0]) for option in ticked}
    return [*ticked, *(o for o in unit_options(current_user, form.get("more_units_q", "")) if str(o[0]) not in known)]


def _empty() -> Form:
    """A new form, under an id of its own; today, at the unit that was asked for."""
    now = clock.local(clock.now())
    return MultiDict(
        {
            "id": str(ids.uuid7()),
            "unit": request.args.get("unit", ""),
            "on_day": now.date().isoformat(),
            "at_time": now.strftime("%H:%M"),
            "method": "on_site",
        }
    )


def _filled(visit: Visit) -> Form:
    """The form with what was recorded."""
    form: Form = MultiDict({field: getattr(visit, field) for field in SAME if getattr(visit, field) is not None})
    form["unit"] = str(visit.unit.uid)
    form["on_day"] = visit.captured_local.date().isoformat()
    form["at_time"] = visit.captured_local.strftime("%H:%M")
    form.setlist("programmes", visit.programmes)
    form.setlist("more_units", [str(unit.uid) for unit in queries.further_units(visit)])
    return form
