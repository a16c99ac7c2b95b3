"""Text into cells: always text, never a formula or a link, whatever it begins with."""

import io
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from fieldwork.core.plain import plain

MOST_CHARACTERS = 32_767  # of UTF-16, in one cell
SURELY_FITS = MOST_CHARACTERS // 2  # however many of them take two units
FORMULA_SIGNS = frozenset("=+-@\t")


def new_workbook(to: BinaryIO | io.BytesIO, **options: Any) -> Workbook:
    """A workbook that guesses nothing from its texts and says nothing about its makers."""
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(to, {**never, **options})


def cell_text(text: str, cut_note: str) -> str:
    """The text as a cell can hold it: without control characters, the end of a too long one replaced by the note."""
    text = plain(text)
    if len(text) <= SURELY_FITS or _units(text) <= MOST_CHARACTERS:
        return text
    room = (MOST_CHARACTERS - _units(cut_note)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + cut_note


class Pen:
    """Writes texts in one look. One that begins like a formula is marked as text for good, as a typed ' would."""

    def __init__(self, workbook: Workbook, cut_note: str, look: dict[str, Any]) -> None:
        self._cut_note = cut_note
        self.format: Format = workbook.add_format(look)
        self._quoted: Format = workbook.add_format({**look, "quote_prefix": True})

    def write(self, sheet: Worksheet, row: int, column: int, text: str) -> None:
        if not text.isprintable() or len(text) > SURELY_FITS:
            text = cell_text(text, self._cut_note)
        if text:
            sheet.write_string(row, column, text, self._quoted if text[0] in FORMULA_SIGNS else self.format)
        else:
            sheet.write_blank(row, column, None, self.format)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
