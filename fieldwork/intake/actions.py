"""Taking what phones and imports bring: every content once, none lost. It ends in the actions the forms end in."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from peewee import IntegrityError

from fieldwork import clock, journal
from fieldwork.core.db import transaction
from fieldwork.errors import Conflict, Gone, Invalid, NotFound, Stale
from fieldwork.intake.kinds import KINDS, Kind, objections
from fieldwork.intake.models import BOX, CLOSED, CONFLICTS, DISABLED, NO_ROLE, STALE, UNKNOWN_UNIT, Submission
from fieldwork.intake.receipts import content_of, hash_of
from fieldwork.people.models import Unit, User
from fieldwork.people.policy import may
from fieldwork.people.throttle import TooMany
from fieldwork.records.models import Draft, Record, Revision
from fieldwork.records.schemas import Body

BOXED_A_DAY_MAX = 300


@dataclass(frozen=True)
class Taken:
    """What became of what was sent. `is_new`: the record was not there before; `record` is None while in the box.

    A submission whose `version` is None and whose record stands waits for a choice between two texts.
    """

    submission: Submission
    record: Record | None
    is_new: bool = False

    @property
    def is_set_aside(self) -> bool:
        """Whether both texts are kept and a person has to choose."""
        return self.submission.reason in CONFLICTS and self.submission.version is None


def take(author: User, kind: str, body: Body, *, imported_by: User | None = None, box: str = "") -> Taken:
    """Keep a record, or a change of one, as its author sent it. The same content on the same version, sent again by
    the same person, is the same submission for ever. With a reason in `box` the office looks at it first, in any case.

    Raises:
        Invalid: something is wrong with it; messages by field.
        Gone: the record was thrown away.
        NotFound: the id is a record that does not exist for this person.
        Forbidden: the person may not change this record.
        TooMany: an account that may record nothing has sent 300 today.
    """
    content = content_of(body)
    sent = {
        "record_uid": body.id,
        "author": author,
        "base_version": body.base_version,
        "content_hash": hash_of(content),
    }
    known = _known(sent)
    if known is not None:
        return known
    try:
        with transaction():
            whole = {**sent, "body": content, "record_kind": kind}
            return _take(author, KINDS[kind], body, whole, imported_by, box)
    except IntegrityError:  # the same, arriving twice at once
        known = _known(sent)
        if known is None:
            raise
        return known


def _known(sent: dict[str, Any]) -> Taken | None:
    """What became of the same content when it came before."""
    query = Submission.select(Submission, User).join(User, on=(Submission.author == User.id))
    found = query.where(*[getattr(Submission, name) == value for name, value in sent.items()]).first()
    if found is None:
        return None
    record = KINDS[found.record_kind].table.get_or_none(KINDS[found.record_kind].table.uid == found.record_uid)
    if record is not None and record.deleted_at is not None:
        raise Gone("record_gone")
    return Taken(found, record)


def _take(author: User, kind: Kind, body: Body, sent: dict[str, Any], imported_by: User | None, box: str) -> Taken:
    record = kind.table.get_or_none(kind.table.uid == body.id)
    if record is not None and record.deleted_at is not None:
        raise Gone("record_gone")
    if reason := box or _why_boxed(author, body, record, imported_by):
        if imported_by is None:
            _refuse_a_flood(author)
        return Taken(_submission(sent, imported_by, reason=reason), None, is_new=True)
    wrong = objections(author, kind, body)
    if wrong:
        raise Invalid(wrong)
    if record is None:
        kept = kind.keep(author, body, body.captions)
        return Taken(_submission(sent, imported_by, version=kept.version), kept, is_new=True)
    return _change(author, kind, body, record, sent, imported_by)


def _why_boxed(author: User, body: Body, record: Record | None, imported_by: User | None) -> str:
    """Why the office has to look at it first: an account out of use, a role taken away since it was written, or, in an
    import, a unit nobody knows."""
    if not author.is_active:
        return DISABLED
    if record is None and not may(author, "record.create"):
        return NO_ROLE
    is_new_import = imported_by is not None and record is None
    return UNKNOWN_UNIT if is_new_import and not Unit.get_or_none(Unit.uid == body.unit) else ""


def _refuse_a_flood(author: User) -> None:
    """What an account that may record nothing can put before the office has an end; the rest may come tomorrow."""
    lately = Submission.received_at > clock.now() - timedelta(days=1)
    waiting = Submission.select().where(Submission.author == author.id, Submission.reason.in_(BOX), lately)
    if waiting.count() >= BOXED_A_DAY_MAX:
        raise TooMany("too_many_boxed")


def _change(
    author: User, kind: Kind, body: Body, record: Record, sent: dict[str, Any], imported_by: User | None
) -> Taken:
    if not kind.table.visible_to(author).where(kind.table.id == record.id).exists():
        raise NotFound("id_taken")
    try:
        with transaction():
            if body.base_version == 0:
                fresh = kind.keep(author, body, body.captions)
            else:
                if body.base_version > record.version and not _was_written_by(author, record):
                    raise Stale(record, {})  # nobody's text gives way to one that was based on neither
                # a version later than ours was lost with a restored backup: one's text goes onto one's own
                fresh = kind.change(author, record, min(body.base_version, record.version), body, body.captions)
    except Conflict as refusal:
        reason = STALE if isinstance(refusal, Stale) else CLOSED
        return Taken(_submission(sent, imported_by, reason=reason), record)
    return Taken(_submission(sent, imported_by, version=fresh.version), fresh)


def _was_written_by(author: User, record: Record) -> bool:
    """Whether the version that stands is this person's."""
    versions = Revision.select().where(Revision.kind == record.kind, Revision.record_id == record.id)
    last = versions.order_by(Revision.version.desc()).first()
    return last is not None and last.actor_id == author.id


def _submission(sent: dict[str, Any], imported_by: User | None, **outcome: Any) -> Submission:
    kept = Submission.create(**sent, **outcome, imported_by=imported_by, received_at=clock.now())
    Draft.delete().where(Draft.uid == kept.record_uid, Draft.author == kept.author).execute()
    if kept.version is None or imported_by is not None:
        action = "boxed" if kept.reason in BOX else "set_aside" if kept.reason else "imported"
        journal.write(imported_by or kept.author, f"submission.{action}", kept, record=str(kept.record_uid))
    return kept
