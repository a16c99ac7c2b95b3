"""What the form of a term means, and what in it cannot be."""

from typing import Any
from uuid import UUID

from fieldwork.core.hanzi import pinyin
from fieldwork.core.schemas import FieldErrors
from fieldwork.people import labels
from fieldwork.people.models import Term
from fieldwork.people.vocabulary.schemas import TermIn

Columns = dict[str, Any]

LEVELS = {"area": 3, "category": 2}
"""How many levels a vocabulary may have; one, when it is not named."""


def checked(kind: str, form: TermIn, term: Term | None = None) -> tuple[Columns, FieldErrors]:
    """The column values of the form for a new term or this one, and the messages; if there are any, use only these."""
    errors: FieldErrors = {}
    parent = _parent(kind, form.parent)
    objection = _against_parent(kind, form.parent, parent, term)
    if objection:
        errors["parent"] = [objection]
    if _is_taken(kind, form.name, parent, term):
        errors["name"] = [labels.OBJECTIONS["term_taken"]]
    if kind == "stage" and form.role is None:
        errors["role"] = [labels.OBJECTIONS["role_missing"]]
    columns = form.model_dump(include={"name", "first_year", "last_year"})
    role = form.role if kind == "stage" else None
    return {**columns, "role": role, "parent": parent, "sort_key": pinyin.sort_key(form.name)}, errors


def _parent(kind: str, uid: UUID | None) -> Term | None:
    return Term.get_or_none(Term.uid == uid, Term.kind == kind) if uid and kind in LEVELS else None


def _against_parent(kind: str, asked: UUID | None, parent: Term | None, term: Term | None) -> str | None:
    if parent is None:
        return labels.OBJECTIONS["parent_unknown"] if asked and kind in LEVELS else None
    line = _line(parent)
    if term is not None and term.id in {above.id for above in line}:
        return labels.OBJECTIONS["term_within"]
    if len(line) + _height(term) > LEVELS[kind]:
        return labels.OBJECTIONS["too_deep"].format(levels=LEVELS[kind])
    return None


def _line(term: Term) -> list[Term]:
    """The term and those above it."""
    return [term, *(_line(term.parent) if term.parent else [])]


def _height(term: Term | None) -> int:
    """How many levels the term takes, with those below it."""
    if term is None:
        return 1
    return 1 + max((_height(below) for below in Term.select().where(Term.parent == term)), default=0)


def _is_taken(kind: str, name: str, parent: Term | None, term: Term | None) -> bool:
    same = Term.select().where(Term.kind == kind, Term.name == name)
    same = same.where(Term.parent == parent if parent else Term.parent.is_null())
    return (same.where(Term.id != term.id) if term else same).exists()
