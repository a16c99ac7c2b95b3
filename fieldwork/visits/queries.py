"""Questions about visits: the list, one visit whole, who else was there, where a person was lately."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from peewee import JOIN, ModelSelect, fn

from fieldwork import clock
from fieldwork.core import kinds
from fieldwork.core.paging import Page, page_of
from fieldwork.people.models import Term, Unit, User
from fieldwork.photos.models import PhotoLink
from fieldwork.records.filters import narrowed
from fieldwork.visits.models import Visit, VisitUnit
from fieldwork.visits.states import SUBMITTED

CLASH_WITHIN = timedelta(days=7)
CLASHES_MAX = 3


def visits(user: User, asked: Mapping[str, str]) -> Page:
    """The visits this person sees, newest first."""
    return page_of(_with_names(narrowed(Visit.visible_to(user), Visit, asked)), Visit.id, asked.get("cursor"))


def whole(user: User, visit: Visit) -> Visit:
    """The visit with its unit, terms and author, read in one statement."""
    return _with_names(Visit.visible_to(user).where(Visit.id == visit.id)).get()


def further_units(visit: Visit) -> list[Unit]:
    """The other units seen on the same round."""
    query = Unit.select().join(VisitUnit, on=(VisitUnit.unit == Unit.id)).where(VisitUnit.visit == visit)
    return list(query.order_by(Unit.sort_key))


def clashes(unit: Unit, team: int, moment: datetime) -> list[Visit]:
    """Visits of other teams to the same unit within seven days: pointed out, so that the unit is not asked twice.

    `team` is the id of the unit whose people visit. Says only that there was a visit, when, and by which unit; that is
    told to everybody who visits. A draft is its author's alone and tells nothing.
    """
    near = Visit.captured_at.between(moment - CLASH_WITHIN, moment + CLASH_WITHIN)
    there = (
        Visit.at_units([unit.id])
        & (Visit.author_unit != team)
        & (Visit.state == SUBMITTED)
        & Visit.deleted_at.is_null()
    )
    query = Visit.select(Visit, Unit).join(Unit, on=(Visit.author_unit == Unit.id), attr="author_unit")
    return list(query.where(there, near).order_by(Visit.captured_at.desc()).limit(CLASHES_MAX))


def clashes_ahead(user: User, unit: Unit | None) -> list[Visit]:
    """The same for a visit this person is about to record."""
    return clashes(unit, user.unit_id, clock.now()) if unit is not None else []


def found_on(user: User, visit: Visit, kind: str) -> list[Any]:
    """The problems or cases found on a visit, as far as this person sees them."""
    table = kinds.table_of(kind)
    return list(table.visible_to(user).where(table.visit == visit.id).order_by(table.id))


def counts_of(ids: list[int]) -> dict[str, dict[int, int]]:
    """How many problems, cases and photos these visits brought, by visit id."""
    tables = {kind: kinds.table_of(kind) for kind in ("problem", "case")}
    found = {kind: _count(table.visit, ids, table.deleted_at.is_null()) for kind, table in tables.items()}
    linked = PhotoLink.kind == "visit"
    return {**found, "photo": _count(PhotoLink.record_id, ids, linked)}


def recent_unit_ids(user: User, limit: int) -> list[int]:
    """The units this person recorded something at lately, latest first."""
    query = Visit.select(Visit.unit, fn.MAX(Visit.id)).where(Visit.author == user.id, Visit.deleted_at.is_null())
    query = query.group_by(Visit.unit)
    return [row[0] for row in query.order_by(fn.MAX(Visit.id).desc()).limit(limit).tuples()]


def unit_named(uid: UUID) -> Unit | None:
    """The unit of this uid, if it is in use."""
    return Unit.get_or_none(Unit.uid == uid, Unit.is_active)


def _count(field: Any, ids: list[int], *conditions: Any) -> dict[int, int]:
    if not ids:
        return {}
    query = field.model.select(field, fn.COUNT(field.model.id)).where(field.in_(ids), *conditions).group_by(field)
    return dict(query.tuples())


def _with_names(query: ModelSelect) -> ModelSelect:
    area, unit_type = Term.alias(), Term.alias()
    named = query.select(Visit, Unit, User, area, unit_type).join(Unit, on=(Visit.unit == Unit.id))
    named = named.join_from(Visit, User, on=(Visit.author == User.id))
    for field, term in ((Visit.area, area), (Visit.unit_type, unit_type)):
        named = named.join_from(Visit, term, JOIN.LEFT_OUTER, on=(field == term.id), attr=field.name)
    return named
