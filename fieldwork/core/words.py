"""The words for refusals: each room's labels.py lists its own, the factory gathers them, one handler looks them up."""

from collections.abc import Mapping

from fieldwork.errors import Refused

_refusals: dict[str, str] = {}


def learn(refusals: Mapping[str, str]) -> None:
    """Add a room's words, by reason code. They may name facts of the refusal in braces."""
    _refusals.update(refusals)


def of(refusal: Refused) -> str:
    """What to tell the person. An unknown reason is a mistake of ours: KeyError."""
    return _refusals[refusal.reason].format_map(refusal.facts)
