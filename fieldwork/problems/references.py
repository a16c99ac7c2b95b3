"""What a form points at: units by uid, a category by code, a visit, another problem by its number; and the objections
that only the ledger can make to what was filled in."""

from typing import Any
from uuid import UUID

from peewee import fn

from fieldwork.core.schemas import FieldErrors
from fieldwork.people.models import Term, Unit, User
from fieldwork.problems import labels
from fieldwork.problems.models import Problem
from fieldwork.problems.states import ENDED, VERIFIED
from fieldwork.visits.models import Visit

Named = dict[str, Any]
NO_WORDS = {
    "mask", "keep_phones", "held", "gone", "id", "visit", "lat", "lon", "accuracy_m", "place", "photos", "captured_at",
    "kind", "base_version",
}  # fmt: skip


def named_in(actor: User, data: Any) -> Named:
    """The rows that the fields of `data` name, by field; None (or a shorter list) where there is none for them."""
    return {field: find(actor, getattr(data, field)) for field, find in _FINDERS.items() if getattr(data, field, None)}


def in_words(actor: User, data: Any) -> dict[str, Any]:
    """What was said, by field, as the journal keeps it: only what was given, and names in place of ids."""
    if data is None:
        return {}
    said: dict[str, Any] = data.model_dump(mode="json", exclude_defaults=True, exclude=NO_WORDS)
    named = named_in(actor, data)
    names = {field: named[field].name for field in ("lead_unit", "unit", "category") if named.get(field)}
    if "co_handlers" in named:
        said["co_handlers"] = [unit.name for unit in named["co_handlers"]]
    return said | names


def objections(actor: User, problem: Problem | None, data: Any) -> FieldErrors:
    """What is wrong with the answer beside its form, by field, in Chinese; empty when it can be acted on."""
    if data is None:
        return {}
    named = named_in(actor, data)
    found = {field: _UNKNOWN[field] for field, row in named.items() if row is None}
    if len(named.get("co_handlers", [])) < len(set(getattr(data, "co_handlers", []))):
        found["co_handlers"] = "unit_unknown"
    if problem is not None:
        found |= {field: reason for field, reason in _against(problem, data, named) if field not in found}
    facts = {"due_on": problem.due_on if problem else None}
    return {field: [labels.OBJECTIONS[reason].format_map(facts)] for field, reason in found.items()}


def _against(problem: Problem, data: Any, named: Named) -> list[tuple[str, str]]:
    lead, into, until = named.get("lead_unit"), named.get("into"), getattr(data, "until", None)
    checks = [
        ("lead_unit", "same_lead", lead and problem.state != VERIFIED and lead.id == problem.lead_unit_id),
        ("co_handlers", "lead_among_co_handlers", lead and lead in named.get("co_handlers", [])),
        ("until", "until_too_early", until and problem.due_on and until <= problem.due_on),
        ("into", "problem_itself", into and into.id == problem.id),
        ("into", "problem_ended", into and into.state in ENDED),
    ]
    return [(field, reason) for field, reason, is_wrong in checks if is_wrong]


def _place(_actor: User, uid: UUID) -> Unit | None:
    """Where the problem is; in use or not, it was when this was written."""
    return Unit.get_or_none(Unit.uid == uid)


def _unit(_actor: User, uid: UUID) -> Unit | None:
    return Unit.get_or_none(Unit.uid == uid, Unit.is_active)


def _units(_actor: User, uids: list[UUID]) -> list[Unit]:
    return list(Unit.select().where(Unit.uid.in_(uids), Unit.is_active))


def _problem(actor: User, number: str) -> Problem | None:
    return Problem.visible_to(actor).where(fn.UPPER(Problem.number) == number.upper()).first()


def _visit(actor: User, uid: UUID) -> Visit | None:
    return Visit.visible_to(actor).where(Visit.uid == uid).first()


def _category(_actor: User, code: str) -> Term | None:
    return Term.get_or_none(Term.kind == "category", Term.code == code)


_FINDERS: dict[str, Any] = {
    "unit": _place,
    "lead_unit": _unit,
    "co_handlers": _units,
    "into": _problem,
    "visit": _visit,
    "category": _category,
}
_UNKNOWN = {
    "unit": "unit_unknown",
    "lead_unit": "unit_unknown",
    "into": "problem_unknown",
    "visit": "visit_unknown",
    "category": "category_unknown",
}
