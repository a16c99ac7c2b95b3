"""One line of the table: what was measured, and the bar it should stay under."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """`found` and `bar` are ratios, or what `work` says; without a bar the line only informs."""

    work: str
    found: float
    bar: float = 0

    @property
    def is_met(self) -> bool:
        return not self.bar or self.found <= self.bar
