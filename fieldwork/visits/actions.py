"""What is done to visits: recorded, corrected with the old version kept, submitted from a draft."""

from datetime import UTC, datetime, time
from typing import Any

from peewee import IntegrityError

from fieldwork import clock
from fieldwork.core.db import transaction
from fieldwork.errors import Conflict, NotFound, Stale
from fieldwork.ids import uuid7
from fieldwork.people.models import Unit, User
from fieldwork.people.policy import require
from fieldwork.photos import showing
from fieldwork.records.actions import change, keep, refuse_if_gone, versions_of
from fieldwork.visits.models import Visit, VisitUnit
from fieldwork.visits.schemas import VisitBody, VisitIn
from fieldwork.visits.states import DRAFT, MOVES, SUBMITTED

PLAIN = ("title", "text", "programmes", "place_note", "method", "purpose", "participants", "received_by", "advice")

Captions = dict[str, str]
VisitData = VisitIn | VisitBody


def record_visit(actor: User, data: VisitData, captions: Captions | None = None) -> Visit:
    """Keep a visit, as a draft or submitted. The same form sent twice is one visit. Photos are `data.held`.

    Raises:
        Conflict: the unit is not there to choose.
        Stale: this id was sent before with other content; carries both.
        NotFound: the id is somebody else's.
    """
    require(actor, "record.create")
    try:
        with transaction():
            return _known(actor, data, captions or {}) or _record(actor, data, captions or {})
    except IntegrityError:  # the same form, arriving twice at once
        known = _known(actor, data, captions or {})
        if known is None:
            raise
        return known


def correct(actor: User, visit: Visit, seen_version: int, data: VisitData, captions: Captions | None = None) -> Visit:
    """Change what was recorded; the version before is kept. A draft saved without `draft` is submitted with it.

    Raises:
        Stale: somebody changed it since.
    """
    require(actor, "record.edit", visit)
    where = Visit()
    where.place_at(_unit(data))
    values: dict[str, Any] = {name: getattr(data, name) for name in PLAIN}
    values |= {"unit": where.unit, "area": where.area_id, "sector": where.sector_id, "unit_type": where.unit_type_id}
    values |= data.point() | _moment(data, visit.captured_local)
    values |= {"state": SUBMITTED} if visit.state == DRAFT and not data.draft else {}
    gone = showing.taken_off(visit, data)
    taken_off = {"gone": gone} if gone else {}
    with transaction():
        fresh = change(actor, visit, seen_version, "corrected", values, yours=_said(data), **taken_off)
        _set_more_units(fresh, data)
        showing.show(actor, fresh, data, captions)
    return fresh


def submit(actor: User, visit: Visit, seen_version: int) -> Visit:
    """Make a draft a record that others may see.

    Raises:
        Conflict: it is no draft.
        Stale: it was changed since.
    """
    step = MOVES.require("submit", visit)
    require(actor, step.who, visit)
    return change(actor, visit, seen_version, "submit", {"state": step.target}, yours={})


def _known(actor: User, data: VisitData, captions: Captions) -> Visit | None:
    """The visit this form was kept as, if it was sent before; photos that came only now are added to it."""
    known = Visit.get_or_none(Visit.uid == data.id) if data.id else None
    if known is None:
        return None
    if known.author_id != actor.id:
        raise NotFound("id_taken")
    refuse_if_gone(known)
    first = versions_of(known)[-1].body
    unit = Unit.get_or_none(Unit.uid == data.unit)  # in use or not: what has arrived once has arrived
    said = {name: getattr(data, name) for name in PLAIN} | {"unit_id": unit and unit.id}
    if any(first[name] != value for name, value in said.items() if name in first) or not _is_there(known, data):
        raise Stale(known, _said(data))
    if known.state == DRAFT and not data.draft:
        return correct(actor, known, known.version, data, captions)  # kept as a draft, and now sent
    showing.add(actor, known, data, captions)
    return known


def _is_there(known: Visit, data: VisitData) -> bool:
    """Whether day, time and further units are as this says."""
    moment = _moment(data, known.captured_local).get("captured_at", known.captured_at)
    units = {row.unit.uid for row in known.more_units}
    return moment == known.captured_at and units == set(data.more_units) - {known.unit.uid}


def _record(actor: User, data: VisitData, captions: Captions) -> Visit:
    visit = Visit(
        uid=data.id or uuid7(),
        state=DRAFT if data.draft else SUBMITTED,
        author=actor,
        author_unit=actor.unit_id,
        captured_at=clock.now(),
        received_at=clock.now(),
        updated_at=clock.now(),
        **{name: getattr(data, name) for name in PLAIN},
        **data.point(),
    )
    visit.place_at(_unit(data))
    _set(visit, data.moment())
    _set(visit, _moment(data, visit.captured_local))
    keep(actor, visit)
    _set_more_units(visit, data)
    showing.show(actor, visit, data, captions)
    return visit


def _set(visit: Visit, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(visit, name, value)


def _moment(data: VisitData, known: datetime) -> dict[str, Any]:
    """The moment of the visit when the person corrected day or time: the municipality's clock, noon without a time."""
    if isinstance(data, VisitBody):
        return data.moment()
    if data.on_day is None and data.at_time is None:
        return {}
    day = data.on_day or known.date()
    if day == known.date() and data.at_time in (None, known.time().replace(second=0, microsecond=0)):
        return {}
    moment = datetime.combine(day, data.at_time or time(12), clock.local(clock.now()).tzinfo)
    offset = moment.utcoffset()
    return {
        "captured_at": moment.astimezone(UTC),
        "captured_offset_min": int(offset.total_seconds() // 60) if offset else 0,
    }


def _said(data: VisitData) -> dict[str, Any]:
    return {name: getattr(data, name) for name in PLAIN if getattr(data, name)}


def _unit(data: VisitData) -> Unit:
    unit = Unit.get_or_none(Unit.uid == data.unit)  # in use or not: it was when this was written
    if unit is None:
        raise Conflict("unit_unknown")
    return unit


def _set_more_units(visit: Visit, data: VisitData) -> None:
    VisitUnit.delete().where(VisitUnit.visit == visit).execute()
    units = Unit.select().where(Unit.uid.in_(data.more_units), Unit.id != visit.unit_id) if data.more_units else []
    for unit in units:
        VisitUnit.create(visit=visit, unit=unit)
