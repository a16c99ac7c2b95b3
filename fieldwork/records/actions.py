"""The one write path of records: keep a new one, change one against the version seen. A version, a journal line and
the search index go with every write, in the same transaction."""

from typing import Any

from fieldwork import clock, journal
from fieldwork.core import searching
from fieldwork.core.db import transaction
from fieldwork.errors import Gone, Stale
from fieldwork.people.models import User
from fieldwork.records import drafts
from fieldwork.records.models import Record, Revision


def keep(actor: User, record: Record, action: str = "created", **detail: Any) -> Record:
    """Save a new record with its first version.

    Raises:
        Gone: it was thrown away, and has been cleared away since.
    """
    with transaction():
        if journal.says(record.uid, f"{record.kind}.purged"):
            raise Gone("record_gone")
        record.save(force_insert=True)
        drafts.forget(record.author, record.uid)
        _remember(actor, record)
        journal.write(actor, f"{record.kind}.{action}", record, states=("", record.state), **detail)
    return record


def change(
    actor: User,
    record: Record,
    seen_version: int,
    action: str,
    values: dict[str, Any],
    *,
    yours: dict[str, Any] | None = None,
    **detail: Any,
) -> Record:
    """Set these columns, if the record is still at the version the person saw; `detail` are the words of the journal.

    Returns the record as it now stands.

    Raises:
        Stale: somebody was faster; carries the record as it stands and what this person sent (`yours`).
    """
    table = type(record)
    with transaction():
        before = record.state
        changed = (
            table.update(**values, version=table.version + 1, updated_at=clock.now())
            .where(table.id == record.id, table.version == seen_version)
            .execute()
        )
        fresh = table.get_by_id(record.id)
        if not changed:
            raise Stale(fresh, yours if yours is not None else {**values, **detail})
        _remember(actor, fresh)
        journal.write(actor, f"{record.kind}.{action}", fresh, states=(before, fresh.state), **detail)
    return fresh


def refuse_if_gone(record: Record) -> None:
    """What was thrown away takes nothing in any more.

    Raises:
        Gone.
    """
    if record.deleted_at is not None:
        raise Gone("record_gone")


def versions_of(record: Record) -> list[Revision]:
    """All versions of a record, newest first, with who saved them."""
    query = Revision.select(Revision, User).join(User)
    mine = (Revision.kind == record.kind) & (Revision.record_id == record.id)
    return list(query.where(mine).order_by(Revision.version.desc()))


def _remember(actor: User, record: Record) -> None:
    Revision.create(
        kind=record.kind, record_id=record.id, version=record.version, actor=actor, at=clock.now(), body=record.body()
    )
    if record.deleted_at is None:
        searching.index(record.kind, record.id, record.searched_text())
    else:
        searching.forget(record.kind, record.id)
