"""Boxes as a form sends them: numbers in percent, and cells of a grid for those who cannot draw."""

from collections.abc import Collection
from typing import Any

COLUMNS, ROWS = 6, 5
PERCENT_FIELDS = ("left", "top", "wide", "high")
BOX_FIELDS = ("x", "y", "width", "height")
DIGITS = 4

Cell = tuple[int, int]


def merged(cells: Collection[Cell]) -> list[tuple[int, int, int, int]]:
    """Rectangles (column, row, columns, rows) that together are exactly these cells (column, row), none in two."""
    left, found = set(cells), []
    for column, row in sorted(left, key=lambda cell: (cell[1], cell[0])):
        if (column, row) not in left:
            continue
        wide = high = 1
        while (column + wide, row) in left:
            wide += 1
        while all((column + n, row + high) in left for n in range(wide)):
            high += 1
        left -= {(column + n, row + m) for n in range(wide) for m in range(high)}
        found.append((column, row, wide, high))
    return found


def cells_of(sent: Collection[str]) -> list[Cell]:
    """The cells named "column-row" that lie in the grid; others were never offered."""
    grid = {f"{column}-{row}": (column, row) for row in range(ROWS) for column in range(COLUMNS)}
    return [grid[name] for name in sent if name in grid]


def boxes_of(cells: Collection[Cell]) -> list[dict[str, Any]]:
    """The cells, merged, in parts of the picture."""
    return [
        {"x": column / COLUMNS, "y": row / ROWS, "width": wide / COLUMNS, "height": high / ROWS}
        for column, row, wide, high in merged(cells)
    ]


def in_parts(row: dict[str, str]) -> dict[str, Any]:
    """A row of the form, in percent, as a box in parts; what is no number stays as it was typed."""
    return {name: _part(row[field]) for name, field in zip(BOX_FIELDS, PERCENT_FIELDS, strict=True)}


def in_percent(box: list[float]) -> dict[str, str]:
    """A box as the form shows it."""
    return {field: f"{round(side * 100, DIGITS - 2):g}" for field, side in zip(PERCENT_FIELDS, box, strict=True)}


def _part(typed: str) -> Any:
    try:
        return round(float(typed) / 100, DIGITS)
    except (ValueError, OverflowError):
        return typed
