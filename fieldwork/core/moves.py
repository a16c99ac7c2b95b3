"""State tables: a room writes its moves down once; buttons, checks, API, diagram and tests all read the same table."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from fieldwork.errors import Conflict

May = Callable[[Any, str, Any], bool]


@dataclass(frozen=True)
class Move:
    """One thing that can be done to a record.

    `noun` is its place in the URL: POST /problems/<uid>/<noun>. `source` holds the states it starts from; `target` the
    state it ends in, None for "stays where it is" or when the action works the target out. `who` names a rule of
    policy.RULES; `asks` is the schema of what must be said with it. `ready` may add a condition on the record's own
    attributes (a pure predicate).
    """

    code: str
    noun: str
    source: frozenset[str]
    target: str | None
    who: str
    asks: type[BaseModel] | None = None
    ready: Callable[[Any], bool] = field(default=lambda record: True)

    def applies_to(self, record: Any) -> bool:
        """Whether the record stands where this move starts."""
        return record.state in self.source and self.ready(record)


class Moves(Mapping[str, Move]):
    """The table itself, by code, in the order it was written."""

    def __init__(self, *moves: Move) -> None:
        self._moves = {move.code: move for move in moves}
        if len(self._moves) != len(moves):
            raise ValueError("two moves have the same code")

    def __getitem__(self, code: str) -> Move:
        return self._moves[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._moves)

    def __len__(self) -> int:
        return len(self._moves)

    def open_to(self, actor: Any, record: Any, may: May) -> list[Move]:
        """The moves this person could make with this record now: the buttons of its page."""
        return [move for move in self.values() if move.applies_to(record) and may(actor, move.who, record)]

    def require(self, code: str, record: Any) -> Move:
        """The move, or a Conflict saying that the record is not where the move starts."""
        move = self[code]
        if not move.applies_to(record):
            raise Conflict("not_in_state", state=record.state, move=code)
        return move

    def diagram(self) -> str:
        """The table as a Mermaid state diagram, for ARCHITECTURE.md."""
        lines = [
            f"    {source} --> {move.target or source}: {move.code}"
            for move in self.values()
            for source in sorted(move.source)
        ]
        return "\n".join(["stateDiagram-v2", *lines])


def moves(*table: Move) -> Moves:
    """Write a state table: `MOVES = moves(Move(...), Move(...))`."""
    return Moves(*table)
