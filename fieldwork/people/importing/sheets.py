"""From a file to checked rows: what stands in the sheet, and every mistake with the number of its row."""

from collections.abc import Container, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO, TypeVar

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


def checked_rows(schema: type[Row], rows: Sequence[RowIn], faults: Faults) -> list[tuple[int, Row]]:
    """Every row with its number. What is wrong by itself is noted in `faults` and left empty, so that the rest of the
    row is still looked at: all mistakes of a sheet are named at once."""
    found = []
    for row in rows:
        try:
            found.append((row.number, schema.model_validate(row.values)))
        except ValidationError as invalid:
            wrong = errors_of(invalid)
            for key, words in wrong.items():
                faults.add_words(row.number, key, words)
            found.append((row.number, _rest_of(schema, row, wrong)))
    if not rows:
        faults.add(0, "", "no_rows")
    if len(rows) > MOST_ROWS:
        faults.add(0, "", "too_many_rows", most=MOST_ROWS)
    return found


def _rest_of(schema: type[Row], row: RowIn, wrong: Container[str]) -> Row:
    """The row without the fields that are wrong: they have their defaults, or nothing."""
    fields = schema.model_fields
    empty: dict[str, Any] = {key: "" if one.is_required() else one.get_default() for key, one in fields.items()}
    rest = schema.model_construct(None, **empty)
    for key in fields.keys() & row.values.keys():
        if key not in wrong:
            with suppress(ValidationError):  # it holds only together with one that is wrong
                schema.__pydantic_validator__.validate_assignment(rest, key, row.values[key])
    return rest


def _fault(error: SheetError) -> Fault:
    return Fault(error.row, error.column, labels.SHEET_ERRORS[error.code].format(value=error.value))
