"""What a sheet to import looks like: its columns by the titles people see, and what can be wrong with one."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from fieldwork.core.plain import plain

Value: TypeAlias = str | date | None
Kind: TypeAlias = Literal["text", "date"]
Code: TypeAlias = Literal[
    "too_large",
    "not_a_workbook",
    "swells",
    "no_header",
    "missing_column",
    "unknown_column",
    "repeated_column",
    "too_many_rows",
    "required",
    "not_a_date",
    "cell_error",
]

_MARKS = re.compile(r"[\s*\uff0a]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key of its values, its title on the sheet. `choices` become a drop-down in the template."""

    key: str
    title: str
    required: bool = False
    kind: Kind = "text"
    choices: tuple[str, ...] = ()
    width: int = 18


@dataclass(frozen=True, slots=True)
class RowIn:
    """A row with something in it. `number` is the one the spreadsheet program shows; values by column key."""

    number: int
    values: dict[str, Value]


@dataclass(frozen=True, slots=True)
class SheetError:
    """What is wrong where. `row` 0 is the file as a whole; `column` is a title; `value` is what stood there."""

    row: int
    column: str
    code: Code
    value: str = ""


def bare_title(title: str) -> str:
    """A title as it is compared: without spaces, line breaks and the star of a required column."""
    return _MARKS.sub("", plain(title))
