"""The moves of a case: written, reviewed stage by stage, banked, promoted as a model, kept or revoked.

While `in_review`, `stage` says whose turn it is: stages are data, so passing has no fixed target (see stages.py).
"""

from fieldwork.cases.schemas import Comment, Cultivation, Promotion, Reason, Return
from fieldwork.core.moves import Move, moves

DRAFT, IN_REVIEW, RETURNED, WITHDRAWN = "draft", "in_review", "returned", "withdrawn"
CULTIVATING, DECLINED, BANKED, PROMOTED = "cultivating", "declined", "banked", "promoted"
ARCHIVED, REVOKED = "archived", "revoked"
STATES = (DRAFT, IN_REVIEW, RETURNED, WITHDRAWN, CULTIVATING, DECLINED, BANKED, PROMOTED, ARCHIVED, REVOKED)

WRITABLE = frozenset({DRAFT, RETURNED, WITHDRAWN, CULTIVATING})


def is_complete(case: object) -> bool:
    """Whether there is something to review: a title and a practice."""
    return bool(getattr(case, "title", "") and getattr(case, "text", ""))


MOVES = moves(
    Move("submit", "submission", WRITABLE, IN_REVIEW, who="case.write", ready=is_complete),
    Move("withdraw", "withdrawal", frozenset({IN_REVIEW}), WITHDRAWN, who="case.write"),
    Move("pass", "approval", frozenset({IN_REVIEW}), None, who="case.review", asks=Comment),
    Move("return", "return", frozenset({IN_REVIEW}), RETURNED, who="case.review", asks=Return),
    Move("cultivate", "cultivation", frozenset({IN_REVIEW, BANKED}), CULTIVATING, "case.cultivate", Cultivation),
    Move("decline", "refusal", frozenset({IN_REVIEW}), DECLINED, who="case.review", asks=Reason),
    Move("promote", "promotion", frozenset({BANKED, PROMOTED}), PROMOTED, who="case.promote", asks=Promotion),
    Move("archive", "archiving", frozenset({BANKED, PROMOTED}), ARCHIVED, who="case.keep", asks=Comment),
    Move("revoke", "revocation", frozenset({BANKED, PROMOTED}), REVOKED, who="case.keep", asks=Reason),
)
AUTHORS_MOVES = ("submit", "withdraw")
