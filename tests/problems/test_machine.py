"""Random people try random moves on one problem; a small model, written from the rules and not from the code, says who
should succeed. No path reaches a state by somebody who may not, and every success leaves one version and one entry."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from fieldwork.errors import Conflict, Forbidden, Refused, Stale
from fieldwork.journal import AuditEntry
from fieldwork.people.policy import may
from fieldwork.problems.models import Problem
from fieldwork.problems.states import MOVES
from fieldwork.records.models import Revision
from tests.problems import making

NAMES = ["xiaolin", "laoma", "village", "stranger", "county", "east", "sector", "city", "office", "leader", "admin"]
DESKS = {"county", "city", "office"}  # for a problem in the north outside the health sector
RECORDERS = set(NAMES) - {"admin"}
UNIT_OF = {
    "village": "stones",
    "laoma": "agency",
    "sector": "agency",
    "stranger": "hospital",
    "county": "north_committee",
}
UNIT_OF |= {"east": "east_committee"} | dict.fromkeys(["xiaolin", "city", "office", "leader", "admin"], "committee")
HANDLERS = {"village", "laoma", "stranger"}
LEADS = ["stones", "agency", "committee", "north_committee"]


@dataclass
class Expected:
    """What should be true of the problem."""

    state: str = "reported"
    lead: str = ""
    helpers: set[str] = field(default_factory=set)
    solver: str = ""
    asks_for_time: bool = False
    waits: bool = False
    escalated: bool = False

    def starts(self, code: str) -> bool:
        """Whether the move can be made from here at all."""
        in_hand = self.state == "assigned"
        return {
            "verify": self.state == "reported",
            "assign": self.state == "verified",
            "resolve": self.state in {"assigned", "long_term"},
            "close": self.state in {"resolved", "on_the_spot"},
            "solve_on_spot": self.state == "reported",
            "progress": self.state in {"assigned", "long_term"},
            "ask_extension": in_hand and not self.asks_for_time,
            "grant_extension": in_hand and self.asks_for_time,
            "refuse_extension": in_hand and self.asks_for_time,
            "wait": in_hand and not self.waits,
            "continue": in_hand and self.waits,
            "return": self.state == "resolved",
            "transfer": in_hand,
            "shelve": in_hand,
            "resume": self.state == "long_term",
            "escalate": self.state in {"verified", "assigned", "long_term"} and not self.escalated,
            "coordinate": self.state in {"verified", "assigned", "long_term"} and self.escalated,
            "merge": self.state in {"reported", "verified", "assigned"},
            "decline": self.state in {"reported", "verified"},
            "look_back": self.state == "closed",
            "reopen": self.state in {"closed", "on_the_spot", "merged", "declined"},
        }[code]

    def is_for(self, code: str, name: str) -> bool:
        """Whether this person should be let do it."""
        unit = UNIT_OF[name]
        leads = name in HANDLERS and unit == self.lead
        handles = name in HANDLERS and unit in self.helpers | {self.lead}
        outside = unit != self.lead and name != self.solver
        special = {
            "resolve": leads,
            "ask_extension": leads,
            "progress": handles,
            "solve_on_spot": name == "xiaolin",
            "wait": leads or name in DESKS,
            "continue": leads or name in DESKS,
            "escalate": handles or name in DESKS | {"xiaolin"},
            "close": name in DESKS and outside,
            "look_back": name in RECORDERS and outside,
        }
        return special.get(code, name in DESKS)

    def after(self, code: str, name: str, words: dict[str, Any]) -> None:
        """Take note of a move that was made."""
        self.state = {
            "verify": "verified", "assign": "assigned", "resolve": "resolved", "close": "closed",
            "solve_on_spot": "on_the_spot", "return": "assigned", "shelve": "long_term", "resume": "assigned",
            "merge": "merged", "decline": "declined", "reopen": "verified",
        }.get(code, self.state)  # fmt: skip
        if code in {"assign", "transfer"}:
            self.lead, self.helpers = words["lead"], set(words["helpers"])
        if code in {"resolve", "solve_on_spot"}:
            self.solver = name
        if code == "reopen":
            self.solver = ""
        if code in {"resolve", "transfer", "shelve", "merge", "grant_extension", "refuse_extension", "reopen"}:
            self.asks_for_time = False
        if code in {"resolve", "transfer", "shelve", "merge", "continue", "reopen"}:
            self.waits = False
        self.asks_for_time |= code == "ask_extension"
        self.waits |= code == "wait"
        self.escalated = (self.escalated or code == "escalate") and not words.get("settled", False)


class LifeOfAProblem(RuleBasedStateMachine):
    """One problem, from its recording on; `people` is the town it happens in."""

    people: ClassVar[Any]
    made: ClassVar[set[str]]

    @initialize()
    def somebody_records_a_problem(self) -> None:
        self.other = making.problem(self.people, text="另一件")
        self.problem = self.older = making.problem(self.people)
        self.expected = Expected()
        self.kept = 1

    @rule(code=some.sampled_from(list(MOVES)), name=some.sampled_from(NAMES), data=some.data())
    def somebody_tries_something(self, code: str, name: str, data: some.DataObject) -> None:
        self.attempt(code, name, self.words(code, name, data))

    @rule(times=some.integers(1, 3), data=some.data())
    def the_right_people_do_what_is_open(self, times: int, data: some.DataObject) -> None:
        for _ in range(times):
            code = data.draw(some.sampled_from([code for code in MOVES if self.expected.starts(code)] or ["reopen"]))
            names = [name for name in NAMES if self.expected.is_for(code, name)]
            if names:
                name = data.draw(some.sampled_from(names))
                self.attempt(code, name, self.words(code, name, data))

    @rule(code=some.sampled_from(list(MOVES)), name=some.sampled_from(NAMES))
    def somebody_acts_on_what_is_no_longer_so(self, code: str, name: str) -> None:
        if self.older.version < self.problem.version:
            with_words = {"into": self.other.number} if code == "merge" else {}
            with pytest.raises((Stale, Forbidden, Conflict)):
                making.step(self.people, getattr(self.people, name), self.older, code, **with_words)

    @invariant()
    def every_success_left_one_version_and_one_entry(self) -> None:
        if hasattr(self, "problem"):
            fresh = Problem.get_by_id(self.problem.id)
            assert (fresh.state, fresh.version) == (self.expected.state, self.kept)
            assert AuditEntry.select().where(AuditEntry.subject_uid == fresh.uid).count() == self.kept
            mine = (Revision.kind == "problem") & (Revision.record_id == fresh.id)
            assert Revision.select().where(mine).count() == self.kept

    # --- one attempt

    def attempt(self, code: str, name: str, words: dict[str, Any]) -> None:
        actor, may_now = getattr(self.people, name), self.expected.is_for(code, name)
        should = self.expected.starts(code) and may_now
        offered = code in {move.code for move in MOVES.open_to(actor, self.problem, may)}
        assert offered == should, f"{code} is {'' if offered else 'not '}offered to {name} at {self.expected}"
        try:
            moved = making.step(self.people, actor, self.problem, code, **self.said(words))
        except Refused:
            assert not should, f"{name} was refused {code} at {self.expected}"
            return
        assert should, f"{name} could {code} at {self.expected}"
        self.made.add(code)
        self.older, self.problem, self.kept = self.problem, moved, self.kept + 1
        self.expected.after(code, name, words)

    def words(self, code: str, name: str, data: some.DataObject) -> dict[str, Any]:
        if code in {"assign", "transfer"}:
            lead = data.draw(some.sampled_from([unit for unit in LEADS if unit != self.expected.lead]))
            helpers = data.draw(some.lists(some.sampled_from([u for u in LEADS if u != lead]), unique=True, max_size=2))
            return {"lead": lead, "helpers": helpers}
        if code == "ask_extension":
            return {"until": making.in_days(14 + 30 * self.kept)}
        if code == "merge":
            return {"into": self.other.number}
        return {"settled": data.draw(some.booleans())} if code == "coordinate" else {}

    def said(self, words: dict[str, Any]) -> dict[str, Any]:
        if "lead" in words:
            units = self.people.units
            helpers = [getattr(units, helper).uid for helper in words["helpers"]]
            return {"lead_unit": getattr(units, words["lead"]).uid, "co_handlers": helpers}
        return words


def test_nobody_reaches_a_state_they_may_not_and_every_move_is_written_down_once(people: Any) -> None:
    LifeOfAProblem.people, LifeOfAProblem.made = people, set()
    run_state_machine_as_test(
        LifeOfAProblem,
        settings=settings(
            max_examples=25,
            stateful_step_count=24,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert len(LifeOfAProblem.made) >= 15, f"the walk was too short: {sorted(LifeOfAProblem.made)}"
