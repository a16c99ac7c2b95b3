"""A table of figures over the whole text width."""

from collections.abc import Sequence

from docx.oxml.ns import qn

from fieldwork.core.plain import one_line
from fieldwork.core.word.blocks import borders, cell, paragraph, twips
from fieldwork.core.word.styles import CELL, CELL_HEAD, CELL_SHORT, GAP, TEXT_WIDTH_MM, Style
from fieldwork.core.word.text import width_of
from fieldwork.core.word.xml import Node, node

KEPT_ROWS = 12  # a table up to here stays on one page
SHORT_EMS = 8
LEAST_EMS, MOST_EMS, MARGIN_EMS = 2, 20, 1
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")

Row = Sequence[str]


def table(rows: Sequence[Row]) -> list[Node]:
    """The rows as a ruled table, the first as its head, repeated on every page. Short rows are filled up."""
    if not rows:
        return []
    columns = max(len(row) for row in rows)
    full = [[one_line(text).strip() for text in (*row, *[""] * (columns - len(row)))] for row in rows]
    widths = _widths(full)
    styles = [CELL_SHORT if _is_short(full, column) else CELL for column in range(columns)]
    lines = [_row(full[0], widths, [CELL_HEAD] * columns), *(_row(row, widths, styles) for row in full[1:])]
    lines[0].find(qn("w:trPr")).append(node("w:tblHeader"))
    if len(lines) <= KEPT_ROWS:
        _keep_together(lines)
    return [_frame(widths, lines, 4), paragraph(GAP)]


def two_columns(rows: Sequence[Sequence[Node]]) -> Node:
    """Blocks side by side, two a row, without rules."""
    widths = [twips(TEXT_WIDTH_MM / 2)] * 2
    return _frame(widths, [_line([cell(widths[0], block) for block in row]) for row in rows], 0)


def _widths(rows: Sequence[Row]) -> list[int]:
    """The text width in twips, shared out by the longest content of each column; a head may take two lines."""
    head, *others = rows
    ems = [
        min(MOST_EMS, max([LEAST_EMS, width_of(name) / 2, *(width_of(row[column]) for row in others)])) + MARGIN_EMS
        for column, name in enumerate(head)
    ]
    return [int(twips(TEXT_WIDTH_MM) * width / sum(ems)) for width in ems]


def _is_short(rows: Sequence[Row], column: int) -> bool:
    return all(width_of(row[column]) <= SHORT_EMS for row in rows[1:])


def _row(texts: Row, widths: Sequence[int], styles: Sequence[Style]) -> Node:
    return _line(
        [cell(width, paragraph(style, text)) for width, style, text in zip(widths, styles, texts, strict=True)]
    )


def _line(cells: Sequence[Node]) -> Node:
    return node("w:tr", node("w:trPr", node("w:cantSplit")), *cells)


def _keep_together(lines: Sequence[Node]) -> None:
    for line in lines[:-1]:
        for properties in line.iter(qn("w:pPr")):
            properties.append(node("w:keepNext"))


def _frame(widths: Sequence[int], lines: Sequence[Node], rule: int) -> Node:
    properties = node(
        "w:tblPr",
        node("w:tblW", w=sum(widths), type="dxa"),
        node("w:jc", val="center"),
        borders("w:tblBorders", **dict.fromkeys(SIDES, rule)),
        node("w:tblLayout", type="fixed"),
    )
    return node("w:tbl", properties, node("w:tblGrid", *(node("w:gridCol", w=width) for width in widths)), *lines)
