"""Records, units and vocabularies as the API tells of them: the field names of the contract, ids as UUIDs."""

from typing import Any

from fieldwork.cases import queries as cases
from fieldwork.core.coordinates import Point, rounded
from fieldwork.intake.kinds import KINDS
from fieldwork.people.models import Grant, Term, Unit, User
from fieldwork.people.policy import may
from fieldwork.photos import access, expecting
from fieldwork.records.models import Record
from fieldwork.records.schemas import Body
from fieldwork.visits import queries as visits
from fieldwork.visits.models import Visit

ENVELOPE = set(Body.model_fields) - {"title", "text", "place_note", "programmes"}
INSIDE = {"contact"}  # of a case: not for those who see it only as a model


def brief(record: Record) -> dict[str, Any]:
    """A record as lists tell of it; its unit must be read already."""
    return {
        "id": str(record.uid),
        "kind": record.kind,
        "version": record.version,
        "state": record.state,
        "title": record.title,
        "text": record.text,
        "unit": str(record.unit.uid),
        "unit_name": record.unit.shown_name,
        "programmes": record.programmes,
        "captured_at": record.captured_local_iso,
        "received_at": _moment(record.received_at),
        "updated_at": _moment(record.updated_at),
        **({"number": record.number, "urgency": record.urgency} if record.kind == "problem" else {}),
    }


def whole(user: User, record: Any) -> dict[str, Any]:
    """A record with everything a phone would send of it, as far as this person may see it."""
    names = [name for name in KINDS[record.kind].body.model_fields if name not in ENVELOPE]
    content = {name: _value(user, record, name) for name in names}
    if record.kind == "case" and not may(user, "case.inside", record):
        content = {name: value for name, value in content.items() if name not in INSIDE}
    visit = record.visit if getattr(record, "visit_id", None) else None
    return {
        **brief(record),
        **content,
        "visit": str(visit.uid) if visit and _is_seen(user, visit) else None,
        "place": _place(user, record),
        "photos": _photos(user, record),
    }


def _place(user: User, record: Any) -> dict[str, float | None] | None:
    """The place as it was sent for who may know the facts of a record, about 100 m exact for everybody else."""
    if record.lat is None or record.lon is None:
        return None
    if may(user, "record.facts", record):
        return {"lat": record.lat, "lon": record.lon, "accuracy_m": record.accuracy_m}
    near = rounded(Point(record.lat, record.lon))
    return {"lat": near.lat, "lon": near.lon, "accuracy_m": None}


def person(user: User, grants: list[Grant]) -> dict[str, Any]:
    """Whom the token or session belongs to."""
    held = [{"role": grant.role, "area": _code(grant.area), "sector": _code(grant.sector)} for grant in grants]
    return {
        "id": str(user.uid),
        "username": user.username,
        "name": user.name,
        "unit": str(user.unit.uid),
        "unit_name": user.unit.shown_name,
        "roles": held,
    }


def unit(one: Unit, codes: dict[int, str]) -> dict[str, Any]:
    """A unit as a phone looks for it: by name, pinyin, initials and place."""
    return {
        "id": str(one.uid),
        "name": one.name,
        "short_name": one.short_name,
        "area": codes.get(one.area_id),
        "sector": codes.get(one.sector_id),
        "type": codes.get(one.unit_type_id),
        "pinyin": one.pinyin,
        "initials": one.initials,
        "lat": one.lat,
        "lon": one.lon,
    }


def term(one: Term, codes: dict[int, str]) -> dict[str, Any]:
    """An entry of a vocabulary, with the years it may be chosen in."""
    return {
        "code": one.code,
        "name": one.name,
        "parent": codes.get(one.parent_id),
        "first_year": one.first_year,
        "last_year": one.last_year,
        "is_active": one.is_active,
    }


def _value(user: User, record: Any, name: str) -> Any:
    if name in {"category", "case_type"}:
        return _code(getattr(record, name)) or ""
    if name == "more_units":
        return [str(one.uid) for one in visits.further_units(record)]
    if name in {"visits", "problems"}:
        found = dict(zip(("visits", "problems"), cases.sources_of(user, record), strict=True))
        return [str(one.uid) for one in found[name]]
    return getattr(record, "done" if name == "solved" else name)


def _photos(user: User, record: Record) -> list[dict[str, Any]]:
    shown = [photo for photo in access.shown_to(user, record) if photo.purpose == "shown"]
    is_told = may(user, "record.facts", record)
    here = [
        {
            "sha256": one.sha256,
            "caption": one.caption,
            "taken_at": _moment(one.taken_at or one.said_at) if is_told else None,
            "held": True,
        }
        for one in shown
    ]
    coming = expecting.expected_of(record.kind, record.id)
    if coming and not access.works_on(user, record):
        return here
    return here + [
        {"sha256": sha, "caption": caption, "taken_at": None, "held": False} for sha, caption in coming.items()
    ]


def _is_seen(user: User, visit: Visit) -> bool:
    return Visit.visible_to(user).where(Visit.id == visit.id).exists()


def _code(one: Term | None) -> str | None:
    return one.code if one is not None else None


def _moment(value: Any) -> str | None:
    return value.isoformat(timespec="milliseconds").replace("+00:00", "Z") if value else None
