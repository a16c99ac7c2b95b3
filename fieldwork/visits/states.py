"""The moves of a visit: a draft is its author's alone until it is submitted."""

from fieldwork.core.moves import Move, moves

DRAFT, SUBMITTED = "draft", "submitted"

MOVES = moves(Move("submit", "submission", frozenset({DRAFT}), SUBMITTED, who="record.edit"))
