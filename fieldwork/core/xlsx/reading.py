"""Reading a filled-in sheet: within limits, every mistake as data with its row, nothing half believed."""

import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO, TypeAlias

from openpyxl import load_workbook
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.utils.exceptions import InvalidFileException

from fieldwork.core.xlsx.cells import date_of, text_of
from fieldwork.core.xlsx.columns import Code, Column, RowIn, SheetError, Value, bare_title

MOST_BYTES = 5_000_000
MOST_BYTES_UNPACKED = 100_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 100
LAST_LINE = 1_048_576  # of the format; a line that claims a higher number would be waited for without end
HEADER_WITHIN = 10  # the titles stand in one of the first rows; a heading or a note may stand above

# What zipfile, the XML parsers and openpyxl raise on a file that is no workbook, or a broken one.
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, InvalidFileException, OSError, EOFError, SyntaxError, LookupError,
    ValueError, TypeError, AttributeError, ArithmeticError, RuntimeError,
)  # fmt: skip

Line: TypeAlias = tuple[int, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sheet holds: its rows, and what is wrong with it. Iterating gives the rows."""

    rows: tuple[RowIn, ...] = ()
    errors: tuple[SheetError, ...] = ()

    def __iter__(self) -> Iterator[RowIn]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def read_rows(file: BinaryIO, columns: Sequence[Column]) -> Reading:
    """The rows of the first sheet, its columns found by their titles in any order; empty rows are passed over.

    Text is cleaned, days are dates, a formula counts by the value last computed. Never raises for what the file holds.
    """
    refusal = _refusal(file)
    if refusal:
        return Reading(errors=(SheetError(0, "", refusal),))
    try:
        lines = list(islice(_lines(file), HEADER_WITHIN + MOST_ROWS + 1))
    except UNREADABLE:
        return Reading(errors=(SheetError(0, "", "not_a_workbook"),))
    return _Sheet(columns).read(iter(lines))


def _refusal(file: BinaryIO) -> Code | None:
    """Why the file is not even opened. What a zip states as unpacked size bounds what it can unpack to."""
    if file.seek(0, 2) > MOST_BYTES:
        return "too_large"
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return "swells" if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES_UNPACKED else None
    except UNREADABLE:
        return "not_a_workbook"


def _lines(file: BinaryIO) -> Iterator[Line]:
    """The numbered lines of the first sheet that have something in them."""
    file.seek(0)
    book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        lines = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        for number, values in enumerate(islice(lines, LAST_LINE), 1):
            if values.count(None) < len(values) and any(text_of(value) for value in values):
                yield number, values
    finally:
        book.close()


class _Sheet:
    """One pass over the lines of a sheet."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = {bare_title(column.title): column for column in columns}
        self._rows: list[RowIn] = []
        self._errors: list[SheetError] = []

    def read(self, lines: Iterator[Line]) -> Reading:
        places = self._find_header(lines)
        if places:
            for number, values in lines:
                if len(self._rows) == MOST_ROWS:
                    self._say(number, "", "too_many_rows", str(MOST_ROWS))
                    break
                self._rows.append(RowIn(number, dict(self._values(number, values, places))))
        return Reading(tuple(self._rows), tuple(self._errors))

    def _find_header(self, lines: Iterator[Line]) -> dict[int, Column]:
        """The known columns by their place; the line with the first known title is the header."""
        for number, values in lines:
            if number > HEADER_WITHIN:
                break
            titles = [text_of(value) for value in values]
            if any(bare_title(title) in self._columns for title in titles):
                return self._places(number, titles)
        self._say(0, "", "no_header")
        return {}

    def _places(self, number: int, titles: Sequence[str]) -> dict[int, Column]:
        places: dict[int, Column] = {}
        for place, title in enumerate(titles):
            column = self._columns.get(bare_title(title))
            if column in places.values():
                self._say(number, title, "repeated_column")
            elif column:
                places[place] = column
            elif title:
                self._say(number, title, "unknown_column")
        for column in self._columns.values():
            if column.required and column not in places.values():
                self._say(number, column.title, "missing_column")
        return places

    def _values(self, number: int, values: Sequence[Any], places: dict[int, Column]) -> Iterator[tuple[str, Value]]:
        """One value for every column, also for those the sheet lacks."""
        found = {column.key: values[place] for place, column in places.items() if place < len(values)}
        for column in self._columns.values():
            yield column.key, self._value(number, column, found.get(column.key))

    def _value(self, number: int, column: Column, value: Any) -> Value:
        text = text_of(value)
        if not text:
            if column.required:
                self._say(number, column.title, "required")
            return None if column.kind == "date" else ""
        if text in ERROR_CODES:
            self._say(number, column.title, "cell_error", text)
            return None if column.kind == "date" else ""
        if column.kind == "text":
            return text
        day = date_of(value)
        if day is None:
            self._say(number, column.title, "not_a_date", text)
        return day

    def _say(self, row: int, column: str, code: Code, value: str = "") -> None:
        self._errors.append(SheetError(row, column, code, value))
