"""The words for refusals: each room's labels.py lists its own, the factory gathers them, one handler looks them up."""

from collections.abc import Mapping

from fieldwork.errors import Refused

_refusals: dict[str, str] = {}
_fields: dict[str, Mapping[str, str]] = {}


def learn(refusals: Mapping[str, str]) -> None:
    """Add a room's words, by reason code. They may name facts of the refusal in braces."""
    _refusals.update(refusals)


def of(refusal: Refused) -> str:
    """What to tell the person. An unknown reason is a mistake of ours: KeyError."""
    return _refusals[refusal.reason].format_map(refusal.facts)


def name_fields(kind: str, names: Mapping[str, str]) -> None:
    """Say what the fields of a kind of record are called on the screen."""
    _fields[kind] = names


def field_name(kind: str, field: str) -> str | None:
    """What a field is called; None for fields nobody sees."""
    return _fields.get(kind, {}).get(field)
