"""Drafts that a phone sent early: kept for their author alone until they are recorded, and put back into the form."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from peewee import IntegrityError
from werkzeug.datastructures import MultiDict

from fieldwork import clock
from fieldwork.core import kinds
from fieldwork.core.db import transaction
from fieldwork.errors import Conflict, NotFound
from fieldwork.people.models import User
from fieldwork.records.models import Draft

WORDS_SHOWN = 40
KEPT_MAX = 50  # of one person
NOT_KEPT = {"id", "version", "draft", "then", "find", "mask", "keep_phones"}

Fields = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class KeptDraft:
    """A draft as its author finds it again: of which kind, its first words, when it was last written on."""

    uid: UUID
    kind: str
    words: str
    at: datetime


def keep(author: User, uid: UUID, kind: str, fields: Fields) -> None:
    """Keep what somebody is typing, in place of what was kept of it before.

    Raises:
        NotFound: this id is somebody else's.
        Conflict: it is recorded already, or this person keeps as many drafts as are kept.
    """
    _refuse_if_recorded(author, uid, kind)
    _refuse_beyond_limit(author, uid)
    values = {"kind": kind, "fields": [[name, value] for name, value in fields if name not in NOT_KEPT]}
    try:
        with transaction():
            if not _change(author, uid, values):
                Draft.create(uid=uid, author=author, updated_at=clock.now(), **values)
    except IntegrityError:  # the id is somebody else's, or the same page was faster
        if not _change(author, uid, values):
            raise NotFound from None


def forget(author: User, uid: UUID) -> bool:
    """Keep it no longer; whether there was such a draft of this person."""
    return bool(Draft.delete().where(Draft.uid == uid, Draft.author == author.id).execute())


def drafts_of(user: User) -> list[KeptDraft]:
    """What this person has begun and not sent, the latest first."""
    rows = Draft.visible_to(user).order_by(Draft.updated_at.desc())
    return [KeptDraft(row.uid, row.kind, _words(dict(row.fields)), row.updated_at) for row in rows]


def form_of(user: User, kind: str, uid: str) -> MultiDict[str, Any]:
    """The form of this kind as it was when the draft was kept.

    Raises:
        NotFound: this person has no such draft.
    """
    draft = Draft.visible_to(user).where(Draft.uid == _uuid(uid), Draft.kind == kind).first()
    if draft is None:
        raise NotFound
    form: MultiDict[str, Any] = MultiDict([(name, value) for name, value in draft.fields])
    form["id"] = str(draft.uid)
    return form


def _change(author: User, uid: UUID, values: dict[str, Any]) -> int:
    mine = (Draft.uid == uid) & (Draft.author == author.id)
    changed: int = Draft.update(**values, updated_at=clock.now()).where(mine).execute()
    return changed


def _refuse_if_recorded(author: User, uid: UUID, kind: str) -> None:
    table = kinds.table_of(kind)
    recorded = table.get_or_none(table.uid == uid)
    if recorded is not None:
        raise Conflict("draft_recorded") if recorded.author_id == author.id else NotFound


def _refuse_beyond_limit(author: User, uid: UUID) -> None:
    """One that is kept already may change; none goes unasked to make room for another."""
    others = Draft.select().where(Draft.author == author.id, Draft.uid != uid)
    is_kept = Draft.select().where(Draft.author == author.id, Draft.uid == uid).exists()
    if not is_kept and others.count() >= KEPT_MAX:
        raise Conflict("drafts_full", limit=KEPT_MAX)


def _words(fields: dict[str, str]) -> str:
    text = fields.get("title") or fields.get("text") or ""
    return text.split("\n", 1)[0][:WORDS_SHOWN]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
