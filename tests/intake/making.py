"""What phones send, and what becomes of it when the record has changed or its author is gone."""

from typing import Any

from fieldwork import ids
from fieldwork.intake.actions import Taken, take
from fieldwork.intake.kinds import KINDS
from fieldwork.intake.models import Submission
from fieldwork.people.models import Unit, User
from fieldwork.records.schemas import Body
from tests.support.cast import Cast

MOMENT = "2026-11-20T09:15:00+08:00"


def content(kind: str, unit: Unit | None, **fields: Any) -> dict[str, Any]:
    """A content of this kind as a phone sends it; without a unit, at one nobody knows."""
    uid = str(unit.uid if unit else ids.uuid7())
    return {"id": str(ids.uuid7()), "kind": kind, "captured_at": MOMENT, "unit": uid, "text": "渠口淤塞"} | fields


def body(kind: str, unit: Unit | None, **fields: Any) -> Body:
    """The same as the schema reads it."""
    return KINDS[kind].body.model_validate(content(kind, unit, **fields))


def sent(author: User, kind: str, unit: Unit | None, **fields: Any) -> Taken:
    """A record that arrived from this person's phone."""
    return take(author, kind, body(kind, unit, **fields))


def two_texts(author: User, unit: Unit, other: dict[str, Any] | None = None, **mine: Any) -> Submission:
    """A visit that its author changed on two phones: `other` arrived first, `mine` waits for a choice."""
    first = sent(author, "visit", unit).record
    assert first is not None
    sent(author, "visit", unit, id=str(first.uid), base_version=1, **(other or {"text": "渠口已清"}))
    late = sent(author, "visit", unit, id=str(first.uid), base_version=1, **({"text": "渠口又堵了"} | mine))
    assert late.is_set_aside
    return late.submission


def boxed(author: User, kind: str, unit: Unit | None, **fields: Any) -> Submission:
    """What arrived from somebody whose account is out of use."""
    User.update(is_active=False).where(User.id == author.id).execute()
    taken = take(User.get_by_id(author.id), kind, body(kind, unit, **fields))
    assert taken.record is None
    return taken.submission


def unknown_place(people: Cast) -> Submission:
    """What the office imported for xiaolin, at a unit nobody knows."""
    return take(people.xiaolin, "visit", body("visit", None), imported_by=people.office).submission
