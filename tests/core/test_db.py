"""Tables behave the same on both databases: times, transactions, what follows a commit, pages by cursor."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from fieldwork.core.db import after_commit, database, is_postgresql, transaction
from fieldwork.core.paging import page_of
from fieldwork.people.models import LoginAttempt, Setting, Unit


def test_a_moment_comes_back_as_it_went_in_whatever_its_offset(app: Any) -> None:
    moment = datetime(2026, 11, 23, 10, 12, 1, 5, tzinfo=timezone(timedelta(hours=8)))
    row = LoginAttempt.create(key="k", at=moment)
    kept = LoginAttempt.get_by_id(row.id).at
    assert kept == moment
    assert kept.utcoffset() == timedelta(0)


def test_a_moment_without_an_offset_is_refused(app: Any) -> None:
    with pytest.raises(ValueError, match="aware"):
        LoginAttempt.create(key="k", at=datetime(2026, 11, 23))


def test_moments_compare_in_the_database(app: Any) -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    for minutes in (0, 10, 20):
        LoginAttempt.create(key="k", at=now - timedelta(minutes=minutes))
    assert LoginAttempt.select().where(LoginAttempt.at > now - timedelta(minutes=15)).count() == 2


def test_what_follows_a_commit_does_not_follow_a_rollback(app: Any) -> None:
    done: list[str] = []
    with transaction():
        after_commit(lambda: done.append("first"))
        assert done == []
    with pytest.raises(KeyError), transaction():
        after_commit(lambda: done.append("second"))
        raise KeyError
    assert done == ["first"]


def test_json_comes_back_with_its_han_of_four_bytes(app: Any) -> None:
    Setting.create(key="k", value={"名": "𠮷田", "n": [1, 2.5, None]})
    assert Setting.get_by_id("k").value == {"名": "𠮷田", "n": [1, 2.5, None]}


def test_foreign_keys_hold(app: Any, people: Any) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), transaction():
        Unit.delete().where(Unit.id == people.units.stones.id).execute()


def test_sqlite_runs_as_it_should(app: Any) -> None:
    if is_postgresql():
        assert database.execute_sql("SHOW server_encoding").fetchone() == ("UTF8",)
        return
    assert database.pragma("journal_mode") == "wal"
    assert database.pragma("foreign_keys") == 1
    assert database.obj._lock_type == "IMMEDIATE"


def test_a_list_is_read_page_by_page_without_gap_or_repeat(app: Any) -> None:
    for number in range(45):
        LoginAttempt.create(key=f"k{number}")
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(10):
        page = page_of(LoginAttempt.select(), LoginAttempt.id, cursor)
        seen += [row.key for row in page]
        cursor = page.next
        if cursor is None:
            break
    assert seen == [f"k{number}" for number in reversed(range(45))]


@pytest.mark.parametrize("cursor", ["", "x", "-1", "9" * 40, "1; DROP TABLE user", None])
def test_a_rubbish_cursor_means_the_first_page(app: Any, cursor: str | None) -> None:
    LoginAttempt.create(key="k")
    assert len(page_of(LoginAttempt.select(), LoginAttempt.id, cursor)) == 1
