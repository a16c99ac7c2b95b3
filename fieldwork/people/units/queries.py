"""Questions about units for the pages of administration."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from peewee import Expression, ModelSelect

from fieldwork.core.paging import Page
from fieldwork.errors import NotFound
from fieldwork.people import labels
from fieldwork.people.models import Term, Unit, User
from fieldwork.people.name_pages import page_by_name
from fieldwork.people.reach import areas_below
from fieldwork.people.units.options import Option, matches, unit_options

PLAIN_FIELDS = ("name", "short_name", "contact", "has_watermark", "sort_key_override", "lat", "lon")
REFERENCES = ("area", "sector", "unit_type", "parent")


def unit_page(asked: Mapping[str, str], cursor: str | None) -> Page:
    """A page of all units in pinyin order. Filters: q, area and type (uids of terms), state (on, off)."""
    query = _with_terms()
    if asked.get("state") in {"on", "off"}:
        query = query.where(Unit.is_active == (asked["state"] == "on"))
    if asked.get("q"):
        query = query.where(matches(asked["q"]))
    for name, condition in (("area", _within_area), ("type", _of_type)):
        if asked.get(name):
            query = query.where(condition(asked[name]))
    return page_by_name(query, Unit, cursor)


def unit_of(uid: UUID) -> Unit:
    """The unit with its area, sector, type and parent.

    Raises:
        NotFound: there is none.
    """
    parent = Unit.alias()
    query = _with_terms().select_extend(parent)
    query = query.switch(Unit).left_outer_join(parent, on=(Unit.parent == parent.id), attr="parent")
    found: Unit | None = query.where(Unit.uid == uid).first()
    if found is None:
        raise NotFound
    return found


def form_of(unit: Unit) -> dict[str, Any]:
    """The unit as its form would send it."""
    plain = {name: getattr(unit, name) for name in PLAIN_FIELDS}
    chosen = {name: getattr(unit, name).uid for name in REFERENCES if getattr(unit, name)}
    return plain | chosen | {"flags": [flag for flag in labels.FLAGS if getattr(unit, flag)]}


def options_of(uids: Iterable[object]) -> list[Option]:
    """These units as pickers show them, in the order given; what is no uid of a unit in use is left out."""
    wanted = list(dict.fromkeys(uid for text in uids if (uid := _uid(text))))
    units = {unit.uid: unit for unit in Unit.select().where(Unit.uid.in_(wanted), Unit.is_active)} if wanted else {}
    return [(uid, units[uid].shown_name, "") for uid in wanted if uid in units]


def unit_choices(user: User, typed: Mapping[str, Any], name: str) -> tuple[Option | None, list[Option]]:
    """What the picker of this name shows: the unit chosen, and those that match what was looked for."""
    chosen = next(iter(options_of([typed.get(name) or ""])), None)
    return chosen, unit_options(user, str(typed.get(f"{name}_q") or ""))


def parent_choices(user: User, typed: Mapping[str, Any], unit: Unit | None) -> tuple[Option | None, list[Option]]:
    """The same for the unit above: it may be none, and is never the unit itself."""
    none = ("", labels.NO_PARENT, "")
    chosen, offered = unit_choices(user, typed, "parent")
    return chosen or none, [none, *(option for option in offered if unit is None or option[0] != unit.uid)]


def _uid(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _with_terms() -> ModelSelect:
    area, sector, unit_type = Term.alias(), Term.alias(), Term.alias()
    query = Unit.select(Unit, area, sector, unit_type)
    for column, table, name in (
        (Unit.area, area, "area"), (Unit.sector, sector, "sector"), (Unit.unit_type, unit_type, "unit_type"),
    ):  # fmt: skip
        query = query.switch(Unit).left_outer_join(table, on=(column == table.id), attr=name)
    return query


def _within_area(uid: str) -> Expression:
    return Unit.area.in_(list(areas_below(_ids("area", uid))))


def _of_type(uid: str) -> Expression:
    return Unit.unit_type.in_(_ids("unit_type", uid))


def _ids(kind: str, uid: str) -> list[int]:
    return [row.id for row in Term.select(Term.id).where(Term.kind == kind, Term.uid == _uid(uid))]
