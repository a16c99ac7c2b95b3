"""The table of moves, and that each of them really happens."""

from typing import Any

import pytest

from fieldwork import journal
from fieldwork.people.policy import RULES, may
from fieldwork.problems import labels
from fieldwork.problems.states import ENDED, FORWARD, MOVES, OPEN, REPORTED, STATES
from tests.problems import making


@pytest.mark.parametrize("code", list(MOVES))
def test_every_declared_move_can_be_made_and_ends_where_the_table_says(code: str, people: Any) -> None:
    make, name, state = making.HAPPENS[code]
    before, actor = make(people), getattr(people, name)
    assert MOVES[code] in MOVES.open_to(actor, before, may)
    words = {"into": making.problem(people, text="同一条渠").number} if code == "merge" else {}
    after = making.step(people, actor, before, code, **words)
    assert (after.state, after.version) == (state, before.version + 1)
    assert after.state == (MOVES[code].target or before.state)
    assert journal.last_of(after.uid).action == f"problem.{code}"


@pytest.mark.parametrize("state", sorted(ENDED | {"on_the_spot"}))
def test_every_end_can_be_undone(state: str, people: Any) -> None:
    ends = {"closed": making.closed, "merged": making.merged, "declined": making.declined}
    ended = ends.get(state, making.solved_on_spot)(people)
    assert ended.state == state
    again = making.step(people, people.county, ended, "reopen")
    assert (again.state, again.merged_into_id, again.closed_at, again.solver_id) == ("verified", None, None, None)


def test_every_state_is_reached_from_the_first_by_the_moves_alone() -> None:
    reached = {REPORTED}
    for _ in STATES:
        reached |= {move.target for move in MOVES.values() if move.target and move.source & reached}
    assert reached == set(STATES) == OPEN | ENDED


def test_every_move_has_a_rule_a_word_and_an_address_of_its_own() -> None:
    assert {move.who for move in MOVES.values()} <= RULES.keys()
    assert set(labels.MOVES) == set(MOVES)
    assert set(labels.STATES) == set(STATES)
    assert len({move.noun for move in MOVES.values()}) == len(MOVES)
    assert set(MOVES) >= FORWARD


def test_everything_a_move_asks_for_has_a_word() -> None:
    asked = {field for move in MOVES.values() for field in move.asks.model_fields}
    assert asked - set(labels.FIELDS) == {"mask", "keep_phones", "held"}
