"""Choosing between two texts of one record. What was sent stays in its table for ever, whatever is chosen."""

from collections.abc import Mapping, Sequence
from typing import Any

from fieldwork import clock, journal
from fieldwork.cases.states import WRITABLE
from fieldwork.core.db import transaction
from fieldwork.errors import Conflict, Invalid, Stale
from fieldwork.intake import comparing
from fieldwork.intake.kinds import KINDS, objections
from fieldwork.intake.models import CLOSED, Submission
from fieldwork.people.models import User
from fieldwork.people.policy import may, require
from fieldwork.photos import labels as photo_labels
from fieldwork.photos.limits import PHOTOS_MAX
from fieldwork.problems.states import ENDED

CORRECTING = {"visit": "record.edit", "problem": "problem.correct", "case": "case.write"}


def can_merge(user: User, submission: Submission, record: Any) -> bool:
    """Whether the two can still be made one: it was not closed when it came, and may be corrected now."""
    if record is None or submission.reason == CLOSED or not may(user, CORRECTING[record.kind], record):
        return False
    return record.state in WRITABLE if record.kind == "case" else record.kind == "visit" or record.state not in ENDED


def choose(
    actor: User, submission: Submission, record: Any, seen_version: int, picks: Mapping[str, str], photos: Sequence[str]
) -> Any:
    """Make one record of the two, in the action that corrects it. Returns the record as it now stands.

    Raises:
        Conflict: it was chosen before, or can only stay as it is.
        Invalid: a choice is missing, or what comes of it cannot be kept; messages by field.
        Stale: the record has changed since the person saw it.
    """
    require(actor, "record.edit", submission)
    _refuse_settled(submission)
    if not can_merge(actor, submission, record):
        raise Conflict("only_to_keep")
    if record.version != seen_version:
        raise Stale(record, dict(picks))
    kind = KINDS[submission.record_kind]
    body, wrong = comparing.merged(actor, submission, record, picks, photos)
    if body is None or (wrong := objections(actor, kind, body)):
        raise Invalid(wrong)
    try:
        with transaction():
            fresh = kind.change(actor, record, seen_version, body, body.captions)
            settle(actor, submission, "settled", fresh.version)
    except Conflict as refusal:
        if refusal.reason != "too_many_photos":
            raise
        raise Invalid({"photos": [photo_labels.REFUSALS[refusal.reason].format(limit=PHOTOS_MAX)]}) from refusal
    return fresh


def keep_current(actor: User, submission: Submission, record: Any) -> None:
    """Leave the record as it stands, where it stands at all.

    Raises:
        Conflict: it was chosen before.
    """
    require(actor, "record.edit", submission)
    with transaction():
        settle(actor, submission, "settled", record.version if record is not None else submission.base_version)


def settle(actor: User, submission: Submission, act: str, version: int | None, **said: Any) -> Submission:
    """Mark a submission as decided, as this version of its record, with a line in the journal; inside a transaction.

    Raises:
        Conflict: somebody has decided before.
    """
    decided = {"version": version, "settled_at": clock.now(), "settled_by": actor}
    waiting = (Submission.id == submission.id) & Submission.settled_at.is_null()
    if not Submission.update(decided).where(waiting).execute():
        raise Conflict("submission_settled")
    fresh: Submission = Submission.get_by_id(submission.id)
    journal.write(actor, f"submission.{act}", fresh, record=str(fresh.record_uid), **said)
    return fresh


def _refuse_settled(submission: Submission) -> None:
    if submission.settled_at is not None:
        raise Conflict("submission_settled")
