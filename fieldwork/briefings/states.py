"""The moves of an issue: 编辑中 → 待签发 → 已签发. Issuing is for ever: nothing leads out of it."""

from typing import Any

from fieldwork.briefings.schemas import Comment, Nothing
from fieldwork.core.moves import Move, moves

DRAFT, TO_SIGN, ISSUED = "draft", "to_sign", "issued"


def has_items(briefing: Any) -> bool:
    """An empty issue goes nowhere."""
    return bool(briefing.has_items)


MOVES = moves(
    Move("ask", "signing-request", frozenset({DRAFT}), TO_SIGN, "briefing.edit", Nothing, has_items),
    Move("hand_back", "signing-return", frozenset({TO_SIGN}), DRAFT, "briefing.issue", Comment),
    Move("issue", "issuance", frozenset({DRAFT, TO_SIGN}), ISSUED, "briefing.issue", Nothing, has_items),
)
