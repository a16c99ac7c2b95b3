"""The life of a problem in words: its journal, newest first, as its page tells it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fieldwork import clock
from fieldwork.journal import AuditEntry
from fieldwork.problems import labels


@dataclass(frozen=True)
class Event:
    """One thing that was done: who, what, when, and the words given with it."""

    who: str
    what: str
    when: str
    words: str


def story(entries: Iterable[AuditEntry]) -> list[Event]:
    """The events of a journal, newest first."""
    return [_event(entry) for entry in reversed(list(entries))]


def sentences(detail: dict[str, Any], code: str = "") -> list[tuple[str, str]]:
    """The words given with an act, as (label, text), in the order in which forms ask for them."""
    named = labels.FIELDS | labels.FIELDS_OF.get(code, {})
    given = [field for field in named if detail.get(field) not in (None, "", [], False)]
    return [(named[field], _text(field, detail[field])) for field in given]


def _event(entry: AuditEntry) -> Event:
    code = entry.action.partition(".")[2]
    words = labels.SENTENCE.join(label + labels.COLON + text for label, text in sentences(entry.detail, code))
    return Event(
        entry.actor.name if entry.actor else "",
        labels.ACTS.get(code, code),
        labels.moment(clock.local(entry.at)),
        words,
    )


def _text(field: str, value: Any) -> str:
    if value is True:
        return labels.YES
    if isinstance(value, list):
        return labels.COMMA.join(str(item) for item in value)
    return labels.VALUES.get(field, {}).get(value, str(value))
