"""Migrations lead from nothing, and from every schema there was, to exactly what the tables of today declare."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from peewee import Database
from playhouse.schema_diff import diff_models

from fieldwork.core import db, migrating
from fieldwork.core.searching import SearchDoc
from fieldwork.schema import TABLES

NAMES = sorted(path.stem for path in migrating.FOLDER.glob("[0-9]*.py"))
OURS = {"bigrams", "unigrams"}  # columns of the search index, which no model declares


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A new database with nothing in it."""
    before = db.database.obj
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'new.db'}"
    else:
        url = request.getfixturevalue("postgres_server").create_database()
    opened = db.connect(url)
    yield opened
    opened.close()
    if before is not None:
        db.database.initialize(before)


def differences(opened: Database) -> list[Any]:
    """What the database lacks of the tables declared, and what it has besides."""
    with opened.connection_context():
        found = diff_models(opened, list(TABLES))
    parts: list[Any] = [change for part in found for change in part]
    return [change for change in parts if not OURS & set(str(change).replace("'", " ").replace('"', " ").split())]


def test_from_empty_to_what_the_tables_declare(empty: Database, tmp_path: Path) -> None:
    assert migrating.migrate(tmp_path) == NAMES
    assert differences(empty) == []
    with empty.connection_context():
        assert migrating.is_current()
        assert SearchDoc.select().count() == 0


@pytest.mark.parametrize("earlier", NAMES)
def test_from_each_earlier_schema(empty: Database, tmp_path: Path, earlier: str) -> None:
    migrating.migrate(tmp_path, target=earlier)
    migrating.migrate(tmp_path)
    assert differences(empty) == []


def test_a_second_time_does_nothing(empty: Database, tmp_path: Path) -> None:
    migrating.migrate(tmp_path)
    assert migrating.migrate(tmp_path) == []


def test_two_processes_at_once_migrate_once(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from fieldwork.core import db, migrating;"
        f"db.connect('sqlite:///{tmp_path / 'both.db'}'); print(len(migrating.migrate(Path({str(tmp_path)!r}))))"
    )
    started = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    applied = sorted(int(process.communicate(timeout=60)[0]) for process in started)
    assert applied == [0, len(NAMES)]
