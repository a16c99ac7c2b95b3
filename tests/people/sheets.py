"""Sheets as people fill them in, for the tests of imports."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook

from fieldwork.people.importing import labels

TITLES: Mapping[str, Mapping[str, str]] = {"units": labels.UNIT_TITLES, "users": labels.USER_TITLES}


def sheet(kind: str, *rows: Mapping[str, Any]) -> io.BytesIO:
    """An xlsx with the titles of the template and these rows, given by column key."""
    titles = TITLES[kind]
    return raw_sheet([list(titles.values()), *([row.get(key) for key in titles] for row in rows)])


def raw_sheet(lines: Sequence[Sequence[Any]]) -> io.BytesIO:
    """An xlsx with just these lines."""
    book = Workbook()
    for line in lines:
        book.active.append(list(line))
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file
