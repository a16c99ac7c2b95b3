"""State tables: which moves are open to whom, and what the table says of itself."""

from types import SimpleNamespace
from typing import Any

import pytest

from fieldwork.core.moves import Move, moves
from fieldwork.errors import Conflict

TABLE = moves(
    Move("open", "opening", frozenset({"shut"}), "open", who="anybody"),
    Move("shut", "shutting", frozenset({"open"}), "shut", who="owner", ready=lambda door: not door.is_stuck),
)


def may(actor: str, rule: str, door: Any) -> bool:
    return rule == "anybody" or actor == door.owner


def door(state: str, is_stuck: bool = False) -> SimpleNamespace:
    return SimpleNamespace(state=state, owner="ann", is_stuck=is_stuck)


def test_a_person_is_offered_the_moves_that_start_here_and_are_theirs() -> None:
    assert [move.code for move in TABLE.open_to("ann", door("open"), may)] == ["shut"]
    assert TABLE.open_to("bob", door("open"), may) == []
    assert [move.code for move in TABLE.open_to("bob", door("shut"), may)] == ["open"]


def test_a_condition_on_the_record_holds_a_move_back() -> None:
    assert TABLE.open_to("ann", door("open", is_stuck=True), may) == []


def test_a_move_from_elsewhere_is_a_conflict() -> None:
    assert TABLE.require("open", door("shut")).target == "open"
    with pytest.raises(Conflict) as refusal:
        TABLE.require("open", door("open"))
    assert refusal.value.facts == {"state": "open", "move": "open"}


def test_two_moves_cannot_share_a_code() -> None:
    with pytest.raises(ValueError, match="same code"):
        moves(TABLE["open"], TABLE["open"])


def test_the_table_draws_itself() -> None:
    assert TABLE.diagram().splitlines() == ["stateDiagram-v2", "    shut --> open: open", "    open --> shut: shut"]
