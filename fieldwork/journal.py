"""The operations journal (操作日志): who did what to which record, when. Append-only, each entry chained."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from peewee import CharField, ForeignKeyField, IntegerField, JSONField, UUIDField

from fieldwork import clock
from fieldwork.core.db import Table, UtcField, one_at_a_time, transaction
from fieldwork.people.models import User

CHAIN_LOCK = 0x6669656C  # any number all processes agree on
GENESIS = "0" * 64


class AuditEntry(Table):
    """One act. `subject_kind` and `subject_uid` name the record; `detail` holds the words given with it."""

    at = UtcField(default=clock.now, index=True)
    actor = ForeignKeyField(User, null=True, backref="+", on_delete="RESTRICT")
    action = CharField(max_length=64)
    subject_kind = CharField(max_length=16, default="")
    subject_uid = UUIDField(null=True)
    version = IntegerField(null=True)
    from_state = CharField(max_length=32, default="")
    to_state = CharField(max_length=32, default="")
    detail: Any = JSONField(default=dict)
    digest = CharField(max_length=64)

    class Meta:
        indexes = ((("subject_uid", "id"), False),)


def write(
    actor: User | None,
    action: str,
    subject: Any = None,
    *,
    states: tuple[str, str] = ("", ""),
    at: datetime | None = None,
    **detail: Any,
) -> AuditEntry:
    """Add one entry, in the transaction under way (or one of its own). `subject` is a record, user, unit or None."""
    with transaction():
        one_at_a_time(CHAIN_LOCK)
        entry = AuditEntry(
            at=at or clock.now(),
            actor=actor,
            action=action,
            subject_kind=getattr(subject, "kind", "") or "",
            subject_uid=getattr(subject, "uid", None),
            version=getattr(subject, "version", None),
            from_state=states[0],
            to_state=states[1],
            detail=detail,
        )
        entry.digest = _digest(_last_digest(), entry)
        entry.save(force_insert=True)
    return entry


def history(uid: UUID) -> list[AuditEntry]:
    """Everything done to one record, oldest first, with the people who did it."""
    query = AuditEntry.select(AuditEntry, User).left_outer_join(User).where(AuditEntry.subject_uid == uid)
    return list(query.order_by(AuditEntry.id))


def last_of(uid: UUID) -> AuditEntry | None:
    """The last thing done to one record, with who did it."""
    query = AuditEntry.select(AuditEntry, User).left_outer_join(User).where(AuditEntry.subject_uid == uid)
    return query.order_by(AuditEntry.id.desc()).first()


def says(uid: UUID, action: str) -> bool:
    """Whether this was ever done to the record."""
    return AuditEntry.select().where(AuditEntry.subject_uid == uid, AuditEntry.action == action).exists()


def broken_links() -> Iterator[int]:
    """Ids of entries whose digest does not follow from the entry before: none, unless somebody changed the journal."""
    previous = GENESIS
    for entry in AuditEntry.select().order_by(AuditEntry.id).iterator():
        if entry.digest != _digest(previous, entry):
            yield entry.id
        previous = entry.digest


def _last_digest() -> str:
    last = AuditEntry.select(AuditEntry.digest).order_by(AuditEntry.id.desc()).first()
    return last.digest if last else GENESIS


def _digest(previous: str, entry: AuditEntry) -> str:
    content = [
        entry.at.isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.action,
        entry.subject_kind,
        str(entry.subject_uid or ""),
        entry.version,
        entry.from_state,
        entry.to_state,
        entry.detail,
    ]
    body = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((previous + body).encode()).hexdigest()
