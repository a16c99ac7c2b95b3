"""Questions about problems. Everything asked for somebody begins at the rows that exist for them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from peewee import SQL, Expression, ModelSelect

from fieldwork import clock
from fieldwork.core import kinds
from fieldwork.errors import NotFound
from fieldwork.people.models import Term, Unit, User
from fieldwork.people.reach import Reach, reach_of
from fieldwork.problems import states
from fieldwork.problems.deadlines import overdue_until
from fieldwork.problems.models import CoHandler, Problem
from fieldwork.visits.models import Visit

DESK_ROLES = ("county", "city", "office")
LOOK_BACK_AFTER = timedelta(days=30)


def todo_for(user: User) -> ModelSelect:
    """The problems in which the next step is this person's, the most pressing deadline first."""
    query = with_units(Problem.visible_to(user).where(waits_for(user)))
    return query.order_by(Problem.due_on.is_null(), Problem.due_on, Problem.id)


def is_overdue() -> Expression:
    """What `deadlines.standing` calls overdue today, as a condition."""
    late = Problem.due_on <= overdue_until(clock.today())
    return (Problem.state == states.ASSIGNED) & Problem.waiting_since.is_null() & late


def waits_for(user: User) -> Expression:
    """Whether the next step is this person's: the lead unit's work, or what a desk has to decide within its reach."""
    waits: Any = Problem.id.is_null()  # nothing waits for the others
    if user.has_role("handler"):
        waits |= (
            (Problem.state == states.ASSIGNED) & (Problem.lead_unit == user.unit_id) & Problem.waiting_since.is_null()
        )
    if user.has_role(*DESK_ROLES):
        waits |= _within(reach_of(user, *DESK_ROLES)) & _wants_a_decision(user)
    return waits


def whole(user: User, uid: UUID) -> Problem:
    """One problem with everything its page names. NotFound when it does not exist for the person."""
    found = with_units(Problem.visible_to(user).where(Problem.uid == uid), *_named()).first()
    if found is None:
        raise NotFound
    return found


def co_handlers(problem: Problem) -> list[Unit]:
    """The units that help the lead unit."""
    return list(Unit.select().join(CoHandler, on=(CoHandler.unit == Unit.id)).where(CoHandler.problem == problem.id))


def row(user: User, uid: UUID) -> Problem | None:
    """One problem as lists show it; None when it does not exist for the person."""
    return with_units(Problem.visible_to(user).where(Problem.uid == uid)).first()


@dataclass(frozen=True)
class Links:
    """What a problem is tied to, as far as it exists for the person: the links of the evidence chain."""

    visit: Visit | None
    into: Problem | None
    merged: list[Problem]
    cases: list[Any]


def links_of(user: User, problem: Problem) -> Links:
    """The visit it was found on, the problem it was merged into, those merged into it, the cases that come from it."""
    kin = Problem.visible_to(user).where((Problem.merged_into == problem.id) | (Problem.id == problem.merged_into_id))
    found = list(kin.order_by(Problem.id))
    into = [other for other in found if other.id == problem.merged_into_id]
    merged = [other for other in found if other.merged_into_id == problem.id]
    visit = Visit.visible_to(user).where(Visit.id == problem.visit_id).first() if problem.visit_id else None
    return Links(visit, into[0] if into else None, merged, _cases_from(user, problem))


def _cases_from(user: User, problem: Problem) -> list[Any]:
    cases = kinds.table_of("case")
    sources = [source.case_id for source in problem.case_sources]
    return list(cases.visible_to(user).where(cases.id.in_(sources)).order_by(cases.id)) if sources else []


def visit_named(user: User, uid: str) -> Visit | None:
    """The visit of this uid, with its unit, if it exists for the person."""
    wanted = _uuid(uid)
    return Visit.visible_to(user).where(Visit.uid == wanted).first() if wanted else None


def to_look_back_at(user: User, unit: Unit) -> list[Problem]:
    """Closed problems of a unit that nobody has looked back at for a month: what a visit there may look at."""
    long_ago = clock.now() - LOOK_BACK_AFTER
    due = (Problem.state == states.CLOSED) & Problem.is_fixed.is_null() & (Problem.closed_at <= long_ago)
    return list(Problem.visible_to(user).where(Problem.unit == unit.id, due).order_by(Problem.closed_at))


# --- the parts of these questions


def _wants_a_decision(user: User) -> Expression:
    outside = Problem.lead_unit.is_null() | (Problem.lead_unit != user.unit_id)
    not_solver = Problem.solver.is_null() | (Problem.solver != user.id)
    wanted = Problem.state.in_(list(states.BEFORE_ASSIGNMENT))
    wanted |= Problem.state.in_([states.RESOLVED, states.ON_THE_SPOT]) & outside & not_solver
    wanted |= (Problem.state == states.ASSIGNED) & Problem.asked_due_on.is_null(False)
    wanted |= Problem.state.in_(list(states.UNDER_WAY)) & Problem.is_escalated
    return wanted | ((Problem.state == states.LONG_TERM) & (Problem.look_again_on <= clock.today()))


def _within(reach: Reach) -> Any:
    if reach.everything:
        return SQL("1 = 1")
    return Problem.area.in_(list(reach.area_ids)) | Problem.sector.in_(list(reach.sector_ids))


def with_units(query: ModelSelect, *more: Any) -> ModelSelect:
    """With the units that lists name: where the problem is, and who leads."""
    lead = Unit.alias("lead")
    query = query.select(Problem, Unit, lead, *(table for table, *_ in more)).join(Unit, on=(Problem.unit == Unit.id))
    query = query.switch(Problem).left_outer_join(lead, on=(Problem.lead_unit == lead.id), attr="lead_unit")
    for table, on, attribute in more:
        query = query.switch(Problem).left_outer_join(table, on=on, attr=attribute)
    return query


def _named() -> list[tuple[Any, Expression, str]]:
    """What the page of a problem names besides its units: table, condition, attribute."""
    author, its_unit, area, category = (
        User.alias("author"),
        Unit.alias("its_unit"),
        Term.alias("area"),
        Term.alias("category"),
    )
    kind = Term.alias("kind")
    return [
        (author, Problem.author == author.id, "author"),
        (its_unit, Problem.author_unit == its_unit.id, "author_unit"),
        (area, Problem.area == area.id, "area"),
        (kind, Problem.unit_type == kind.id, "unit_type"),
        (category, Problem.category == category.id, "category"),
    ]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
