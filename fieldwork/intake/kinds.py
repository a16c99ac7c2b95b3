"""The three kinds of record, as they come in from outside: what each says, and the actions that keep and change it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fieldwork.cases import actions as cases
from fieldwork.cases import labels as case_labels
from fieldwork.cases.models import Case
from fieldwork.cases.schemas import CaseBody
from fieldwork.core.schemas import FieldErrors
from fieldwork.people.models import Unit, User
from fieldwork.problems import actions as problems
from fieldwork.problems import references
from fieldwork.problems.models import Problem
from fieldwork.problems.schemas import ProblemBody
from fieldwork.records import labels
from fieldwork.records.choices import unknown_terms
from fieldwork.records.models import Record
from fieldwork.records.schemas import Body
from fieldwork.visits import actions as visits
from fieldwork.visits.models import Visit
from fieldwork.visits.schemas import VisitBody


@dataclass(frozen=True)
class Kind:
    """One kind: its table, the schema of what is sent, the action that keeps a new one, the one that changes one."""

    table: type[Record]
    body: type[Body]
    keep: Callable[..., Any]
    change: Callable[..., Any]
    terms: tuple[tuple[str, str, str], ...] = ()  # field, vocabulary, words when there never was such a term


KINDS = {
    "visit": Kind(Visit, VisitBody, visits.record_visit, visits.correct),
    "problem": Kind(
        Problem, ProblemBody, problems.record_problem, problems.correct,
    ),
    "case": Kind(
        Case, CaseBody, cases.write_case, cases.correct, (("case_type", "case_type", case_labels.UNKNOWN_TYPE),)
    ),
}  # fmt: skip


def objections(author: User, kind: Kind, body: Body) -> FieldErrors:
    """What only the units, vocabularies and records that are here know to be wrong with it, by field, in Chinese."""
    found: FieldErrors = {} if Unit.get_or_none(Unit.uid == body.unit) else {"unit": [labels.UNKNOWN_UNIT]}
    if unknown_terms("programme", body.programmes):
        found["programmes"] = [labels.UNKNOWN_PROGRAMME]
    for field, vocabulary, words in kind.terms:
        if unknown_terms(vocabulary, [code] if (code := getattr(body, field)) else []):
            found[field] = [words]
    sources = {"visit": [body.visit] if body.visit else [], "visits": getattr(body, "visits", [])}
    for field, uids in sources.items():
        if _unseen(Visit, author, uids):
            found[field] = [labels.UNKNOWN_VISIT]
    if _unseen(Problem, author, getattr(body, "problems", [])):
        found["problems"] = [labels.UNKNOWN_PROBLEM]
    return found | (references.objections(author, None, body) if isinstance(body, ProblemBody) else {})


def _unseen(table: type[Record], author: User, uids: list[Any]) -> bool:
    wanted = set(uids)
    return bool(wanted) and table.visible_to(author).where(table.uid.in_(list(wanted))).count() < len(wanted)
