"""The moves of an issue: 编辑中 → 待签发 → 已签发. Issuing is for ever: nothing leads out of it."""

from fieldwork.briefings.schemas import Comment, Nothing
from fieldwork.core.moves import Move, moves

DRAFT, TO_SIGN, ISSUED = "draft", "to_sign", "issued"

MOVES = moves(
    Move("ask", "signing-request", frozenset({DRAFT}), TO_SIGN, who="briefing.edit", asks=Nothing, ready=lambda b: b.has_items),
    Move("hand_back", "signing-return", frozenset({TO_SIGN}), DRAFT, who="briefing.issue", asks=Comment),
    Move("issue", "issuance", frozenset({DRAFT, TO_SIGN}), ISSUED, who="briefing.issue", asks=Nothing, ready=lambda b: b.has_items),
)  # fmt: skip
