"""Problems for the tests, at a given point of their life, and what is answered when a move asks."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from fieldwork import clock
from fieldwork.problems import actions
from fieldwork.problems.models import Problem
from fieldwork.problems.schemas import ProblemIn
from fieldwork.problems.states import MOVES

TEXT = "三组灌溉渠淤塞约600米，春灌时末端水田供水不足"


def in_days(days: int) -> date:
    """A day so far from today."""
    return clock.today() + timedelta(days=days)


def answers(people: Any) -> dict[str, dict[str, Any]]:
    """A sufficient answer to every move that asks for something."""
    stones, agency = people.units.stones.uid, people.units.agency.uid
    return {
        "assign": {"lead_unit": stones, "co_handlers": [agency], "due_on": in_days(14), "requirement": "春灌前疏通"},
        "transfer": {"lead_unit": agency, "reason": "属农业农村部门职责"},
        "resolve": {"done": "已疏通600米"},
        "solve_on_spot": {"done": "当场清理"},
        "progress": {"comment": "已清淤200米"},
        "close": {"verdict": "satisfied", "comment": "水到田头"},
        "return": {"reason": "末端仍不通水"},
        "ask_extension": {"until": in_days(60), "reason": "连续阴雨"},
        "refuse_extension": {"reason": "时限已留足"},
        "wait": {"party": "市水利局", "reason": "等待批复"},
        "shelve": {"reason": "列入明年计划", "look_again_on": in_days(90)},
        "resume": {"due_on": in_days(30)},
        "escalate": {"reason": "请协调资金"},
        "coordinate": {"asked": "市水利局", "reply": "同意安排", "result": "已列入计划"},
        "decline": {"reason": "属个人纠纷"},
        "look_back": {"fixed": "yes", "comment": "渠水畅通"},
        "reopen": {"reason": "又淤塞了"},
    }


def problem(people: Any, author: Any = None, unit: Any = None, **words: Any) -> Problem:
    """Reported by xiaolin at the village, unless said otherwise."""
    said = {"unit": (unit or people.units.stones).uid, "text": TEXT} | words
    return actions.record_problem(author or people.xiaolin, ProblemIn.model_validate(said))


def step(people: Any, actor: Any, record: Problem, code: str, **words: Any) -> Problem:
    """One move by somebody, with a sufficient answer in which `words` replace what they name."""
    asks = MOVES[code].asks
    said = answers(people).get(code, {}) | words
    return actions.move(actor, record, code, record.version, asks.model_validate(said) if asks else None)


def verified(people: Any, **words: Any) -> Problem:
    return step(people, people.county, problem(people, **words), "verify")


def assigned(people: Any, **words: Any) -> Problem:
    """In the hands of the village, with the agency helping, due in two weeks."""
    return step(people, people.county, verified(people), "assign", **words)


def overdue(people: Any, days: int = 30) -> Problem:
    """In the hands of the village, due long ago."""
    with clock.at(clock.now() - timedelta(days=days + 1)):
        return assigned(people, due_on=in_days(1))


def waiting(people: Any) -> Problem:
    return step(people, people.village, assigned(people), "wait")


def asking_for_time(people: Any) -> Problem:
    return step(people, people.village, assigned(people), "ask_extension")


def escalated(people: Any) -> Problem:
    return step(people, people.village, assigned(people), "escalate")


def shelved(people: Any) -> Problem:
    return step(people, people.county, assigned(people), "shelve")


def resolved(people: Any) -> Problem:
    return step(people, people.village, assigned(people), "resolve")


def closed(people: Any) -> Problem:
    return step(people, people.county, resolved(people), "close")


def solved_on_spot(people: Any) -> Problem:
    return problem(people, solved="当场清理")


def merged(people: Any) -> Problem:
    other = problem(people, text="同一条渠")
    return step(people, people.county, problem(people), "merge", into=other.number)


def declined(people: Any) -> Problem:
    return step(people, people.county, problem(people), "decline")


# For every move: a problem it can be made with, who makes it, and the state it must then stand in.
HAPPENS: dict[str, tuple[Callable[[Any], Problem], str, str]] = {
    "verify": (problem, "county", "verified"),
    "assign": (verified, "county", "assigned"),
    "resolve": (assigned, "village", "resolved"),
    "close": (resolved, "county", "closed"),
    "solve_on_spot": (problem, "xiaolin", "on_the_spot"),
    "progress": (assigned, "laoma", "assigned"),
    "ask_extension": (assigned, "village", "assigned"),
    "grant_extension": (asking_for_time, "office", "assigned"),
    "refuse_extension": (asking_for_time, "city", "assigned"),
    "wait": (assigned, "village", "assigned"),
    "continue": (waiting, "village", "assigned"),
    "return": (resolved, "county", "assigned"),
    "transfer": (assigned, "city", "assigned"),
    "shelve": (assigned, "county", "long_term"),
    "resume": (shelved, "county", "assigned"),
    "escalate": (assigned, "xiaolin", "assigned"),
    "coordinate": (escalated, "city", "assigned"),
    "merge": (verified, "county", "merged"),
    "decline": (problem, "county", "declined"),
    "look_back": (closed, "xiaolin", "closed"),
    "reopen": (closed, "county", "verified"),
}
