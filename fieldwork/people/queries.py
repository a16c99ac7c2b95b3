"""Questions about people and vocabularies."""

from collections.abc import Iterable
from uuid import UUID

from fieldwork import clock
from fieldwork.people.models import Grant, Term, User


def grants_of(user: User) -> list[Grant]:
    """The roles a person holds, with the area or sector of each."""
    area, sector = Term.alias(), Term.alias()
    query = (
        Grant.select(Grant, area, sector)
        .left_outer_join(area, on=(Grant.area == area.id), attr="area")
        .switch(Grant)
        .left_outer_join(sector, on=(Grant.sector == sector.id), attr="sector")
    )
    return list(query.where(Grant.user == user.id).order_by(Grant.id))


def terms_of(kind: str) -> list[Term]:
    """All entries of a vocabulary, in its order, those out of use too."""
    return list(Term.select().where(Term.kind == kind).order_by(Term.position, Term.id))


def terms_in_use(kind: str, year: int | None = None) -> list[Term]:
    """The entries one may choose for something of that year (by default: of today), in the order of the vocabulary."""
    wanted = year or clock.today().year
    return [term for term in terms_of(kind) if term.is_valid_in(wanted)]


def term_options(kind: str, year: int | None = None) -> list[tuple[str, str]]:
    """The entries one may choose for something of that year (by default: of today), as (code, path) for a select."""
    wanted = year or clock.today().year
    terms = in_tree_order(terms_of(kind))
    by_id = {term.id: term for term in terms}
    return [(term.code, path_of(term, by_id)) for term in terms if term.is_valid_in(wanted)]


def choices(*kinds: str, held: Iterable[object] = ()) -> dict[str, list[tuple[UUID, str]]]:
    """The active entries of these vocabularies for a select, by kind, what stands below another one named with it.

    `held` are uids chosen before: they are offered even when out of use, so that saving a form changes nothing unasked.
    """
    kept = {str(uid) for uid in held if uid}
    terms = list(Term.select().where(Term.kind.in_(kinds)).order_by(Term.position, Term.id))
    by_id = {term.id: term for term in terms}
    offered: dict[str, list[tuple[UUID, str]]] = {kind: [] for kind in kinds}
    for term in in_tree_order(terms):
        if term.is_active or str(term.uid) in kept:
            offered[term.kind].append((term.uid, path_of(term, by_id)))
    return offered


def in_tree_order(terms: list[Term]) -> list[Term]:
    """The same terms, each followed by those below it."""
    below: dict[int | None, list[Term]] = {}
    known = {term.id for term in terms}
    for term in terms:
        below.setdefault(term.parent_id if term.parent_id in known else None, []).append(term)

    def walk(parent: int | None) -> list[Term]:
        return [each for term in below.get(parent, []) for each in (term, *walk(term.id))]

    return walk(None)


def path_of(term: Term, by_id: dict[int, Term]) -> str:
    """A term with what it stands below: 北部片 / 北峰县."""
    above = by_id.get(term.parent_id)
    return f"{path_of(above, by_id)} / {term.name}" if above else term.name
