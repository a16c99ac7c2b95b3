"""The foot of a briefing (报尾): who it is reported, sent and given to, and how many copies, at the last page's end."""

from fieldwork.briefings import labels
from fieldwork.briefings.sheet import Sheet
from fieldwork.briefings.word_styles import COPIES, FOOT
from fieldwork.core.plain import one_line
from fieldwork.core.word.blocks import borders, cell, paragraph, twips
from fieldwork.core.word.skeleton import LEFT_MM
from fieldwork.core.word.styles import GAP, TEXT_WIDTH_MM
from fieldwork.core.word.xml import Node, node

THICK, THIN = 8, 6  # eighths of a point: 0.35 mm and 0.25 mm


def foot(sheet: Sheet) -> list[Node]:
    """The rules with what stands between them, at the bottom of the last page; nothing if all is empty."""
    named = (
        (labels.REPORT_TO, sheet.report_to),
        (labels.SEND_TO, sheet.send_to),
        (labels.DISTRIBUTE_TO, sheet.distribute_to),
    )
    lines = [paragraph(FOOT, name + one_line(text).strip()) for name, text in named if text.strip()]
    if sheet.copies > 0:
        lines.append(paragraph(COPIES, labels.copies(sheet.copies)))
    return [_table(lines), paragraph(GAP)] if lines else []


def _table(lines: list[Node]) -> Node:
    """A table that stands on the bottom of the page's text, its rules as wide as the text."""
    width = twips(TEXT_WIDTH_MM)
    rows = (
        node("w:tr", node("w:trPr", node("w:cantSplit")), cell(width, line, rules=_rules(place, len(lines))))
        for place, line in enumerate(lines)
    )
    margins = node("w:tblCellMar", node("w:left", w=0, type="dxa"), node("w:right", w=0, type="dxa"))
    size = (node("w:tblW", w=width, type="dxa"), node("w:tblLayout", type="fixed"), margins)
    return node("w:tbl", node("w:tblPr", _place(), *size), node("w:tblGrid", node("w:gridCol", w=width)), *rows)


def _place() -> Node:
    """Sideways from the page's edge: a table as wide as the text floats in LibreOffice only if placed so."""
    anchors = {"vertAnchor": "margin", "horzAnchor": "page"}
    return node("w:tblpPr", leftFromText=0, rightFromText=0, **anchors, tblpX=twips(LEFT_MM), tblpYSpec="bottom")


def _rules(place: int, count: int) -> Node:
    """Thick above the first line and below the last, thin above the last."""
    is_last = place == count - 1
    top = THICK if place == 0 else THIN if is_last else 0
    return borders("w:tcBorders", top=top, bottom=THICK if is_last else 0)
