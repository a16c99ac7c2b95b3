"""Earlier problems like one that is being written or looked at: a hint against recording the same thing twice."""

from fieldwork.core.hanzi import tokens
from fieldwork.people.models import Unit, User
from fieldwork.problems.models import Problem

LOOKED_AT_MAX = 500  # the newest; older ones are found by the search page
READ_CHARS = 300
SHOWN_MAX = 5
IN_COMMON_MIN = 3
LIKE_ENOUGH = 0.3


def alike(user: User, text: str, but: Problem | None = None) -> list[Problem]:
    """At most five problems of those the person sees that say much the same, the likest first."""
    wanted = _pieces(text)
    found = [(_likeness(wanted, _pieces(problem.title + problem.text)), problem) for problem in _candidates(user, but)]
    like = sorted((pair for pair in found if pair[0] >= LIKE_ENOUGH), key=lambda pair: -pair[0])
    return [problem for _, problem in like[:SHOWN_MAX]]


def _candidates(user: User, but: Problem | None) -> list[Problem]:
    query = Problem.visible_to(user).select(Problem, Unit).join(Unit, on=(Problem.unit == Unit.id))
    if but is not None:
        query = query.where(Problem.id != but.id)
    return list(query.order_by(Problem.id.desc()).limit(LOOKED_AT_MAX))


def _pieces(text: str) -> frozenset[str]:
    """The pairs of characters that follow each other in the beginning of a text."""
    return frozenset(tokens.bigrams(tokens.normalise(text[:READ_CHARS])))


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """How much of the shorter text stands in the other: 0 to 1."""
    common = len(a & b)
    return common / min(len(a), len(b)) if common >= IN_COMMON_MIN else 0.0
