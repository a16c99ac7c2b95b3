"""What each move sets in the row besides the state; a move that is not here sets nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fieldwork import clock
from fieldwork.people.models import User
from fieldwork.problems.deadlines import after_waiting
from fieldwork.problems.models import Problem
from fieldwork.problems.references import Named

Values = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """One move being made: by whom, with which problem, what was said with it, and the rows that names."""

    actor: User
    problem: Problem
    data: Any
    named: Named


def of(code: str, act: Act) -> Values:
    """The columns a move sets."""
    effect = EFFECTS.get(code)
    return effect(act) if effect else {}


def _waited(problem: Problem) -> Values:
    """The end of a wait, with the deadline moved on by the working days it took."""
    if problem.waiting_since is None:
        return {}
    since = clock.local(problem.waiting_since).date()
    due_on, days = after_waiting(problem.due_on, since, clock.today())
    return {"waiting_since": None, "waited_days": problem.waited_days + days, "due_on": due_on}


def _out_of_hand(problem: Problem) -> Values:
    """The clock stops: nobody is awaited and no extension is pending any more."""
    return {"asked_due_on": None} | _waited(problem)


def _new_deadline(act: Act) -> Values:
    return {"due_on": act.data.due_on} if act.data.due_on else {}


UNDONE: Values = {
    "closed_at": None, "verdict": "", "is_fixed": None, "merged_into": None, "solver": None,
    "due_on": None, "asked_due_on": None, "waiting_since": None, "waited_days": 0,
}  # fmt: skip
"""What ended a problem, taken back; the lead unit stays as a proposal for the new assignment."""

EFFECTS: dict[str, Callable[[Act], Values]] = {
    "assign": lambda act: {
        "lead_unit": act.named["lead_unit"],
        "due_on": act.data.due_on,
        "requirement": act.data.requirement,
    },
    "transfer": lambda act: _out_of_hand(act.problem) | {"lead_unit": act.named["lead_unit"]} | _new_deadline(act),
    "resolve": lambda act: (
        _out_of_hand(act.problem) | {"done": act.data.done, "solver": act.actor, "look_again_on": None}
    ),
    "solve_on_spot": lambda act: {"done": act.data.done, "solver": act.actor},
    "close": lambda act: {"closed_at": clock.now(), "verdict": act.data.verdict, "is_fixed": None},
    "return": _new_deadline,
    "ask_extension": lambda act: {"asked_due_on": act.data.until},
    "grant_extension": lambda act: {"due_on": act.problem.asked_due_on, "asked_due_on": None},
    "refuse_extension": lambda _: {"asked_due_on": None},
    "wait": lambda _: {"waiting_since": clock.now()},
    "continue": lambda act: _waited(act.problem),
    "shelve": lambda act: _out_of_hand(act.problem) | {"look_again_on": act.data.look_again_on},
    "resume": lambda act: {"due_on": act.data.due_on, "look_again_on": None},
    "escalate": lambda _: {"is_escalated": True},
    "coordinate": lambda act: {"is_escalated": not act.data.settled},
    "merge": lambda act: _out_of_hand(act.problem) | {"merged_into": act.named["into"]},
    "look_back": lambda act: {"is_fixed": act.data.fixed == "yes"},
    "reopen": lambda _: UNDONE,
}
