"""Questions about vocabularies for the pages of administration."""

from typing import Any
from uuid import UUID

from fieldwork.errors import NotFound
from fieldwork.people import labels
from fieldwork.people.models import Term
from fieldwork.people.queries import in_tree_order, terms_of
from fieldwork.people.vocabulary.checks import LEVELS


def listed(kind: str) -> list[tuple[Term, int, str]]:
    """All entries in the order of the tree, each with its depth (0 at the top) and its years in words."""
    terms = in_tree_order(terms_of(kind))
    depths: dict[int, int] = {}
    for term in terms:
        depths[term.id] = depths.get(term.parent_id, -1) + 1
    return [(term, depths[term.id], years_of(term)) for term in terms]


def parents_of(kind: str, term: Term | None = None) -> list[tuple[UUID, str]]:
    """The entries a term may stand below; none in a vocabulary of one level."""
    if kind not in LEVELS:
        return []
    fitting = [(row, depth) for row, depth, _ in listed(kind) if depth + 2 <= LEVELS[kind] and row != term]
    return [(row.uid, row.name) for row, _ in fitting if row.is_active or (term and row.id == term.parent_id)]


def term_of(uid: UUID) -> Term:
    """The entry.

    Raises:
        NotFound: there is none.
    """
    found: Term | None = Term.get_or_none(Term.uid == uid)
    if found is None:
        raise NotFound
    return found


def form_of(term: Term) -> dict[str, Any]:
    """The entry as its form would send it."""
    plain = {name: getattr(term, name) for name in ("name", "role", "first_year", "last_year")}
    return plain | {"parent": term.parent.uid if term.parent else ""}


def years_of(term: Term) -> str:
    """The years in words; empty when there is no bound."""
    if term.first_year and term.last_year:
        return labels.YEARS.format(first=term.first_year, last=term.last_year)
    if term.first_year:
        return labels.SINCE.format(first=term.first_year)
    return labels.UNTIL.format(last=term.last_year) if term.last_year else ""
