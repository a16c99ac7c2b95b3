"""What changed from version to version of a problem, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fieldwork.people.models import Term, Unit
from fieldwork.problems import labels
from fieldwork.records.models import Revision


@dataclass(frozen=True)
class Version:
    """One saved version: who saved it when, and what it says otherwise than the one before: (field, before, now)."""

    number: int
    who: str
    at: datetime
    changes: list[tuple[str, str, str]]


def told(revisions: list[Revision]) -> list[Version]:
    """The versions, newest first like `revisions`; the first one tells everything it held."""
    in_words = _words_for(revisions)
    before = [*(revision.body for revision in revisions[1:]), {}]
    return [
        Version(revision.version, revision.actor.name, revision.at, _changes(older, revision.body, in_words))
        for revision, older in zip(revisions, before, strict=True)
    ]


def _changes(
    before: dict[str, Any], now: dict[str, Any], in_words: Callable[[str, Any], str]
) -> list[tuple[str, str, str]]:
    changed = [field for field in now if (before.get(field) or None) != (now[field] or None)]
    named = {field: labels.FIELDS.get(field.removesuffix("_id")) for field in changed}
    return [
        (name, in_words(field, before.get(field)), in_words(field, now[field])) for field, name in named.items() if name
    ]


def _words_for(revisions: list[Revision]) -> Callable[[str, Any], str]:
    """How a value kept in a version reads; the names of units and terms are looked up once."""
    held = [revision.body for revision in revisions]
    units = {unit.id: unit.name for unit in Unit.select().where(Unit.id.in_([body["unit_id"] for body in held]))}
    codes = {code for body in held for code in body["programmes"]}
    categories = [body["category_id"] for body in held if body["category_id"]]
    wanted = Term.id.in_(categories) | ((Term.kind == "programme") & Term.code.in_(list(codes)))
    terms = list(Term.select().where(wanted))
    by_id, by_code = {term.id: term.name for term in terms}, {term.code: term.name for term in terms}

    def in_words(field: str, value: Any) -> str:
        if isinstance(value, list):
            return labels.COMMA.join(str(by_code.get(code, code)) for code in value)
        if field in ("unit_id", "category_id"):
            return {"unit_id": units, "category_id": by_id}[field].get(value, "")
        return labels.VALUES.get(field, {}).get(value, str(value or ""))

    return in_words
