"""What an author changed between two submissions: runs of text kept, taken out, put in."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

SIZE_MAX = 4_000  # characters of both texts; beyond, a difference by sentences is quick and still readable


@dataclass(frozen=True)
class Run:
    """A piece of text and what became of it."""

    kind: Literal["kept", "removed", "added"]
    text: str


def differences(before: str, after: str) -> list[Run]:
    """The runs that lead from one text to the other, in reading order."""
    cut = list if len(before) + len(after) <= SIZE_MAX else _sentences
    old, new = cut(before), cut(after)
    runs: list[Run] = []
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(Run("kept", "".join(old[old_from:old_to])))
            continue
        if old_to > old_from:
            runs.append(Run("removed", "".join(old[old_from:old_to])))
        if new_to > new_from:
            runs.append(Run("added", "".join(new[new_from:new_to])))
    return runs


def _sentences(text: str) -> list[str]:
    ends = [index + 1 for index, char in enumerate(text) if char in "\u3002\uff1b\n"]
    starts = [0, *ends]
    return [text[start:end] for start, end in zip(starts, [*ends, len(text)], strict=True) if end > start]
