"""Works measured in turn, so that what else the machine does meets all alike."""

import statistics
import time
from collections.abc import Callable

ROUNDS = 25


def in_turn(**works: Callable[[], object]) -> dict[str, float]:
    """The median of each, in seconds."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in taken.items()}
