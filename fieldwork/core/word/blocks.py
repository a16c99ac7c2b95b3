"""Paragraphs, runs, cells: what any document of the house is built of, from top to bottom."""

from collections.abc import Iterable

from docx.oxml.ns import qn

from fieldwork.core.plain import one_line
from fieldwork.core.word import labels
from fieldwork.core.word.styles import BODY, HEADING_1, HEADING_2, SOURCE, TITLE, Style
from fieldwork.core.word.text import Paragraph, lead_of, paragraphs_of, title_lines
from fieldwork.core.word.xml import Node, node

TITLE_EMS = 20
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TWIPS_A_MM = 1440 / 25.4


def run(text: str, font: str = "", *properties: Node) -> Node:
    """A run of text. The hint gives curly quotes and dashes the Chinese font, not the Latin one."""
    own = {"ascii": labels.LATIN, "hAnsi": labels.LATIN, "eastAsia": font} if font else {}
    fonts = node("w:rFonts", hint="eastAsia", **own)
    content = node("w:t")
    content.set(_SPACE, "preserve")
    content.text = one_line(text)
    return node("w:r", node("w:rPr", fonts, *properties), content)


def line_break() -> Node:
    return node("w:r", node("w:br"))


def paragraph(style: Style, *runs: Node | str) -> Node:
    """A paragraph in a named style; a plain string is a run in the style's own font."""
    parts = (run(part) if isinstance(part, str) else part for part in runs)
    return node("w:p", node("w:pPr", node("w:pStyle", val=style.id)), *parts)


def title(text: str, style: Style = TITLE) -> Node:
    """A centred title, broken into lines of about the same length."""
    first, *others = (run(line) for line in title_lines(text, TITLE_EMS))
    return paragraph(style, first, *(part for line in others for part in (line_break(), line)))


def source(text: str) -> Node:
    """The line under a title that says where the text comes from."""
    return paragraph(SOURCE, text)


def body(paragraphs: Iterable[Paragraph]) -> list[Node]:
    """Running text and its numbered headings, each level in its font."""
    return [_body_paragraph(level, text) for level, text in paragraphs]


def named(style: Style, name: str, text: str) -> list[Node]:
    """Text with its name in front, as 编者按 or 摘要 stand; nothing for an empty text."""
    lines = [line for _, line in paragraphs_of(text)]
    if not lines:
        return []
    first, *others = lines
    return [paragraph(style, run(name, labels.HEITI), first), *(paragraph(style, line) for line in others)]


def borders(tag: str, **sides: int) -> Node:
    """The rules around a table or a cell, by side, in eighths of a point; 0 is none."""
    order = [side for side in ("top", "left", "bottom", "right", "insideH", "insideV") if side in sides]
    return node(tag, *(_rule(side, sides[side]) for side in order))


def cell(width: int, *content: Node, rules: Node | None = None) -> Node:
    """A table cell of this width in twips; `rules` are its own borders (w:tcBorders)."""
    place = node("w:tcPr", node("w:tcW", w=width, type="dxa"), rules, node("w:vAlign", val="center"))
    return node("w:tc", place, *content)


def twips(mm: float) -> int:
    return round(mm * _TWIPS_A_MM)


def _body_paragraph(level: int, text: str) -> Node:
    if level not in (1, 2):
        return paragraph(BODY, text)
    heading, rest = lead_of(text)
    block = paragraph(HEADING_1 if level == 1 else HEADING_2, heading)
    if rest:
        block.append(run(rest, labels.FANGSONG))
    else:
        block.find(qn("w:pPr")).extend((node("w:keepNext"), node("w:outlineLvl", val=level)))
    return block


def _rule(side: str, eighths: int) -> Node:
    if not eighths:
        return node(f"w:{side}", val="nil")
    return node(f"w:{side}", val="single", sz=eighths, space=0, color="000000")
