"""What the office does with its box: make a record of a submission, or say why it becomes none. Nothing is deleted."""

from typing import Any

from fieldwork.core.db import transaction
from fieldwork.core.schemas import FieldErrors
from fieldwork.errors import Conflict, Invalid, Stale
from fieldwork.intake import labels
from fieldwork.intake.content import body_of
from fieldwork.intake.kinds import KINDS, objections
from fieldwork.intake.models import Submission
from fieldwork.intake.schemas import Adoption, Refusal
from fieldwork.intake.settling import CORRECTING, settle
from fieldwork.people.models import User
from fieldwork.people.policy import may, require
from fieldwork.photos import actions as photos
from fieldwork.photos import expecting, showing
from fieldwork.records.schemas import Body

NOTHING: dict[str, Any] = {
    "visit": None,
    "visits": [],
    "problems": [],
    "programmes": [],
    "category": "",
    "case_type": "",
}


def adopt(actor: User, submission: Submission, said: Adoption, seen_version: int = 0) -> Any:
    """Make it a record under the id it was sent with, of who wrote it or of the one adopting it; where the record is
    here already, it becomes the writer's change of the version seen. Returns the record.

    Raises:
        Conflict: it was decided before.
        Invalid: something is wrong with it; messages by field.
        Stale: the record it changes has changed since the office saw it.
    """
    require(actor, "intake.adopt", submission)
    if submission.settled_at is not None:
        raise Conflict("submission_settled")
    author = submission.author if said.attributed_to == labels.WRITER else actor
    kind = KINDS[submission.record_kind]
    record = kind.table.get_or_none(kind.table.uid == submission.record_uid)
    changes: dict[str, Any] = {"unit": str(said.unit)}
    body, wrong = body_of(submission, **changes)
    if said.leave_out and body is not None:
        changes |= _without_what_is_not_here(author, submission, body)
        body, wrong = body_of(submission, **changes)
    if body is None or (wrong := _wrong(author, submission, body, record)):
        raise Invalid(wrong)
    if record is not None and record.version != seen_version:
        raise Stale(record, {})
    with transaction():
        expecting.serialise(submission.author)  # what the writer still sends comes before this, or after it
        _lend_photos(submission, author, body)
        if record is None:
            kept = kind.keep(author, body, body.captions)
        else:
            kept = kind.change(author, record, seen_version, body, body.captions)
        expecting.expect_from(kept, submission.author)
        settle(actor, submission, "adopted", kept.version, name=author.name)
    return kept


def refuse(actor: User, submission: Submission, said: Refusal) -> Submission:
    """Say why it becomes no record; it is kept as it came.

    Raises:
        Conflict: it was decided before.
    """
    require(actor, "intake.adopt", submission)
    with transaction():
        return settle(actor, submission, "refused", None, reason=said.reason)


def _wrong(author: User, submission: Submission, body: Body, record: Any) -> FieldErrors:
    """What stands against its being this person's record, by field."""
    found = objections(author, KINDS[submission.record_kind], body)
    if record is None:
        return found if may(author, "record.create") else found | {"attributed_to": [labels.WRITER_MAY_NOT]}
    if author.id != submission.author_id:
        return found | {"attributed_to": [labels.ONLY_THE_WRITER]}
    is_there = type(record).visible_to(author).where(type(record).id == record.id).exists()
    if not is_there or not may(author, CORRECTING[record.kind], record):
        return found | {"": [labels.REFUSALS["id_taken" if record.deleted_at is None else "record_gone"]]}
    return found


def _without_what_is_not_here(author: User, submission: Submission, body: Body) -> dict[str, Any]:
    """The fields that name something unknown here, without it; what was sent stays in the submission as it came."""
    kind, said = KINDS[submission.record_kind], body.model_dump(mode="json")
    wrong = objections(author, kind, body).keys() & NOTHING.keys()
    return {field: _known_of(author, submission, field, said[field]) for field in wrong}


def _known_of(author: User, submission: Submission, field: str, named: Any) -> Any:
    if not isinstance(named, list):
        return NOTHING[field]
    kind, known = KINDS[submission.record_kind], []
    for one in named:
        body, _ = body_of(submission, **{field: [one]})
        if body is not None and field not in objections(author, kind, body):
            known.append(one)
    return known


def _lend_photos(submission: Submission, author: User, body: Body) -> None:
    """What the writer sent goes with the record, whoever's it becomes."""
    if author.id != submission.author_id:
        for sha256 in showing.sent_by(submission.author, body.held):
            photos.lend(author, sha256)
