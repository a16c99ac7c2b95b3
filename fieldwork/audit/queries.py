"""Questions to the operations journal."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from fieldwork.core.paging import Page, page_of
from fieldwork.journal import AuditEntry
from fieldwork.people.models import Term, Unit, User
from fieldwork.records.filters import midnight

PAGE_SIZE = 50
FILTERS = ("q", "kind", "subject", "from", "to")


def entries(asked: Mapping[str, str]) -> Page:
    """A page of the journal, newest first, with who did it.

    Filters: q (a person), kind, subject (uid), from, to, cursor.
    """
    query = AuditEntry.select(AuditEntry, User).left_outer_join(User, on=(AuditEntry.actor == User.id))
    for condition in _conditions(asked):
        query = query.where(condition)
    return page_of(query, AuditEntry.id, asked.get("cursor"), PAGE_SIZE)


def names_of(found: Page) -> dict[UUID, str]:
    """What the people, units and terms on a page are called, by uid; records are left to their own pages."""
    uids = list({entry.subject_uid for entry in found if entry.subject_uid is not None})
    if not uids:
        return {}
    return {row.uid: row.name for table in (User, Unit, Term) for row in table.select().where(table.uid.in_(uids))}


def _conditions(asked: Mapping[str, str]) -> Iterator[Any]:
    if asked.get("q"):
        who = asked["q"].strip()
        yield AuditEntry.actor.in_(User.select(User.id).where((User.name == who) | (User.username == who.casefold())))
    if asked.get("kind"):
        yield AuditEntry.action.startswith(f"{asked['kind']}.")
    if asked.get("subject"):
        yield AuditEntry.subject_uid == _uid(asked["subject"])
    since, until = midnight(asked.get("from")), midnight(asked.get("to"))
    if since:
        yield AuditEntry.at >= since
    if until:
        yield AuditEntry.at < until + timedelta(days=1)


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
