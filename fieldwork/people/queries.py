"""Questions about people and vocabularies."""

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
