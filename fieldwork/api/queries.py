"""Questions only the API asks."""

from operator import itemgetter
from typing import Any
from uuid import UUID

from fieldwork.intake.kinds import KINDS
from fieldwork.intake.models import Submission
from fieldwork.people.models import Term, Unit, User
from fieldwork.people.units.near import Point
from fieldwork.photos import showing


def held(user: User, ids: list[UUID], hashes: list[str]) -> dict[str, list[str]]:
    """Those of the ids and hashes that are held of this person; of others nothing is told.

    A hash is that of a photo, or the content hash of a receipt: a store put back may hold a record in an older version.
    """
    texts = list(_submitted(user, ids)) if ids else []
    found = {row.record_uid for row in texts}
    for kind in KINDS.values() if ids else ():
        mine = kind.table.select(kind.table.uid).where(kind.table.author == user.id, kind.table.uid.in_(ids))
        found |= {row.uid for row in mine}
    sent = (showing.sent_by(user, hashes) - showing.lost(hashes)) | {row.content_hash for row in texts}
    return {
        "ids": [str(uid) for uid in dict.fromkeys(ids) if uid in found],
        "hashes": [sha for sha in dict.fromkeys(hashes) if sha in sent],
    }


def units(near: Point | None) -> list[tuple[Unit, float | None]]:
    """The units in use, by name; with a point those whose place is known, the nearest first, with the kilometres."""
    query = Unit.select().where(Unit.is_active).order_by(Unit.sort_key, Unit.id)
    if near is None:
        return [(unit, None) for unit in query]
    placed = query.where(Unit.lat.is_null(False), Unit.lon.is_null(False))
    measured = [(unit, near.km_to(unit.lat, unit.lon)) for unit in placed]
    return sorted(measured, key=itemgetter(1))


def terms() -> dict[str, list[Term]]:
    """Every entry of every vocabulary, by kind, in its order."""
    found: dict[str, list[Term]] = {}
    for term in Term.select().order_by(Term.kind, Term.position, Term.id):
        found.setdefault(term.kind, []).append(term)
    return found


def term_codes() -> dict[Any, str]:
    """The code of every term by its row id."""
    return dict(Term.select(Term.id, Term.code).tuples())


def _submitted(user: User, ids: list[UUID]) -> Any:
    return Submission.select(Submission.record_uid, Submission.content_hash).where(
        Submission.author == user.id, Submission.record_uid.in_(ids)
    )
