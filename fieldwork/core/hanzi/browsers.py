"""What a phone needs to find by itself what must not be sent: the patterns and words of this folder, as JSON values.

Browsers of 2021 know no lookbehind; so a pattern comes without, and with what must not stand before a match (`after`).
"""

from typing import Any

from fieldwork.core.hanzi.marks import MARKS
from fieldwork.core.hanzi.numbers import OTHER_NAME
from fieldwork.core.hanzi.sending import PHONE_OFFER, STOPPED

_NOT_AFTER = "(?<!国)"
_AT_END = r"\n?$"  # Python's $ stands before a last line end as well


def rules() -> dict[str, Any]:
    """Marks as [{source, after}], what names a number as no bank card, and the words for each kind of finding."""
    return {
        "marks": [
            {
                "source": mark.pattern.replace(_NOT_AFTER, "").replace("(?P<", "(?<"),
                "after": _NOT_AFTER[4:-1] if _NOT_AFTER in mark.pattern else "",
            }
            for mark in MARKS
        ],
        "other_name": OTHER_NAME.pattern.removesuffix("$") + _AT_END,
        "said": {**STOPPED, "phone": PHONE_OFFER},
    }
