"""Full-text search over Chinese, one small interface on two databases.

A document is indexed by its bigrams and unigrams (core/hanzi/tokens), so that any run of characters is found, one to
four of them included. SQLite keeps them in a contentless FTS5 table, PostgreSQL in tsvectors; both answer newest first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from peewee import SQL, CharField, IntegerField, ModelSelect, TextField

from fieldwork.core.db import Table, database, is_postgresql
from fieldwork.core.hanzi import tokens

CHUNK = 200
QUERY_MAX = 200  # nobody looks for more at once, and databases refuse patterns beyond some length
NEWEST = """
SELECT doc.id, doc.kind, doc.record_id, doc.text FROM search_fts JOIN search_doc AS doc ON doc.id = search_fts.rowid
WHERE search_fts MATCH ? AND search_fts.rowid < ? -- runs
ORDER BY search_fts.rowid DESC LIMIT ?
"""


class SearchDoc(Table):
    """One searchable record and the text it is known by (needed to take it out of a contentless index again)."""

    kind = CharField(max_length=16)
    record_id = IntegerField()
    text = TextField()

    class Meta:
        indexes = ((("kind", "record_id"), True),)


@dataclass(frozen=True)
class Match:
    """A found document; `id` is its place in the order, newest (highest) first."""

    id: int
    kind: str
    record_id: int
    text: str


def index(kind: str, record_id: int, text: str) -> None:
    """Put a record's text in, or replace it; in the transaction under way."""
    text = tokens.normalise(text)
    known = SearchDoc.get_or_none(kind=kind, record_id=record_id)
    if known is None:
        _put(SearchDoc.create(kind=kind, record_id=record_id, text=text))
    elif known.text != text:
        _take(known)
        known.text = text
        known.save()
        _put(known)


def forget(kind: str, record_id: int) -> None:
    """Take a record out."""
    known = SearchDoc.get_or_none(kind=kind, record_id=record_id)
    if known is not None:
        _take(known)
        known.delete_instance()


def clear() -> None:
    """Empty the index, before all records are indexed anew."""
    if not is_postgresql():
        database.execute_sql("INSERT INTO search_fts (search_fts) VALUES ('delete-all')")
    SearchDoc.delete().execute()


def matching(query: str, kind: str) -> ModelSelect | None:
    """A subquery of the record ids of one kind that match; None when the query holds nothing to look for."""
    phrases = _phrases(query)
    if not phrases:
        return None
    return SearchDoc.select(SearchDoc.record_id).where(SearchDoc.kind == kind, _condition(phrases))


def matches(query: str, before: int | None = None) -> Iterator[Match]:
    """All matches, newest first, beginning below the document `before`; read lazily, a chunk at a time."""
    phrases = _phrases(query)
    while phrases:
        chunk = _chunk(phrases, before)
        yield from chunk
        if len(chunk) < CHUNK:
            return
        before = chunk[-1].id


# --- what a query asks: phrases of tokens, each looked for in one of the two columns


@dataclass(frozen=True)
class Phrase:
    """Tokens that must follow each other in a column; `text` is what was typed."""

    column: str
    tokens: tuple[str, ...]
    text: str

    def fts5(self) -> str:
        return f'{self.column} : "{" ".join(self.tokens)}"'

    def tsquery(self) -> str:
        return " & ".join(f"'{token}'" for token in self.tokens)


def _phrases(query: str) -> list[Phrase]:
    found = []
    for word in tokens.words(tokens.normalise(query[:QUERY_MAX])):
        pairs = tuple(tokens.bigrams(word))
        single = Phrase("unigrams", tuple(tokens.unigrams(word)), word)
        found.append(Phrase("bigrams", pairs, word) if pairs else single)
    return [phrase for phrase in found if phrase.tokens]


def _condition(phrases: list[Phrase]) -> Any:
    """The tokens narrow it down; that they follow each other is seen in the text itself.

    A tsvector forgets positions beyond 16 383, and FTS5 counts tokens on both sides of a full stop as neighbours.
    """
    if is_postgresql():
        holds: Any = SQL("true")
        for phrase in phrases:
            holds &= SQL(f"{phrase.column} @@ %s::tsquery", (phrase.tsquery(),))
    else:
        holds = SearchDoc.id.in_(SQL("(SELECT rowid FROM search_fts WHERE search_fts MATCH ?)", (_fts5(phrases),)))
    for text in _runs(phrases):
        holds &= SQL("strpos(text, %s) > 0" if is_postgresql() else "instr(text, ?) > 0", (text,))
    return holds


def _chunk(phrases: list[Phrase], before: int | None) -> list[Match]:
    if is_postgresql():
        rows = SearchDoc.select().where(_condition(phrases)).order_by(SearchDoc.id.desc()).limit(CHUNK)
        if before is not None:
            rows = rows.where(SearchDoc.id < before)
        return [Match(row.id, row.kind, row.record_id, row.text) for row in rows]
    runs = _runs(phrases)
    # by rowid alone, so that FTS5 walks its newest entries and stops at the limit, however common the character is
    found = database.execute_sql(
        NEWEST.replace("-- runs", " AND instr(doc.text, ?) > 0" * len(runs)),
        (_fts5(phrases), before if before is not None else 2**62, *runs, CHUNK),
    )
    return [Match(*row) for row in found.fetchall()]


def _fts5(phrases: list[Phrase]) -> str:
    return " AND ".join(phrase.fts5() for phrase in phrases)


def _runs(phrases: list[Phrase]) -> list[str]:
    """The runs of characters that must stand in the text as they were typed."""
    return [phrase.text for phrase in phrases if len(phrase.tokens) > 1]


# --- keeping the index in step


def _put(doc: SearchDoc) -> None:
    pairs, singles = " ".join(tokens.bigrams(doc.text)), " ".join(tokens.unigrams(doc.text))
    if is_postgresql():
        database.execute_sql(
            "UPDATE search_doc SET bigrams = array_to_tsvector(%s), unigrams = array_to_tsvector(%s) WHERE id = %s",
            (_distinct(pairs), _distinct(singles), doc.id),
        )
    else:
        database.execute_sql(
            "INSERT INTO search_fts (rowid, bigrams, unigrams) VALUES (?, ?, ?)", (doc.id, pairs, singles)
        )


def _take(doc: SearchDoc) -> None:
    """A contentless FTS5 table forgets a row only when told again what stood in it."""
    if not is_postgresql():
        pairs, singles = " ".join(tokens.bigrams(doc.text)), " ".join(tokens.unigrams(doc.text))
        database.execute_sql(
            "INSERT INTO search_fts (search_fts, rowid, bigrams, unigrams) VALUES ('delete', ?, ?, ?)",
            (doc.id, pairs, singles),
        )


def _distinct(joined: str) -> list[str]:
    return sorted(set(joined.split()))
