"""Records for the tests of 回收站, and the same thrown away."""

from typing import Any

from fieldwork.cases.actions import write_case
from fieldwork.cases.schemas import CaseIn
from fieldwork.problems.actions import record_problem
from fieldwork.problems.schemas import ProblemIn
from fieldwork.trash import actions
from fieldwork.visits.actions import record_visit
from fieldwork.visits.schemas import VisitIn

WORDS = "晒谷场旁的蓄水池渗漏"
MAKE = {"visit": (record_visit, VisitIn), "problem": (record_problem, ProblemIn), "case": (write_case, CaseIn)}
KINDS = tuple(MAKE)


def made(kind: str, author: Any, unit: Any, **fields: Any) -> Any:
    """A record of this kind."""
    make, schema = MAKE[kind]
    return make(author, schema.model_validate({"unit": unit.uid, "title": WORDS, "text": WORDS, **fields}))


def thrown(kind: str, author: Any, unit: Any, **fields: Any) -> Any:
    """The same in its author's trash."""
    record = made(kind, author, unit, **fields)
    return actions.throw_away(author, record, record.version)


def thrown_away(author: Any, unit: Any) -> dict[str, Any]:
    """One of every kind."""
    return {kind: thrown(kind, author, unit) for kind in KINDS}
