"""From a file to checked rows: what stands in the sheet, and every mistake with the number of its row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, TypeVar

from pydantic import BaseModel, ValidationError

from fieldwork.core.schemas import errors_of
from fieldwork.core.xlsx.columns import Column, RowIn, SheetError
from fieldwork.core.xlsx.reading import read_rows
from fieldwork.people.importing import labels

MOST_ROWS = 2_000

Row = TypeVar("Row", bound=BaseModel)


@dataclass(frozen=True)
class Fault:
    """What is wrong where, in words. `row` is the number the spreadsheet program shows; 0 is the file as a whole."""

    row: int
    column: str
    words: str


class Faults(list[Fault]):
    """The mistakes of one sheet, named by its titles."""

    def __init__(self, titles: dict[str, str]) -> None:
        super().__init__()
        self._titles = titles

    def add(self, row: int, key: str, reason: str, **facts: object) -> None:
        """Note a mistake in a row and column; `reason` is a key of labels.FAULTS."""
        title = self._titles.get(key, "")
        self.append(Fault(row, title, labels.FAULTS[reason].format(title=title, **facts)))

    def add_words(self, row: int, key: str, words: Iterable[str]) -> None:
        self.extend(Fault(row, self._titles.get(key, ""), said) for said in words)


def columns(titles: dict[str, str], required: Sequence[str], choices: dict[str, Sequence[str]]) -> list[Column]:
    """The columns of a sheet, in the order of their titles."""
    return [Column(key, title, key in required, choices=tuple(choices.get(key, ()))) for key, title in titles.items()]


def read_sheet(file: BinaryIO, sheet: Sequence[Column]) -> tuple[list[RowIn], list[Fault]]:
    """The rows of an uploaded sheet, and what its reader says is wrong."""
    reading = read_rows(file, sheet)
    return list(reading.rows), [_fault(error) for error in reading.errors]


def valid_rows(schema: type[Row], rows: Sequence[RowIn], faults: Faults) -> list[tuple[int, Row]]:
    """The rows that hold by themselves, with their numbers; the others are noted in `faults`."""
    found = []
    for row in rows:
        try:
            found.append((row.number, schema.model_validate(row.values)))
        except ValidationError as invalid:
            for key, words in errors_of(invalid).items():
                faults.add_words(row.number, key, words)
    if not rows:
        faults.add(0, "", "no_rows")
    if len(rows) > MOST_ROWS:
        faults.add(0, "", "too_many_rows", most=MOST_ROWS)
    return found


def _fault(error: SheetError) -> Fault:
    return Fault(error.row, error.column, labels.SHEET_ERRORS[error.code].format(value=error.value))
