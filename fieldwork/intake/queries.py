"""Questions about what came from phones: what waits for a choice, what lies in the office's box."""

from typing import Any

from peewee import JOIN, Expression

from fieldwork.core.paging import Page, page_of
from fieldwork.intake.kinds import KINDS
from fieldwork.intake.models import BOX, CONFLICTS, Submission
from fieldwork.people.models import Unit, User

SETTLED = "settled"


def conflicts(user: User, state: str = "", cursor: str | None = None) -> Page:
    """One's own submissions that wait for a choice between two texts (`state` "settled": after it), newest first."""
    return _page(user, CONFLICTS, state, cursor)


def box(user: User, state: str = "", cursor: str | None = None) -> Page:
    """What lies in the office's box (`state` "settled": what has been decided), newest first."""
    return _page(user, BOX, state, cursor)


def waiting_conflicts(user: User) -> int:
    """How many of one's own submissions wait for a choice."""
    return Submission.visible_to(user).where(_waiting(CONFLICTS)).count()


def waiting_in_box(user: User) -> int:
    """How many submissions the office has to look at; none for others."""
    return Submission.visible_to(user).where(_waiting(BOX)).count()


def record_of(user: User, submission: Submission) -> Any:
    """The record it is about, if there is one and it exists for this person."""
    table = KINDS[submission.record_kind].table
    return table.visible_to(user).where(table.uid == submission.record_uid).first()


def _page(user: User, reasons: tuple[str, ...], state: str, cursor: str | None) -> Page:
    asked = Submission.reason.in_(reasons) & Submission.settled_at.is_null(state != SETTLED)
    named = Submission.visible_to(user).where(asked).select(Submission, User, Unit)
    named = named.join(User, on=(Submission.author == User.id)).join(Unit, JOIN.LEFT_OUTER, on=(User.unit == Unit.id))
    return page_of(named, Submission.id, cursor)


def _waiting(reasons: tuple[str, ...]) -> Expression:
    return Submission.settled_at.is_null() & Submission.reason.in_(reasons)
