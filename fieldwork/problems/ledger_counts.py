"""The counts of the second sheet, taken while the rows pass by: facts in the order given, nobody compared."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Standing: TypeAlias = Literal["open", "closed", "parked"]


@dataclass(slots=True)
class Count:
    """How many problems stand how."""

    closed: int = 0
    open: int = 0
    parked: int = 0

    def add(self, standing: Standing) -> None:
        setattr(self, standing, getattr(self, standing) + 1)

    def numbers(self) -> tuple[int, int, int, int]:
        """All, closed, open, parked."""
        return self.closed + self.open + self.parked, self.closed, self.open, self.parked


@dataclass(slots=True)
class Counts:
    """One count a name, in the given order; names not in it follow as they first came up."""

    order: Iterable[str]
    by_name: dict[str, Count] = field(init=False)

    def __post_init__(self) -> None:
        self.by_name = {name: Count() for name in self.order}

    def add(self, name: str, standing: Standing) -> None:
        self.by_name.setdefault(name, Count()).add(standing)

    def __iter__(self) -> Iterator[tuple[str, tuple[int, int, int, int]]]:
        return ((name, count.numbers()) for name, count in self.by_name.items())

    def sums(self) -> tuple[int, ...]:
        """The four numbers over all names."""
        return tuple(sum(column) for column in zip(*(numbers for _, numbers in self), strict=True)) or (0, 0, 0, 0)
