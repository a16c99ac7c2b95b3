"""What the fields of a body say, in words a person reads: names in place of ids and codes."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from fieldwork.core import words
from fieldwork.core.hanzi.cleaning import clean
from fieldwork.intake import labels
from fieldwork.intake.content import fields_of
from fieldwork.people.models import Unit, User
from fieldwork.problems import labels as problem_labels
from fieldwork.problems.models import Problem
from fieldwork.records.choices import term_names
from fieldwork.visits import labels as visit_labels
from fieldwork.visits.models import Visit

TITLE_MAX = 40
CODES = {
    "method": visit_labels.METHODS,
    "urgency": problem_labels.URGENCIES,
    "level": problem_labels.LEVELS,
}


def name_of(kind: str, field: str) -> str:
    """What the screen calls a field."""
    return words.field_name(kind, field) or labels.FIELDS.get(field, field)


def said(user: User, content: dict[str, Any], kind: str) -> list[tuple[str, str]]:
    """Everything a content says, as (name, words), for this person to read; what is empty is left out."""
    lines = ((name_of(kind, field), spoken(user, field, content.get(field))) for field in fields_of(kind))
    return [(name, text) for name, text in lines if text]


def spoken(user: User, field: str, value: Any) -> str:
    """One value in words; empty when nothing is said."""
    if value in (None, "", []):
        return ""
    tell = _TELLERS.get(field)
    return tell(user, value) if tell else str(CODES.get(field, {}).get(value, value))


def title_of(content: dict[str, Any]) -> str:
    """What a content is called in a list: its title, or how its text begins."""
    for name in ("title", "text"):
        text = content.get(name)
        shown = clean(text).strip() if isinstance(text, str) else ""
        if shown:
            return shown.split("\n", 1)[0][:TITLE_MAX]
    return labels.UNTITLED


def _units(_user: User, value: Any) -> str:
    uids = value if isinstance(value, list) else [value]
    known = {unit.uid: unit.shown_name for unit in Unit.select().where(Unit.uid.in_([UUID(str(uid)) for uid in uids]))}
    return labels.COMMA.join(known.get(UUID(str(uid)), labels.UNKNOWN_VALUE.format(value=uid)) for uid in uids)


def _records(table: Any) -> Callable[[User, Any], str]:
    def tell(user: User, value: Any) -> str:
        uids = [UUID(str(uid)) for uid in (value if isinstance(value, list) else [value])]
        known = {one.uid: one.shown_title for one in table.visible_to(user).where(table.uid.in_(uids))}
        return labels.COMMA.join(known.get(uid, labels.UNKNOWN_VALUE.format(value=uid)) for uid in uids)

    return tell


def _terms(kind: str) -> Callable[[User, Any], str]:
    def tell(_user: User, value: Any) -> str:
        codes = value if isinstance(value, list) else [value]
        return labels.COMMA.join(term_names(kind, codes)) or labels.UNKNOWN_VALUE.format(value=codes[0])

    return tell


def _moment(_user: User, value: Any) -> str:
    """By the clock of the phone."""
    return labels.moment(datetime.fromisoformat(value))


def _place(_user: User, value: Any) -> str:
    within = labels.PLACE_WITHIN.format(metres=value["accuracy_m"]) if value.get("accuracy_m") else ""
    return labels.PLACE.format_map(value) + within


_TELLERS: dict[str, Callable[[User, Any], str]] = {
    "unit": _units,
    "more_units": _units,
    "visit": _records(Visit),
    "visits": _records(Visit),
    "problems": _records(Problem),
    "programmes": _terms("programme"),
    "category": _terms("category"),
    "case_type": _terms("case_type"),
    "captured_at": _moment,
    "place": _place,
}
