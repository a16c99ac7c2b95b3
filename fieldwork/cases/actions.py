"""What an author does with a case: write it, correct it, tick comments off, submit and withdraw it."""

from typing import Any
from uuid import UUID

from fieldwork import clock
from fieldwork.cases import stages
from fieldwork.cases.models import Case, CaseSource, Pin
from fieldwork.cases.schemas import CaseIn
from fieldwork.cases.states import AUTHORS_MOVES, DRAFT, IN_REVIEW, MOVES, WRITABLE
from fieldwork.core.db import transaction
from fieldwork.errors import Conflict, NotFound
from fieldwork.ids import uuid7
from fieldwork.people.models import Term, Unit, User
from fieldwork.people.policy import require
from fieldwork.photos import actions as photos
from fieldwork.problems.models import Problem
from fieldwork.records.actions import change, keep
from fieldwork.visits.models import Visit

PLAIN_FIELDS = ("title", "text", "summary", "background", "effect", "lessons", "conditions", "authors", "contact")


def write_case(actor: User, data: CaseIn, captions: dict[str, str] | None = None) -> Case:
    """A new case in draft. The same id again gives the case it made.

    Raises:
        NotFound: the unit, visit or a problem does not exist for this person, or the id is somebody else's.
    """
    require(actor, "record.create")
    if data.id is not None and (known := Case.get_or_none(Case.uid == data.id)):
        if known.author_id != actor.id:
            raise NotFound
        return known
    case = Case(uid=data.id or uuid7(), state=DRAFT, author=actor, author_unit=actor.unit_id, **_values(actor, data))
    case.place_at(_unit(data.unit))
    for name, value in {**data.moment(), **data.place()}.items():
        setattr(case, name, value)
    with transaction():
        keep(actor, case)
        _link_sources(actor, case, data)
        photos.attach(actor, case, data.held, captions or {})
    return case


def correct(actor: User, case: Case, seen_version: int, data: CaseIn, captions: dict[str, str] | None = None) -> Case:
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
    with transaction():
        changed = change(actor, case, seen_version, "corrected", {**_values(actor, data), **where}, yours=_said(data))
        _link_sources(actor, changed, data)
        photos.attach(actor, changed, data.held, captions or {})
    return changed


def tick(actor: User, case: Case, pin_ids: set[int]) -> None:
    """Mark these comments of the latest return as 已修改, the others as still open."""
    require(actor, "case.write", case)
    mine = (Pin.case == case) & (Pin.round == case.round)
    with transaction():
        Pin.update(done_at=clock.now()).where(mine, Pin.id.in_(list(pin_ids)), Pin.done_at.is_null()).execute()
        Pin.update(done_at=None).where(mine, Pin.id.not_in(list(pin_ids) or [0])).execute()


def move(actor: User, case: Case, code: str, seen_version: int) -> Case:
    """Submit or withdraw.

    Raises:
        Conflict: the case does not stand where the move starts, or lacks a title or practice.
        Stale: somebody changed it since.
    """
    if code not in AUTHORS_MOVES:
        raise KeyError(code)
    step = MOVES.require(code, case)
    require(actor, step.who, case)
    values: dict[str, Any] = {"state": step.target, "stage": None}
    if step.target == IN_REVIEW:
        values |= {"stage": stages.first_stage(), "round": Case.round + 1, "submitted_at": clock.now()}
    return change(actor, case, seen_version, code, values, yours={})


def _values(actor: User, data: CaseIn) -> dict[str, Any]:
    visit = _source(Visit, actor, data.visit) if data.visit else None
    case_type = Term.get_or_none(Term.kind == "case_type", Term.code == data.case_type)
    said = {name: getattr(data, name) for name in PLAIN_FIELDS}
    return {**said, "programmes": data.programmes, "visit": visit, "case_type": case_type}


def _said(data: CaseIn) -> dict[str, str]:
    return {name: getattr(data, name) for name in PLAIN_FIELDS if getattr(data, name)}


def _unit(uid: UUID) -> Unit:
    unit = Unit.get_or_none(Unit.uid == uid, Unit.is_active)
    if unit is None:
        raise NotFound
    return unit


def _source(table: Any, actor: User, uid: UUID) -> Any:
    record = table.visible_to(actor).where(table.uid == uid).first()
    if record is None:
        raise NotFound
    return record


def _link_sources(actor: User, case: Case, data: CaseIn) -> None:
    CaseSource.delete().where(CaseSource.case == case).execute()
    for uid in data.visits:
        CaseSource.create(case=case, visit=_source(Visit, actor, uid))
    for uid in data.problems:
        CaseSource.create(case=case, problem=_source(Problem, actor, uid))
