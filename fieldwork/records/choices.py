"""What the forms of records offer to choose from."""

from peewee import JOIN

from fieldwork.people.models import Term


def term_options(kind: str, year: int) -> list[tuple[str, str]]:
    """The terms that may be chosen in a year, as (code, name), each with the name of the one above it."""
    above = Term.alias("above")
    query = Term.select(Term, above).join(above, JOIN.LEFT_OUTER, on=(Term.parent == above.id), attr="parent")
    terms = query.where(Term.kind == kind).order_by(Term.position, Term.id)
    return [(term.code, _in_its_tree(term)) for term in terms if term.is_valid_in(year)]


def _in_its_tree(term: Term) -> str:
    return f"{term.parent.name} › {term.name}" if term.parent_id is not None else term.name
