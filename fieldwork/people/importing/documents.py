"""The files of an import: the template to fill in, and the list of one-time passwords to hand over."""

import io
from collections.abc import Sequence

from fieldwork.core.xlsx.template import template
from fieldwork.core.xlsx.writing import Pen, new_workbook
from fieldwork.people.importing import labels
from fieldwork.people.importing.units import unit_columns
from fieldwork.people.importing.users import user_columns

WIDTH = 24


def template_of(kind: str) -> bytes:
    """The xlsx to fill in for units or users, with today's vocabularies to choose from."""
    if kind == "units":
        return template(unit_columns(), labels.UNIT_EXAMPLES, labels.UNIT_NOTES, labels.SHEETS[kind])
    return template(user_columns(), labels.USER_EXAMPLES, labels.USER_NOTES, labels.SHEETS[kind])


def password_sheet(rows: Sequence[Sequence[str]]) -> bytes:
    """An xlsx of rows (name, username, unit, password)."""
    made = io.BytesIO()
    workbook = new_workbook(made, in_memory=True)
    sheet = workbook.add_worksheet(labels.PASSWORD_SHEET)
    head, cell = Pen(workbook, "", {"bold": True, "border": 1}), Pen(workbook, "", {"border": 1, "num_format": "@"})
    sheet.set_column(0, len(labels.PASSWORD_COLUMNS) - 1, WIDTH)
    for number, row in enumerate([labels.PASSWORD_COLUMNS, *rows]):
        for place, text in enumerate(row):
            (cell if number else head).write(sheet, number, place, text)
    workbook.close()
    return made.getvalue()
