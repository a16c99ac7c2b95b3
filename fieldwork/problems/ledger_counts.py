"""The counts of the second sheet, taken while the rows pass by: facts in the order given, nobody compared."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

Standing: TypeAlias = Literal["open", "closed", "parked"]

Numbers: TypeAlias = tuple[int, int, int, int]


class Counts:
    """How many problems stand how, one line a name, in the given order; other names follow as they first came up."""

    def __init__(self, order: Iterable[str]) -> None:
        self._names = dict.fromkeys(order)
        self._counted: Counter[tuple[str, Standing]] = Counter()

    def add(self, name: str, standing: Standing) -> None:
        self._names.setdefault(name)
        self._counted[name, standing] += 1

    def __len__(self) -> int:
        return len(self._names)

    def __iter__(self) -> Iterator[tuple[str, Numbers]]:
        """Each name with all, closed, open, parked."""
        return ((name, self._numbers([name])) for name in self._names)

    def sums(self) -> Numbers:
        """The four numbers over all names."""
        return self._numbers(self._names)

    def _numbers(self, names: Iterable[str]) -> Numbers:
        closed, under_way, parked = (
            sum(self._counted[name, standing] for name in names) for standing in ("closed", "open", "parked")
        )
        return closed + under_way + parked, closed, under_way, parked
