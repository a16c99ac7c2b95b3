"""Questions of the review: whose turn it is, what waits, what changed since the last submission."""

from collections.abc import Mapping

from peewee import Expression, fn

from fieldwork.cases.models import Case
from fieldwork.cases.queries import with_names
from fieldwork.cases.states import IN_REVIEW
from fieldwork.core.paging import Page
from fieldwork.people.models import Term, User
from fieldwork.people.reach import Reach, reach_of
from fieldwork.records.filters import narrowed
from fieldwork.records.models import Revision

PAGE_SIZE = 20


def waiting_for(user: User) -> Expression:
    """The condition that a case waits for a decision of this person: their stage, their part, not their own unit."""
    turn = Case.id.is_null()
    for role in ("county", "city", "office", "leader"):
        if user.has_role(role):
            stages = Term.select(Term.id).where(Term.kind == "stage", Term.role == role)
            turn |= Case.stage.in_(stages) & _within(reach_of(user, role))
    return (Case.state == IN_REVIEW) & turn & (Case.author != user.id) & (Case.unit != user.unit_id)


def queue(user: User, asked: Mapping[str, str]) -> Page:
    """What waits for this person, longest wait first."""
    query = narrowed(Case.visible_to(user).where(waiting_for(user)), Case, asked)
    skipped = int(asked["cursor"]) if asked.get("cursor", "").isdecimal() and len(asked["cursor"]) < 7 else 0
    rows = list(with_names(query).order_by(Case.submitted_at, Case.id).offset(skipped).limit(PAGE_SIZE + 1))
    return Page(rows[:PAGE_SIZE], str(skipped + PAGE_SIZE) if len(rows) > PAGE_SIZE else None)


def waiting_count(user: User) -> int:
    """How many cases wait for this person."""
    return Case.visible_to(user).where(waiting_for(user)).select(fn.COUNT(Case.id)).scalar()


def last_submission(case: Case) -> Revision | None:
    """The case as it was submitted the round before this one, to show what changed; None in the first round."""
    if case.round < 2:
        return None
    mine = (Revision.kind == case.kind) & (Revision.record_id == case.id)
    rows = Revision.select().where(mine).order_by(Revision.version)
    submitted = [row for row in rows if row.body.get("state") == IN_REVIEW and row.body.get("round") == case.round - 1]
    return submitted[0] if submitted else None


def _within(reach: Reach) -> Expression:
    if reach.everything:
        return Case.id.is_null(False)
    return Case.area.in_(list(reach.area_ids) or [0]) | Case.sector.in_(list(reach.sector_ids) or [0])
