"""The life of a problem: every state, and every move with where it starts, where it ends, who may, and what it asks."""

from typing import Any

from fieldwork.core.moves import Move, moves
from fieldwork.problems import schemas as words

REPORTED = "reported"
VERIFIED = "verified"
ASSIGNED = "assigned"
RESOLVED = "resolved"
CLOSED = "closed"
ON_THE_SPOT = "on_the_spot"
LONG_TERM = "long_term"
MERGED = "merged"
DECLINED = "declined"

STATES = (REPORTED, VERIFIED, ASSIGNED, RESOLVED, CLOSED, ON_THE_SPOT, LONG_TERM, MERGED, DECLINED)
OPEN = frozenset({REPORTED, VERIFIED, ASSIGNED, RESOLVED, ON_THE_SPOT, LONG_TERM})
ENDED = frozenset(STATES) - OPEN
FORWARD = frozenset({"verify", "assign", "resolve", "close", "grant_extension", "resume"})
"""The moves that carry a problem towards its end; the others turn it aside, or hold or help it."""


def is_waiting(problem: Any) -> bool:
    return problem.waiting_since is not None


def is_running(problem: Any) -> bool:
    return problem.waiting_since is None


def wants_time(problem: Any) -> bool:
    return problem.asked_due_on is not None


def may_want_time(problem: Any) -> bool:
    return problem.due_on is not None and problem.asked_due_on is None


def is_escalated(problem: Any) -> bool:
    return problem.is_escalated


def is_not_escalated(problem: Any) -> bool:
    return not problem.is_escalated


def _at(*states: str) -> frozenset[str]:
    return frozenset(states)


SOLVED = _at(CLOSED, ON_THE_SPOT)
BEFORE_ASSIGNMENT = _at(REPORTED, VERIFIED)
IN_HAND = _at(ASSIGNED, LONG_TERM)
UNDER_WAY = _at(VERIFIED, ASSIGNED, LONG_TERM)

DESK, LEAD, HANDLER, RAISER = "problem.oversee", "problem.lead", "problem.handle", "problem.raise"

MOVES = moves(
    # the straight way
    Move("verify", "verification", _at(REPORTED), VERIFIED, DESK, words.Comment),
    Move("assign", "assignment", _at(VERIFIED), ASSIGNED, DESK, words.Assignment),
    Move("resolve", "resolution", IN_HAND, RESOLVED, LEAD, words.Solution),
    Move("close", "closing", _at(RESOLVED, ON_THE_SPOT), CLOSED, "problem.close", words.Closing),
    Move("solve_on_spot", "spot-solution", _at(REPORTED), ON_THE_SPOT, RAISER, words.Solution),
    # the work, and its clock
    Move("progress", "progress", IN_HAND, None, HANDLER, words.Progress),
    Move("ask_extension", "extension-request", _at(ASSIGNED), None, LEAD, words.ExtensionRequest, may_want_time),
    Move("grant_extension", "extension", _at(ASSIGNED), None, DESK, words.Comment, wants_time),
    Move("refuse_extension", "extension-refusal", _at(ASSIGNED), None, DESK, words.Reason, wants_time),
    Move("wait", "waiting", _at(ASSIGNED), None, "problem.wait", words.Waiting, is_running),
    Move("continue", "continuation", _at(ASSIGNED), None, "problem.wait", words.Comment, is_waiting),
    # back, and to others
    Move("return", "return", _at(RESOLVED), ASSIGNED, DESK, words.Return),
    Move("transfer", "transfer", _at(ASSIGNED), ASSIGNED, DESK, words.Transfer),
    Move("shelve", "shelving", _at(ASSIGNED), LONG_TERM, DESK, words.Shelving),
    Move("resume", "resumption", _at(LONG_TERM), ASSIGNED, DESK, words.Resumption),
    # help from above
    Move("escalate", "escalation", UNDER_WAY, None, "problem.escalate", words.Reason, is_not_escalated),
    Move("coordinate", "coordination", UNDER_WAY, None, DESK, words.Coordination, is_escalated),
    # other ends, and after the end
    Move("merge", "merger", BEFORE_ASSIGNMENT | {ASSIGNED}, MERGED, DESK, words.Merger),
    Move("decline", "refusal", BEFORE_ASSIGNMENT, DECLINED, DESK, words.Reason),
    Move("look_back", "look-back", _at(CLOSED), None, "problem.look_back", words.LookBack),
    Move("reopen", "reopening", ENDED | {ON_THE_SPOT}, VERIFIED, DESK, words.Reason),
)
