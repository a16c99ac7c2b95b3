"""What the office does with vocabularies: add, rename, reorder, take out of use. An entry is never deleted."""

from peewee import fn

from fieldwork.core.db import transaction
from fieldwork.errors import Conflict
from fieldwork.people import acts, changes, labels
from fieldwork.people.changes import Words
from fieldwork.people.codes import free_code
from fieldwork.people.models import Term, User
from fieldwork.people.vocabulary.checks import Columns


def add(actor: User, kind: str, columns: Columns) -> Term:
    """Put a new entry at the end; `columns` come from checks.checked. Its code, which addresses use, never changes."""
    with transaction():
        last = Term.select(fn.MAX(Term.position)).where(Term.kind == kind).scalar() or 0
        code = free_code(Term, columns["name"], Term.kind == kind)
        term = Term.create(**columns, kind=kind, code=code, position=last + 1)
        acts.record(actor, "term.created", term, name=term.name, vocabulary=labels.VOCABULARIES[kind])
    return term


def change(actor: User, term: Term, seen_version: int, columns: Columns) -> Term:
    """Rename an entry, or set its place and years.

    Raises:
        Stale: somebody changed it meanwhile.
    """
    with transaction():
        before = described(term)
        changes.touch(term, seen_version, columns, (before, described(Term(**columns))))
        fresh: Term = Term.get_by_id(term.id)
        acts.record(actor, "term.changed", fresh, **changes.differing(before, described(fresh)))
    return fresh


def move(actor: User, term: Term, steps: int) -> None:
    """Move an entry up (-1) or down (+1) among those beside it; at the end nothing happens."""
    with transaction():
        beside = Term.select().where(Term.kind == term.kind, _has_same_parent(term))
        order = [row.id for row in beside.order_by(Term.position, Term.id)]
        here = order.index(term.id)
        there = here + steps
        if not 0 <= there < len(order):
            return
        order[here], order[there] = order[there], order[here]
        for position, term_id in enumerate(order):
            Term.update(position=position).where(Term.id == term_id).execute()
        acts.record(actor, "term.moved", term, name=term.name)


def set_activity(actor: User, term: Term, is_active: bool) -> Term:
    """Take an entry out of use, so that it is offered no more, or back into it. What was recorded with it keeps it.

    Raises:
        Conflict: it is the last review stage.
    """
    with transaction():
        changed: Term = changes.set_activity(actor, term, is_active)
        if term.kind == "stage" and not Term.select().where(Term.kind == "stage", Term.is_active).exists():
            raise Conflict("last_stage")
    return changed


def described(term: Term) -> Words:
    """An entry as people read it, by field."""
    return {
        "name": term.name,
        "parent": term.parent.name if term.parent else "",
        "role": labels.ROLES.get(term.role or "", ""),
        "first_year": str(term.first_year or ""),
        "last_year": str(term.last_year or ""),
    }


def _has_same_parent(term: Term) -> object:
    return Term.parent == term.parent_id if term.parent_id else Term.parent.is_null()
