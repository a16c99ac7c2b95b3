"""Cases for the tests of review, at a given point of their way."""

from typing import Any

from fieldwork.cases import actions as authors
from fieldwork.cases.models import Case
from fieldwork.cases.schemas import CaseIn, Comment, Promotion
from fieldwork.review import actions

WORDS = {"title": "板凳议事会", "text": "党员楼长召集，居民点题，部门应答。", "effect": "议定37件。"}


def draft(people: Any, author: Any = None, unit: Any = None, **words: Any) -> Case:
    """A case of the village, written by xiaolin unless said otherwise."""
    said = CaseIn.model_validate({"unit": (unit or people.units.stones).uid, **WORDS, **words})
    return authors.write_case(author or people.xiaolin, said)


def submitted(people: Any, **more: Any) -> Case:
    """Waiting for the county."""
    case = draft(people, **more)
    return authors.move(case.author, case, "submit", case.version)


def passed(case: Case, *reviewers: Any) -> Case:
    """After these reviewers let it pass, one stage each."""
    for reviewer in reviewers:
        case = actions.decide(reviewer, case, "pass", case.version, Comment())
    return case


def banked(people: Any, **more: Any) -> Case:
    """Through all three stages."""
    return passed(submitted(people, **more), people.county, people.city, people.leader)


def promoted(people: Any, grade: str = "county", **more: Any) -> Case:
    """A model."""
    case = banked(people, **more)
    return actions.decide(people.leader, case, "promote", case.version, Promotion(grade=grade))
