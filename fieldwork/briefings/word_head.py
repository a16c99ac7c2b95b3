"""The head of a briefing (报头), the editor's note (编者按) and the contents (目录)."""

import re
from collections.abc import Iterable

from docx.oxml.ns import qn

from fieldwork.briefings import labels
from fieldwork.briefings.sheet import Sheet, SheetItem
from fieldwork.briefings.word_styles import CONTENTS, CONTENTS_HEAD, MASTHEAD, NOTE, NOTICE, NUMBER, ORGAN
from fieldwork.core.plain import one_line
from fieldwork.core.word.blocks import named, paragraph, run
from fieldwork.core.word.styles import RED
from fieldwork.core.word.xml import Node, node

LARGEST, SMALLEST = 72, 26  # points of a masthead
WIDEST = 400  # points a masthead may take of the line's 442
RULE = 24  # eighths of a point

_NOTE_TYPED = re.compile(rf"\A\s*{labels.NOTE_TYPED}")


def head(sheet: Sheet) -> list[Node]:
    """The upper third of the first page down to the thick red rule."""
    return [
        paragraph(NOTICE, sheet.internal_notice),
        _masthead(sheet.masthead),
        paragraph(NUMBER, labels.number(sheet.issue_no, sheet.total_no)),
        _organ_and_date(sheet),
    ]


def note(text: str) -> list[Node]:
    """The editor's note, its name in front; nothing for an empty one."""
    return named(NOTE, labels.NOTE, _NOTE_TYPED.sub("", text, count=1))


def contents(items: Iterable[SheetItem]) -> list[Node]:
    """The headings of the issue. Without page numbers: Word would print stale ones until someone updates the fields."""
    lines = (paragraph(CONTENTS, labels.CONTENTS_MARK + one_line(item.heading).strip()) for item in items)
    return [paragraph(CONTENTS_HEAD, labels.CONTENTS), *lines]


def _masthead(name: str) -> Node:
    """The name in red, as large as the line holds it, its letters spread when they are few."""
    opening, closing = labels.QUOTED_NAME
    letters = one_line(name).strip().removeprefix(opening).removesuffix(closing) or " "
    points = max(SMALLEST, min(LARGEST, WIDEST // len(letters)))
    gap = min(points * 0.6, max(0, (WIDEST - points * len(letters)) / max(1, len(letters) - 1)))
    block = paragraph(MASTHEAD, _large(letters[:-1], points, gap), _large(letters[-1], points, 0))
    line = node("w:spacing", line=round(points * 1.25 * 20), lineRule="exact")
    block.find(qn("w:pPr")).append(line)
    return block


def _large(letters: str, points: int, gap: float) -> Node:
    size = points * 2
    look = (node("w:spacing", val=round(gap * 20)), node("w:sz", val=size), node("w:szCs", val=size))
    return run(letters, "", *look)


def _organ_and_date(sheet: Sheet) -> Node:
    block = paragraph(ORGAN, sheet.organ, node("w:r", node("w:tab")), labels.day(sheet.date))
    rule = node("w:bottom", val="single", sz=RULE, space=4, color=RED)
    block.find(qn("w:pPr")).append(node("w:pBdr", rule))
    return block
