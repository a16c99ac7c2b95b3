"""What an author does with a case: write it, correct it, tick comments off, submit and withdraw it."""

from typing import Any
from uuid import UUID

from peewee import IntegrityError

from fieldwork import clock
from fieldwork.cases import queries, stages
from fieldwork.cases.models import Case, CaseSource, Pin
from fieldwork.cases.schemas import CaseBody, CaseIn
from fieldwork.cases.states import AUTHORS_MOVES, DRAFT, IN_REVIEW, MOVES, WRITABLE
from fieldwork.core.db import transaction
from fieldwork.errors import Conflict, NotFound, Stale
from fieldwork.ids import uuid7
from fieldwork.people.models import Term, Unit, User
from fieldwork.people.policy import require
from fieldwork.photos import showing
from fieldwork.problems.models import Problem
from fieldwork.records.actions import change, keep, refuse_if_gone, versions_of
from fieldwork.visits.models import Visit

PLAIN = (
    "title", "text", "summary", "background", "effect", "lessons", "conditions", "authors", "contact", "programmes",
)  # fmt: skip

Captions = dict[str, str]
CaseData = CaseIn | CaseBody


def write_case(actor: User, data: CaseData, captions: Captions | None = None) -> Case:
    """A new case in draft. The same form sent twice is one case. Photos are `data.held`.

    Raises:
        Conflict: the unit is not there to choose.
        Stale: this id was sent before with other content; carries both.
        NotFound: the visit or a problem does not exist for this person, or the id is somebody else's.
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


def correct(actor: User, case: Case, seen_version: int, data: CaseData, captions: Captions | None = None) -> Case:
    """Change a case that is not in review. The version before is kept.

    Raises:
        Conflict: the case is not its author's to write now.
        Stale: somebody changed it since.
    """
    require(actor, "case.write", case)
    if case.state not in WRITABLE:
        raise Conflict("case_not_writable")
    place = Case()
    place.place_at(_unit(data.unit))
    where = {"unit": place.unit, "area": place.area_id, "sector": place.sector_id, "unit_type": place.unit_type_id}
    values = {**_values(actor, data), **where, **data.point()}
    gone = showing.taken_off(case, data)
    taken_off = {"gone": gone} if gone else {}
    with transaction():
        changed = change(actor, case, seen_version, "corrected", values, yours=_said(data), **taken_off)
        _link_sources(actor, changed, data)
        showing.show(actor, changed, data, captions)
    return changed


def tick(actor: User, case: Case, pin_ids: set[int]) -> None:
    """Mark these comments of the latest return as 已修改, the others as still open."""
    require(actor, "case.write", case)
    asked = {pin.id for pin in queries.pins_of(case)}
    with transaction():
        done, still_open = Pin.id.in_(list(asked & pin_ids)), Pin.id.in_(list(asked - pin_ids))
        Pin.update(done_at=clock.now()).where(done, Pin.done_at.is_null()).execute()
        Pin.update(done_at=None).where(still_open).execute()


def move(actor: User, case: Case, code: str, seen_version: int) -> Case:
    """Submit or withdraw.

    Raises:
        Conflict: the case does not stand where the move starts, lacks a title or practice, or there is no stage.
        Stale: somebody changed it since.
    """
    if code not in AUTHORS_MOVES:
        raise KeyError(code)
    step = MOVES.require(code, case)
    require(actor, step.who, case)
    values: dict[str, Any] = {"state": step.target, "stage": None}
    if step.target == IN_REVIEW:
        first = stages.first_stage()
        if first is None:
            raise Conflict("no_stage")
        values |= {"stage": first, "round": Case.round + 1, "submitted_at": clock.now()}
    return change(actor, case, seen_version, code, values, yours={})


def _known(actor: User, data: CaseData, captions: Captions) -> Case | None:
    """The case this form was kept as, if it was sent before; photos that came only now are added to it."""
    known = Case.get_or_none(Case.uid == data.id) if data.id else None
    if known is None:
        return None
    if known.author_id != actor.id:
        raise NotFound
    refuse_if_gone(known)
    first = versions_of(known)[-1].body
    unit = Unit.get_or_none(Unit.uid == data.unit)  # in use or not: what has arrived once has arrived
    said = {name: getattr(data, name) for name in PLAIN} | {"unit_id": unit and unit.id}
    said |= {
        f"{name}_id": row and row.id for name, row in _values(actor, data).items() if name in {"visit", "case_type"}
    }
    if any(first[name] != value for name, value in said.items()) or not _sources_are_there(known, data):
        raise Stale(known, _said(data))
    showing.add(actor, known, data, captions)
    return known


def _sources_are_there(known: Case, data: CaseData) -> bool:
    rows = list(CaseSource.select().where(CaseSource.case == known))
    there = {row.visit.uid for row in rows if row.visit_id} | {row.problem.uid for row in rows if row.problem_id}
    return there == set(data.visits) | set(data.problems)


def _record(actor: User, data: CaseData, captions: Captions) -> Case:
    case = Case(uid=data.id or uuid7(), state=DRAFT, author=actor, author_unit=actor.unit_id, **_values(actor, data))
    case.place_at(_unit(data.unit))
    for name, value in {**data.moment(), **data.point()}.items():
        setattr(case, name, value)
    keep(actor, case)
    _link_sources(actor, case, data)
    showing.show(actor, case, data, captions)
    return case


def _values(actor: User, data: CaseData) -> dict[str, Any]:
    visit = _source(Visit, actor, data.visit) if data.visit else None
    case_type = Term.get_or_none(Term.kind == "case_type", Term.code == data.case_type)
    return {**{name: getattr(data, name) for name in PLAIN}, "visit": visit, "case_type": case_type}


def _said(data: CaseData) -> dict[str, Any]:
    return {name: getattr(data, name) for name in PLAIN if getattr(data, name)}


def _unit(uid: UUID) -> Unit:
    unit = Unit.get_or_none(Unit.uid == uid)  # in use or not: it was when this was written
    if unit is None:
        raise Conflict("unit_unknown")
    return unit


def _source(table: Any, actor: User, uid: UUID) -> Any:
    record = table.visible_to(actor).where(table.uid == uid).first()
    if record is None:
        raise NotFound
    return record


def _link_sources(actor: User, case: Case, data: CaseData) -> None:
    """Link what the form names; links to what this person does not see stay as they are."""
    seen = (CaseSource.visit.in_(_ids(Visit, actor))) | (CaseSource.problem.in_(_ids(Problem, actor)))
    CaseSource.delete().where(CaseSource.case == case, seen).execute()
    for uid in dict.fromkeys(data.visits):
        CaseSource.create(case=case, visit=_source(Visit, actor, uid))
    for uid in dict.fromkeys(data.problems):
        CaseSource.create(case=case, problem=_source(Problem, actor, uid))


def _ids(table: Any, actor: User) -> Any:
    return table.visible_to(actor).select(table.id)
