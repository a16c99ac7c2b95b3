"""The sheet people download to fill in: its titles, drop-downs, and a second sheet that explains it with an example."""

import io
from collections.abc import Mapping, Sequence

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from fieldwork.core.xlsx.columns import Column
from fieldwork.core.xlsx.reading import MOST_ROWS
from fieldwork.core.xlsx.writing import Pen, new_workbook

CHOICES_SHEET = "choices"  # hidden: a list of any length fits there, in the drop-down itself only 255 characters
HEAD = {"bold": True, "border": 1, "bg_color": "#F2EFE8", "text_wrap": True, "valign": "vcenter"}
CELL = {"border": 1, "num_format": "@", "text_wrap": True, "valign": "top"}
PLAIN = {"text_wrap": False}


def template(
    columns: Sequence[Column],
    examples: Sequence[Mapping[str, str]],
    notes: Sequence[str],
    sheet_names: tuple[str, str],
) -> bytes:
    """An xlsx with one empty sheet to fill in and one of notes; `sheet_names` are theirs, examples go by column key.

    The examples stand among the notes, so that nobody imports one by leaving it in. Required titles carry a star.
    """
    made = io.BytesIO()
    workbook = new_workbook(made, in_memory=True)
    form = workbook.add_worksheet(sheet_names[0])
    explained = workbook.add_worksheet(sheet_names[1])
    head = Pen(workbook, "", HEAD)
    _titles(form, 0, columns, head)
    form.freeze_panes(1, 0)
    _as_text(workbook, form, columns)
    _drop_downs(workbook, form, columns)
    below = _lines(explained, notes, Pen(workbook, "", PLAIN))
    _examples(explained, below, columns, examples, (head, Pen(workbook, "", CELL)))
    workbook.close()
    return made.getvalue()


def _titles(sheet: Worksheet, row: int, columns: Sequence[Column], pen: Pen) -> None:
    for place, column in enumerate(columns):
        pen.write(sheet, row, place, column.title + ("*" if column.required else ""))
        sheet.set_column(place, place, column.width)


def _as_text(workbook: Workbook, form: Worksheet, columns: Sequence[Column]) -> None:
    """Text columns keep what is typed: a long number stays whole, a leading zero stays. Dates are shown as ours."""
    looks = {
        "text": workbook.add_format({"num_format": "@"}),
        "date": workbook.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for place, column in enumerate(columns):
        form.set_column(place, place, column.width, looks[column.kind])


def _drop_downs(workbook: Workbook, form: Worksheet, columns: Sequence[Column]) -> None:
    """A list to choose from in every column that has choices; another value is pointed out, not forbidden."""
    listed = [(place, column.choices) for place, column in enumerate(columns) if column.choices]
    if not listed:
        return
    sheet = workbook.add_worksheet(CHOICES_SHEET)
    sheet.hide()
    pen = Pen(workbook, "", PLAIN)
    for at, (place, choices) in enumerate(listed):
        for row, choice in enumerate(choices):
            pen.write(sheet, row, at, choice)
        letter = xl_col_to_name(at)
        source = f"={CHOICES_SHEET}!${letter}$1:${letter}${len(choices)}"
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        form.data_validation(1, place, MOST_ROWS, place, rule)


def _lines(sheet: Worksheet, notes: Sequence[str], pen: Pen) -> int:
    for row, note in enumerate(notes):
        pen.write(sheet, row, 0, note)
    return len(notes)


def _examples(
    sheet: Worksheet, top: int, columns: Sequence[Column], examples: Sequence[Mapping[str, str]], pens: tuple[Pen, Pen]
) -> None:
    if not examples:
        return
    head, cell = pens
    _titles(sheet, top + 1, columns, head)
    for row, example in enumerate(examples, top + 2):
        for place, column in enumerate(columns):
            cell.write(sheet, row, place, example.get(column.key, ""))
