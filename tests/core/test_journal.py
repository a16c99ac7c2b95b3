"""The journal: each act once, in order, chained; a changed entry shows."""

from typing import Any

import pytest

from fieldwork import journal
from fieldwork.core.db import transaction


def test_an_act_is_written_with_who_what_and_the_words(app: Any, people: Any) -> None:
    entry = journal.write(people.office, "settings.edit", people.units.stones, comment="改名")
    kept = journal.history(people.units.stones.uid)
    assert [(e.actor.name, e.action, e.detail) for e in kept] == [("盖然", "settings.edit", {"comment": "改名"})]
    assert entry.digest == kept[0].digest


def test_an_act_that_was_rolled_back_leaves_no_entry(app: Any, people: Any) -> None:
    with pytest.raises(KeyError), transaction():
        journal.write(people.office, "x")
        raise KeyError
    assert journal.AuditEntry.select().count() == 0


def test_an_unbroken_chain_has_no_broken_links(app: Any, people: Any) -> None:
    for number in range(5):
        journal.write(people.office, "x", number=number, share=0.1)
    assert list(journal.broken_links()) == []


def test_a_changed_entry_breaks_the_chain(app: Any, people: Any) -> None:
    entries = [journal.write(people.office, "x", number=number) for number in range(3)]
    journal.AuditEntry.update(action="y").where(journal.AuditEntry.id == entries[1].id).execute()
    assert list(journal.broken_links()) == [entries[1].id]


def test_a_removed_entry_breaks_the_chain(app: Any, people: Any) -> None:
    entries = [journal.write(people.office, "x", number=number) for number in range(3)]
    journal.AuditEntry.delete().where(journal.AuditEntry.id == entries[1].id).execute()
    assert list(journal.broken_links()) == [entries[2].id]
