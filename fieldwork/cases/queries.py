"""Questions about cases: lists, the models page, where a case comes from."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from peewee import JOIN, ModelSelect, fn

from fieldwork.cases.models import Case, CaseSource, Pin
from fieldwork.cases.states import IN_REVIEW, PROMOTED, WRITABLE
from fieldwork.core.paging import Page, page_of
from fieldwork.people.models import Term, Unit, User
from fieldwork.problems.models import Problem
from fieldwork.records import filters
from fieldwork.records import labels as records_labels
from fieldwork.visits.models import Visit

ALIKE = 5
WORKED_ON = WRITABLE | {IN_REVIEW}


def cases(user: User, asked: Mapping[str, str]) -> Page:
    """The cases this person sees, newest first, narrowed by the filters of the contract."""
    return _page(Case.visible_to(user), asked)


def models(user: User, asked: Mapping[str, str]) -> Page:
    """The promoted cases (典型), for everybody to learn from."""
    return _page(Case.visible_to(user).where(Case.state == PROMOTED), {**asked, "state": ""})


def with_names(query: ModelSelect) -> ModelSelect:
    """The query with the unit, author, stage and terms a page shows, read in the same statement."""
    area, unit_type, stage, case_type, sector = (Term.alias() for _ in range(5))
    named = query.select(Case, Unit, User, area, unit_type, stage, case_type, sector)
    named = named.join(Unit, on=(Case.unit == Unit.id)).join_from(Case, User, on=(Case.author == User.id))
    for field, term in (
        (Case.area, area),
        (Case.unit_type, unit_type),
        (Case.stage, stage),
        (Case.case_type, case_type),
        (Case.sector, sector),
    ):
        named = named.join_from(Case, term, JOIN.LEFT_OUTER, on=(field == term.id), attr=field.name)
    return named


def whole(user: User, case: Case) -> Case:
    """The case with its unit, author, stage and terms, if it (still) exists for this person."""
    return with_names(Case.visible_to(user).where(Case.id == case.id)).get()


def sources_of(user: User, case: Case) -> tuple[list[Visit], list[Problem]]:
    """The visits and problems the case comes from, as far as this person sees them."""
    rows = list(CaseSource.select().where(CaseSource.case == case))
    visit_ids = {row.visit_id for row in rows if row.visit_id} | ({case.visit_id} if case.visit_id else set())
    problem_ids = {row.problem_id for row in rows if row.problem_id}
    return _seen(Visit, user, visit_ids), _seen(Problem, user, problem_ids)


def visit_named(user: User, uid: str) -> Visit | None:
    """The visit a form names, with its unit, if it exists for this person."""
    return _named(Visit, user, uid)


def problem_named(user: User, uid: str) -> Problem | None:
    """The problem a form names, with its unit, if it exists for this person."""
    return _named(Problem, user, uid)


def unseen_sources(user: User, data: Any) -> dict[str, list[str]]:
    """Messages for sources a form names that do not exist for this person, by field."""
    asked = {"visit": (Visit, [data.visit] if data.visit else [], records_labels.UNKNOWN_VISIT)}
    asked |= {"visits": (Visit, data.visits, records_labels.UNKNOWN_VISIT)}
    asked |= {"problems": (Problem, data.problems, records_labels.UNKNOWN_PROBLEM)}
    return {
        field: [said]
        for field, (table, uids, said) in asked.items()
        if uids and table.visible_to(user).where(table.uid.in_(uids)).count() < len(set(uids))
    }


def pins_of(case: Case) -> list[Pin]:
    """The comments of the latest return that had any, with who made them, as long as the case is worked on."""
    if case.state not in WORKED_ON:
        return []
    latest = Pin.select(fn.MAX(Pin.round)).where(Pin.case == case)
    query = Pin.select(Pin, User).join(User).where(Pin.case == case, Pin.round == latest)
    return list(query.order_by(Pin.id))


def models_alike(user: User, case: Case) -> list[Case]:
    """Other models of the same type of unit or case, newest first: what a reader may look at next."""
    same = (Case.unit_type == case.unit_type_id) | (Case.case_type == case.case_type_id)
    query = Case.visible_to(user).where(Case.state == PROMOTED, Case.id != case.id, same)
    return list(with_names(query).order_by(Case.id.desc()).limit(ALIKE))


def _named(table: Any, user: User, uid: str) -> Any:
    try:
        asked = UUID(uid)
    except ValueError:
        return None
    query = table.visible_to(user).where(table.uid == asked)
    return query.select(table, Unit).join(Unit, on=(table.unit == Unit.id)).first()


def _seen(table: Any, user: User, ids: set[int]) -> list[Any]:
    if not ids:
        return []
    query = table.visible_to(user).where(table.id.in_(list(ids)))
    return list(query.select(table, Unit).join(Unit, on=(table.unit == Unit.id)).order_by(table.id))


def _page(query: ModelSelect, asked: Mapping[str, str]) -> Page:
    return page_of(with_names(filters.narrowed(query, Case, asked)), Case.id, asked.get("cursor"))
