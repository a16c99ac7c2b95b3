"""One search over everything a person may see, newest first, with the place where the words stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from fieldwork.core import kinds, searching
from fieldwork.core.hanzi import tokens
from fieldwork.core.paging import PAGE_SIZE
from fieldwork.people.models import Unit, User

SCAN_MAX = 2_000  # documents looked at for one page; a rare view on common words continues on the next page
AROUND = 36


@dataclass(frozen=True)
class Found:
    """A record found; `extract` is runs of text, each with whether it is what was asked for."""

    kind: str
    record: Any
    extract: list[tuple[str, bool]]


@dataclass(frozen=True)
class Results:
    """A page of results; `next` is the cursor to go on from, None when everything was seen."""

    items: list[Found]
    next: str | None


def find(user: User, query: str, cursor: str | None) -> Results:
    """What matches and exists for this person."""
    before = int(cursor) if cursor and cursor.isdecimal() and len(cursor) < 19 else None
    stream = islice(searching.matches(query, before), SCAN_MAX)
    found: list[Found] = []
    seen = 0
    last = None
    while chunk := list(islice(stream, searching.CHUNK)):
        rows = _visible(user, chunk)
        for match in chunk:
            if len(found) == PAGE_SIZE:
                return Results(found, str(last))
            last, seen = match.id, seen + 1
            if record := rows.get((match.kind, match.record_id)):
                found.append(Found(match.kind, record, extract(_readable(record, match, query), query)))
    return Results(found, str(last) if seen == SCAN_MAX else None)


def _visible(user: User, chunk: Iterable[searching.Match]) -> dict[tuple[str, int], Any]:
    """The records of a chunk that exist for this person, with their units: one query a kind."""
    asked: dict[str, list[int]] = {}
    for match in chunk:
        asked.setdefault(match.kind, []).append(match.record_id)
    rows = {}
    for kind, ids in asked.items():
        table = kinds.table_of(kind)
        query = table.visible_to(user).where(table.id.in_(ids))
        for record in query.select(table, Unit).join(Unit, on=(table.unit == Unit.id)):
            rows[kind, record.id] = record
    return rows


def _readable(record: Any, match: searching.Match, query: str) -> str:
    """The text as it was written, unless only its normalised form holds the words asked for."""
    written: str = record.searched_text()
    return written if any(word in written for word in tokens.words(query)) else match.text


def extract(text: str, query: str) -> list[tuple[str, bool]]:
    """The text around the first word asked for, cut into runs."""
    words = [word for word in tokens.words(query) if word in text]
    first = min((text.find(word) for word in words), default=0)
    start = max(0, first - AROUND // 2)
    piece = text[start : start + 2 * AROUND].replace("\n", " ")
    runs: list[tuple[str, bool]] = [(piece, False)]
    for word in sorted(set(words), key=len, reverse=True):
        runs = [part for run in runs for part in (_split(run[0], word) if not run[1] else [run])]
    return runs


def _split(text: str, word: str) -> list[tuple[str, bool]]:
    runs: list[tuple[str, bool]] = []
    for number, between in enumerate(text.split(word)):
        runs += [(word, True)] if number else []
        runs += [(between, False)] if between else []
    return runs
