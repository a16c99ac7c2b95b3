"""What reviewers decide by name, on the version seen: pass, return, decline, cultivate, promote, archive, revoke."""

from collections.abc import Callable
from typing import Any

from fieldwork import clock
from fieldwork.cases import stages
from fieldwork.cases.models import Case, Pin
from fieldwork.cases.schemas import Cultivation, Promotion, Return
from fieldwork.cases.states import AUTHORS_MOVES, BANKED, IN_REVIEW, MOVES
from fieldwork.core.db import transaction
from fieldwork.errors import Forbidden
from fieldwork.people.models import User
from fieldwork.people.policy import is_not_own, may, require
from fieldwork.people.reach import reach_of
from fieldwork.records.actions import change


def decide(actor: User, case: Case, code: str, seen_version: int, words: Any) -> Case:
    """Make one move of a reviewer; `words` is what the move asks for (its schema), or None.

    Raises:
        Conflict: the case does not stand where the move starts.
        Forbidden: it is not this person's turn, or the case is of their own unit or authorship.
        Stale: another reviewer was faster; carries the case as it stands and the words kept.
    """
    if code in AUTHORS_MOVES:
        raise KeyError(code)
    step = MOVES.require(code, case)
    _require(actor, step.who, case)
    said = words.model_dump(mode="json") if words is not None else {}
    values = {"state": step.target, **EFFECTS.get(code, _leave_review)(actor, case, words)}
    with transaction():
        decided = change(actor, case, seen_version, code, values, yours=said, **_spoken(said), **_standing(case))
        if code == "return":
            _pin(actor, decided, words)
    return decided


def _require(actor: User, permission: str, case: Case) -> None:
    """As policy.require, but says so when the reason is that the case is of one's own unit (回避)."""
    if not may(actor, permission, case) and not is_not_own(actor, case) and actor.has_role("county", "city", "leader"):
        raise Forbidden("own_unit")
    require(actor, permission, case)


# --- what each move changes besides the state


def _passed(actor: User, case: Case, words: Any) -> dict[str, Any]:
    later = stages.stage_after(case.stage)
    return {"state": IN_REVIEW, "stage": later} if later else {"state": BANKED, "stage": None}


def _leave_review(actor: User, case: Case, words: Any) -> dict[str, Any]:
    return {"stage": None}


def _cultivated(actor: User, case: Case, words: Cultivation) -> dict[str, Any]:
    return {"stage": None, "mentor": words.mentor, "cultivate_until": words.until}


def _promoted(actor: User, case: Case, words: Promotion) -> dict[str, Any]:
    roles = ("county", "city", "office", "leader") if words.grade == "county" else ("city", "office", "leader")
    if not reach_of(actor, *roles).covers(case):
        raise Forbidden("grade_not_yours")
    return {"grade": words.grade, "grade_document": words.document, "promoted_at": clock.now()}


EFFECTS: dict[str, Callable[[User, Case, Any], dict[str, Any]]] = {
    "pass": _passed,
    "cultivate": _cultivated,
    "promote": _promoted,
}


def _spoken(said: dict[str, Any]) -> dict[str, Any]:
    """The words for the journal: what was said, without what was left empty."""
    return {name: value for name, value in said.items() if value}


def _standing(case: Case) -> dict[str, Any]:
    return {"stage": case.stage.name} if case.stage_id else {}


def _pin(actor: User, case: Case, words: Return) -> None:
    for field, comment in words.pins.items():
        Pin.create(case=case, round=case.round, field=field, comment=comment, author=actor, at=clock.now())
