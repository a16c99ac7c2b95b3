"""Marks of secrecy as documents carry them (GB/T 9704 and its common variants), told from talk about secrecy."""

import re
from collections.abc import Iterator

_LEVEL = "(?:绝 {0,4}密|机 {0,4}密|秘 {0,4}密)(?:级|件)?"
_TERM = "(?: *(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}) *(?:年|个月|月|天)| *长期)"
_LABEL = "(?:密级|(?:保密|涉密|秘密|定密)(?:等级|级别))"
_URGENCY = "(?:特提|特急|加急|平急|急件|紧急)"
_DOCUMENT = "(?:通知|报告|意见|方案|纪要|请示|批复|函|决定|材料|文件|号|》)"

MARKS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        # 机密★1年, 秘密★; an asterisk only where emphasis cannot be meant
        rf"(?P<mark>{_LEVEL} ?(?:[★☆⭐※]|\*(?={_TERM}| *$)){_TERM}?)",
        # 密级：机密
        rf"(?P<mark>{_LABEL}(?: ?: ?| ?(?:确?定)?为 ?| ?是 ?| )[“\"]?{_LEVEL}{_TERM}?)",
        # 【机密】 anywhere, but （秘密） only where a document puts it
        rf"(?P<mark>[【\[〔〖] ?{_LEVEL}{_TERM}? ?[】\]〕〗])",
        rf"^ *(?P<mark>\( ?{_LEVEL}{_TERM}? ?\))(?! ?(?:投票|选举|表决))",
        rf"{_DOCUMENT} *(?P<mark>\( ?{_LEVEL}{_TERM}? ?\)) *$",
        # on a line of its own, perhaps with a copy number, a term, an urgency
        rf"^ *(?:[0-9]{{6}} +)?(?:{_URGENCY} +)?(?P<mark>{_LEVEL}[ :·]*{_TERM}?)(?: +{_URGENCY})? *$",
        # the number of a secret document: ×委密〔2026〕3号; 国密 is an office that publishes
        r"(?P<mark>(?<!国)密(?:发|电|函|字|传)? ?[〔\[(【] ?(?:19|20)[0-9]{2} ?[〕\])】] ?第?[0-9]{1,4} ?号)",
    )
)


def marks_in(plain: str) -> Iterator[tuple[int, int]]:
    """Where marks stand in a text of half-width characters: spans, the same place perhaps more than once."""
    if "密" in plain:
        for pattern in MARKS:
            yield from (match.span("mark") for match in pattern.finditer(plain))
