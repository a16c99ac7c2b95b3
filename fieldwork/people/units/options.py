"""Which units to offer for a choice."""

import unicodedata
from uuid import UUID

from peewee import Case, Expression, ModelSelect

from fieldwork.people import labels
from fieldwork.people.models import Term, Unit, User
from fieldwork.people.units import recent
from fieldwork.people.units.near import BOXES_KM, Point

OPTIONS_MAX = 12
SEARCH_MAX = 100  # no unit is called longer, and databases refuse patterns beyond some length
Option = tuple[UUID | str, str, str]
"""A unit as the picker shows it: uid (an empty text for "none"), name, a note such as its distance."""


def unit_options(user: User, q: str = "", near: Point | None = None) -> list[Option]:
    """At most twelve units to choose from: those that match `q`, the nearest first; without both the recent ones."""
    if near is not None:
        return _nearest(q, near)
    if q.strip():
        return _matching(q)
    return _recent(user) or [_option(unit) for unit in _active().order_by(Unit.sort_key, Unit.id).limit(OPTIONS_MAX)]


def _nearest(q: str, near: Point) -> list[Option]:
    query = _active().where(matches(q)) if q.strip() else _active()
    found: list[Unit] = []
    for km in BOXES_KM:
        found = list(query.where(near.box(km)))
        if len(found) >= OPTIONS_MAX:
            break
    placed = sorted((near.km_to(unit.lat, unit.lon), unit.id, unit) for unit in found)[:OPTIONS_MAX]
    options = [(unit.uid, unit.shown_name, labels.DISTANCE.format(km=km)) for km, _, unit in placed]
    taken = {option[0] for option in options}
    further = [] if len(options) == OPTIONS_MAX else _matching(q) if q.strip() else []
    return [*options, *(option for option in further if option[0] not in taken)][:OPTIONS_MAX]


def _matching(q: str) -> list[Option]:
    query = _active().where(matches(q)).order_by(_rank(q), Unit.sort_key, Unit.id)
    return [_option(unit) for unit in query.limit(OPTIONS_MAX)]


def _recent(user: User) -> list[Option]:
    ids = recent.of(user, OPTIONS_MAX)
    units = {unit.id: unit for unit in _active().where(Unit.id.in_(ids))} if ids else {}
    return [(units[key].uid, units[key].shown_name, "") for key in ids if key in units]


def _active() -> ModelSelect:
    area = Term.alias()
    return Unit.select(Unit, area).left_outer_join(area, on=(Unit.area == area.id), attr="area").where(Unit.is_active)


def matches(q: str) -> Expression:
    """Name or short name with this text in it; or pinyin that begins with these letters; or initials that hold them."""
    text, letters = q.strip()[:SEARCH_MAX], letters_of(q[:SEARCH_MAX])
    found = Unit.name.contains(text) | Unit.short_name.contains(text)
    if letters:
        found |= Unit.initials.contains(letters) | Unit.pinyin.startswith(letters)
    return found


def _rank(q: str) -> Case:
    """What was typed whole first, then what begins with it, then the rest."""
    text, letters = q.strip()[:SEARCH_MAX], letters_of(q[:SEARCH_MAX])
    whole = (Unit.name == text) | (Unit.short_name == text)
    begins = Unit.name.startswith(text) | Unit.short_name.startswith(text)
    if letters:
        begins |= Unit.initials.startswith(letters)
    return Case(None, ((whole, 0), (begins, 1)), 2)


def letters_of(q: str) -> str:
    """The query as pinyin letters; empty when it is not such."""
    letters = "".join(unicodedata.normalize("NFKC", q).split()).replace("'", "").lower()
    return letters if letters.isascii() and letters.isalnum() else ""


def _option(unit: Unit) -> Option:
    return unit.uid, unit.shown_name, unit.area.name if unit.area_id is not None else ""
