"""一页通: what to know about a unit before going there."""

from typing import Any

from fieldwork.cases.models import Case
from fieldwork.cases.queries import with_names
from fieldwork.people.models import Term, Unit, User
from fieldwork.problems.models import Problem
from fieldwork.visits.models import Visit

SHOWN = 6
SETTLED = ("closed", "merged", "declined")


def content(user: User, unit: Unit) -> dict[str, Any]:
    """The unit with its terms; its last visits, open problems and models, and models of units like it."""
    whole = with_terms(unit)
    here = Case.visible_to(user).where(Case.state == "promoted")
    return {
        "unit": whole,
        "visits": _last(Visit, user, unit),
        "problems": list(_of(Problem, user, unit).where(Problem.state.not_in(SETTLED)).limit(SHOWN)),
        "models": _models(here.where(Case.unit == unit)),
        "alike": _models(here.where(Case.unit_type == unit.unit_type_id, Case.unit != unit)),
    }


def with_terms(unit: Unit) -> Unit:
    """The unit with area, sector and type read in one statement."""
    area, sector, unit_type = Term.alias(), Term.alias(), Term.alias()
    return (
        Unit.select(Unit, area, sector, unit_type)
        .left_outer_join(area, on=(Unit.area == area.id), attr="area")
        .left_outer_join(sector, on=(Unit.sector == sector.id), attr="sector", src=Unit)
        .left_outer_join(unit_type, on=(Unit.unit_type == unit_type.id), attr="unit_type", src=Unit)
        .where(Unit.id == unit.id)
        .get()
    )


def _of(table: Any, user: User, unit: Unit) -> Any:
    return table.visible_to(user).where(table.at_units([unit.id])).order_by(table.captured_at.desc())


def _last(table: Any, user: User, unit: Unit) -> list[Any]:
    query = _of(table, user, unit).select(table, User).join(User, on=(table.author == User.id))
    return list(query.limit(SHOWN))


def _models(query: Any) -> list[Case]:
    return list(with_names(query).order_by(Case.id.desc()).limit(SHOWN))
