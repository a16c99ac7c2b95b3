"""A record as a phone would send it, and what was once sent, read again."""

from typing import Any

from fieldwork.cases import queries as cases
from fieldwork.core.schemas import FieldErrors, read
from fieldwork.intake.kinds import KINDS
from fieldwork.intake.models import Submission
from fieldwork.people.models import User
from fieldwork.photos import expecting
from fieldwork.photos.queries import photos_of
from fieldwork.records.models import Record
from fieldwork.records.schemas import Body
from fieldwork.visits import queries as visits
from fieldwork.visits.models import Visit

Content = dict[str, Any]

ENVELOPE = frozenset({"id", "kind", "base_version", "mask", "keep_phones"})


def fields_of(kind: str) -> list[str]:
    """What a body of this kind says, by the names of its fields, in their order; photos stand apart."""
    return [name for name in KINDS[kind].body.model_fields if name not in ENVELOPE | {"photos"}]


def content_of_record(user: User, record: Any) -> Content:
    """What a record says now, as JSON values under the names of its body, as far as this person sees it."""
    return {name: _value(user, record, name) for name in fields_of(record.kind)}


def photos_now(record: Record) -> dict[str, str]:
    """The photos a record shows or is to show, in their order: captions by sha256."""
    linked = photos_of(record.kind, [record.id]).get(record.id, [])
    shown = {photo.sha256: photo.caption for photo in linked if photo.purpose == "shown"}
    return shown | expecting.expected_of(record.kind, record.id)


def body_of(submission: Submission, **changes: Any) -> tuple[Body | None, FieldErrors]:
    """What was sent, with these changes, as the body of its kind; or what is wrong with it, by field, in Chinese."""
    envelope = {"base_version": submission.base_version, "keep_phones": True}  # asked for, or hidden, when it was sent
    return read(KINDS[submission.record_kind].body, {**submission.body, **envelope, **changes})


def _value(user: User, record: Any, name: str) -> Any:
    if name == "unit":
        return str(record.unit.uid)
    if name == "visit":
        return _visit(user, record)
    if name == "captured_at":
        return record.captured_local_iso
    if name == "place":
        return {"lat": record.lat, "lon": record.lon, "accuracy_m": record.accuracy_m} if record.lat else None
    if name in {"category", "case_type"}:
        term = getattr(record, name)
        return term.code if term is not None else ""
    if name == "more_units":
        return [str(unit.uid) for unit in visits.further_units(record)]
    if name in {"visits", "problems"}:
        found = dict(zip(("visits", "problems"), cases.sources_of(user, record), strict=True))
        return [str(one.uid) for one in found[name]]
    return getattr(record, "done" if name == "solved" else name)


def _visit(user: User, record: Any) -> str | None:
    """The visit it was found on, if this person sees it."""
    visit_id = getattr(record, "visit_id", None)
    found = Visit.visible_to(user).where(Visit.id == visit_id).first() if visit_id else None
    return str(found.uid) if found else None
