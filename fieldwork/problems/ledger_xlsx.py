"""The problem ledger (问题台账) as an official spreadsheet, streamed: 100 000 rows take some 70 MB in all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO, TypeAlias

from xlsxwriter.worksheet import Worksheet

from fieldwork.core.word.labels import FANGSONG, HEITI, XIAOBIAOSONG
from fieldwork.core.xlsx.writing import Pen, new_workbook
from fieldwork.problems import ledger_labels as labels
from fieldwork.problems.ledger_counts import Counts, Standing

LAST = len(labels.COLUMNS) - 1
TITLE_ROW, ORGAN_ROW, HEAD_ROW, FIRST_ROW = range(4)
EARLIEST_YEAR = 1900  # a spreadsheet knows no date before

# Heights of rows are stated, because not every program fits a row to its wrapped text by itself.
NUMBER = 1
ROOMS = [width if column == NUMBER else width // 2 for column, (_, width) in enumerate(labels.COLUMNS)]  # characters
LINE_HEIGHT, HIGHEST = 14, 409  # points; the second is the format's limit

CENTRED = frozenset({0, 1, 2, 4, 6, 9, 13, 15})

CELL = {"font_name": FANGSONG, "font_size": 10.5, "border": 1, "text_wrap": True, "valign": "top"}
DATE = {**CELL, "num_format": "yyyy-mm-dd", "align": "center"}
HEAD = {**CELL, "font_name": HEITI, "font_size": 11, "align": "center", "valign": "vcenter"}
TITLE = {"font_name": XIAOBIAOSONG, "font_size": 20, "align": "center", "valign": "vcenter"}
LINE = {"font_name": FANGSONG, "font_size": 11, "valign": "vcenter"}

Cells: TypeAlias = tuple[str | date | None, ...]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One problem. The first column, its place in the list, is counted while writing."""

    number: str
    area: str
    unit: str
    programmes: tuple[str, ...]
    found_on: date | None
    category: str
    description: str
    lead_unit: str
    co_units: tuple[str, ...]
    person: str
    measure: str
    due_on: date | None
    progress: str
    standing: Standing
    closed_on: date | None
    verdict: str
    note: str


@dataclass(frozen=True, slots=True)
class LedgerHead:
    """What stands around the rows. `areas` and `categories` give the order of the summary's lines."""

    organ: str
    counted_on: date
    title: str = ""
    filled_by: str = ""
    checked_by: str = ""
    areas: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


def write_ledger(rows: Iterable[LedgerRow], head: LedgerHead, to: BinaryIO) -> None:
    """Write the ledger and its summary to a file opened for writing. Rows are taken one at a time, in their order."""
    workbook = new_workbook(to, constant_memory=True)
    ledger = Ledger(workbook, head)
    for row in rows:
        ledger.add(row)
    ledger.finish()
    workbook.close()


class Ledger:
    """The workbook being written."""

    def __init__(self, workbook: Any, head: LedgerHead) -> None:
        self._workbook = workbook
        self._head = head
        self._next = FIRST_ROW
        self._areas, self._categories = Counts(head.areas), Counts(head.categories)
        self._left = Pen(workbook, labels.CUT, CELL)
        self._centre = Pen(workbook, labels.CUT, {**CELL, "align": "center"})
        self._pens = [self._centre if column in CENTRED else self._left for column in range(LAST + 1)]
        self._bold = Pen(workbook, labels.CUT, HEAD)
        self._date = workbook.add_format(DATE)
        self._sheet = _new_sheet(workbook, labels.LEDGER, [width for _, width in labels.COLUMNS])
        self._open()

    def add(self, row: LedgerRow) -> None:
        """Write one problem and count it."""
        self._areas.add(row.area or labels.NOT_GIVEN, row.standing)
        self._categories.add(row.category or labels.NOT_GIVEN, row.standing)
        at, lines = self._next, 1
        self._sheet.write_number(at, 0, at - FIRST_ROW + 1, self._centre.format)
        for column, value in enumerate(_cells(row), 1):
            if isinstance(value, str):
                self._pens[column].write(self._sheet, at, column, value)
                lines = max(lines, value.count("\n") - (-len(value) // ROOMS[column]))
            elif value is None:
                self._sheet.write_blank(at, column, None, self._date)
            else:
                self._sheet.write_datetime(at, column, value, self._date)
        self._sheet.set_row(at, min(HIGHEST, lines * LINE_HEIGHT + 4))
        self._next += 1

    def finish(self) -> None:
        """The line for the signatures below the rows, and the second sheet."""
        head = self._head
        line = labels.signatures(head.filled_by, head.checked_by, head.counted_on)
        _across(self._sheet, self._next, (0, LAST), line, self._workbook.add_format(LINE))
        summary = _new_sheet(self._workbook, labels.SUMMARY, [24, 10, 10, 10, 10])
        below = self._summarise(summary, 0, labels.BY_AREA, self._areas)
        self._summarise(summary, below + 1, labels.BY_CATEGORY, self._categories)

    def _open(self) -> None:
        sheet, head = self._sheet, self._head
        sheet.set_row(TITLE_ROW, 36)
        title = head.title or head.organ + labels.TITLE
        _across(sheet, TITLE_ROW, (0, LAST), title, self._workbook.add_format(TITLE))
        lines = (
            ((0, 6), labels.ORGAN + head.organ, "left"),
            ((7, 11), labels.COUNTED_ON + labels.day(head.counted_on), "center"),
            ((12, LAST), labels.COUNTED_IN, "right"),
        )
        for span, text, align in lines:
            _across(sheet, ORGAN_ROW, span, text, self._workbook.add_format({**LINE, "align": align}))
        sheet.set_row(HEAD_ROW, 34)
        for column, (name, _) in enumerate(labels.COLUMNS):
            self._bold.write(sheet, HEAD_ROW, column, name)
        sheet.repeat_rows(TITLE_ROW, HEAD_ROW)
        sheet.freeze_panes(FIRST_ROW, 2)

    def _summarise(self, sheet: Worksheet, top: int, name: str, counts: Counts) -> int:
        """The counts under their heading, from row `top` on; gives the row below."""
        for column, heading in enumerate((name, *labels.COUNTS)):
            self._bold.write(sheet, top, column, heading)
        for at, (line, numbers) in enumerate([*counts, (labels.SUM, counts.sums())], top + 1):
            self._left.write(sheet, at, 0, line)
            for column, number in enumerate(numbers, 1):
                sheet.write_number(at, column, number, self._centre.format)
        return top + len(counts) + 2


def _cells(row: LedgerRow) -> Cells:
    """The columns after the first, as they stand in ledger_labels.COLUMNS."""
    return (
        row.number,
        row.area,
        row.unit,
        labels.BETWEEN.join(row.programmes),
        _known(row.found_on),
        row.category,
        row.description,
        _responsible(row),
        row.person,
        row.measure,
        _known(row.due_on),
        row.progress,
        labels.STANDING[row.standing],
        _known(row.closed_on),
        row.verdict,
        row.note,
    )


def _responsible(row: LedgerRow) -> str:
    if not row.co_units:
        return row.lead_unit
    return f"{labels.LEAD}{row.lead_unit}\n{labels.HELP}{labels.BETWEEN.join(row.co_units)}"


def _known(day: date | None) -> str | date | None:
    return day.isoformat() if day is not None and day.year < EARLIEST_YEAR else day


def _new_sheet(workbook: Any, name: str, widths: Sequence[int]) -> Worksheet:
    """A sheet that prints on A4 across, as wide as the page, with page numbers."""
    sheet: Worksheet = workbook.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.set_footer(labels.FOOTER)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    return sheet


def _across(sheet: Worksheet, row: int, span: tuple[int, int], text: str, look: Any) -> None:
    sheet.merge_range(row, span[0], row, span[1], "", look)
    sheet.write_string(row, span[0], text, look)
