"""What the forms of records offer to choose from, and what the chosen terms are called."""

from collections.abc import Collection

from peewee import JOIN

from fieldwork.people.models import Term


def term_options(kind: str, year: int, kept: Collection[str] = ()) -> list[tuple[str, str]]:
    """The terms that may be chosen in a year, as (code, name), each with the name of the one above it.

    A term that a record has already stays among them (`kept`, codes) when its years are over.
    """
    above = Term.alias("above")
    query = Term.select(Term, above).join(above, JOIN.LEFT_OUTER, on=(Term.parent == above.id), attr="parent")
    terms = query.where(Term.kind == kind).order_by(Term.position, Term.id)
    return [(term.code, _in_its_tree(term)) for term in terms if term.is_valid_in(year) or term.code in kept]


def term_names(kind: str, codes: Collection[str]) -> list[str]:
    """What these terms are called, in the order of the vocabulary, whatever their years."""
    if not codes:
        return []
    query = Term.select(Term.name).where(Term.kind == kind, Term.code.in_(list(codes)))
    return [term.name for term in query.order_by(Term.position, Term.id)]


def unknown_terms(kind: str, codes: Collection[str]) -> set[str]:
    """Those of the codes that no term of this kind has ever had."""
    if not codes:
        return set()
    known = Term.select(Term.code).where(Term.kind == kind, Term.code.in_(list(codes)))
    return set(codes) - {term.code for term in known}


def _in_its_tree(term: Term) -> str:
    return f"{term.parent.name} › {term.name}" if term.parent_id is not None else term.name
