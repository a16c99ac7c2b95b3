"""How plain text becomes paragraphs: the levels of official writing, and titles broken into even lines."""

import re
from itertools import pairwise
from typing import TypeAlias

from fieldwork.core.plain import one_line, plain
from fieldwork.core.word import labels

Paragraph: TypeAlias = tuple[int, str]

_LEVELS = tuple((level, re.compile(pattern)) for level, pattern in labels.LEVELS)
_WORD = re.compile(r"[0-9A-Za-z.%]")


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """One (level, text) a line that is not blank; level 0 is running text, 1 to 4 the four numberings of GB/T 9704.

    Indents typed by hand are dropped (the layout makes its own); a decimal number is no numbering.
    """
    lines = (one_line(line).strip() for line in plain(text).split("\n"))
    return tuple((_level_of(line), line) for line in lines if line)


def lead_of(text: str) -> tuple[str, str]:
    """A numbered paragraph as its heading, up to the first full stop, and the text that runs on after it."""
    end = text.find(labels.FULL_STOP) + 1
    return (text[:end], text[end:]) if 0 < end < len(text) else (text, "")


def width_of(text: str) -> float:
    """The width in ems: what is not Latin counts one, Latin letters and digits a half."""
    return sum(0.5 if character < "\u0250" else 1 for character in text)


def title_lines(text: str, width: float) -> tuple[str, ...]:
    """The title on as few lines of `width` ems as hold it, about equally long: no line is left with one word."""
    text = one_line(text).strip()
    if width_of(text) <= width:
        return (text,)
    count = int(-(-width_of(text) // width))
    cuts = [0, *(_cut_near(text, len(text) * part // count) for part in range(1, count)), len(text)]
    return tuple(text[start:end].strip() for start, end in pairwise(sorted(set(cuts))) if text[start:end].strip())


def _level_of(line: str) -> int:
    return next((level for level, pattern in _LEVELS if pattern.match(line)), 0)


def _cut_near(text: str, middle: int) -> int:
    """The place to break: after a pause close by, else the nearest that splits no word and no pair of marks."""
    near = sorted(range(max(1, middle - 5), min(len(text), middle + 6)), key=lambda place: abs(place - middle))
    after_pause = [place for place in near if text[place - 1] in labels.PAUSES and text[place] not in labels.PAUSES]
    return next(iter([*after_pause, *(place for place in near if _may_break(text, place))]), middle)


def _may_break(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    in_word = bool(_WORD.match(before) and _WORD.match(after))
    return not in_word and before not in labels.OPENING and after not in labels.CLOSING
