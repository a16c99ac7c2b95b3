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
from fieldwork.photos import keeping, mosaic
from fieldwork.photos.models import KeptMosaic, Photo, PhotoUpload
from fieldwork.schema import TABLES

NAMES = sorted(path.stem for path in migrating.FOLDER.glob("[0-9]*.py"))
NO_WORDS = dict.fromkeys(("sort_key", "sort_key_override", "pinyin", "initials", "name"), "''")
LONG_AGO = "'2026-01-01 00:00:00'"
HELD_BEFORE = (
    ("unit", NO_WORDS | {"id": "1", "uid": "'0190a1b2-0000-7000-8000-000000000001'", "version": "1", "code": "'u'",
     "short_name": "''", "contact": "''", "is_key": "false", "is_window": "false", "is_of_public_concern": "false",
     "is_active": "true"}),
    ("user", NO_WORDS | {"id": "1", "uid": "'0190a1b2-0000-7000-8000-000000000002'", "version": "1", "username": "'x'",
     "password_hash": "''", "unit_id": "1", "post": "''", "phone": "''", "is_active": "true",
     "must_change_password": "false", "session_epoch": "0", "created_at": LONG_AGO}),
    ("photo", {"id": "1", "sha256": "'ab'", "size_bytes": "1", "mime": "'image/jpeg'", "width": "4", "height": "3",
     "metadata": "'{}'", "uploader_id": "1", "received_at": LONG_AGO}),
    ("photo_upload", {"photo_id": "1", "user_id": "1", "at": LONG_AGO}),
)  # fmt: skip
OURS = {"bigrams", "unigrams"}  # columns of the search index, which no model declares
OURS |= {
    "photo_likeness_0",
    "photo_likeness_1",
    "photo_likeness_2",
}  # indexes of expressions, which no model can declare


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


def put(opened: Database, table: str, row: dict[str, str]) -> None:
    opened.execute_sql(f"""INSERT INTO "{table}" ({", ".join(row)}) VALUES ({", ".join(row.values())})""")


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


def test_photos_held_before_are_ready_and_keep_who_sent_them(empty: Database, tmp_path: Path) -> None:
    migrating.migrate(tmp_path, target="0002_phones")
    with empty.connection_context():
        for table, row in HELD_BEFORE:
            put(empty, table, row)
    migrating.migrate(tmp_path)
    with empty.connection_context():
        photo = Photo.get()
        assert (photo.state, photo.mosaic, photo.checked_at, photo.is_mosaic_ready) == ("ready", [], None, False)
        assert PhotoUpload.select().where(PhotoUpload.photo == photo).count() == 1


def test_mosaics_are_covered_anew_and_what_issues_keep_stays(empty: Database, tmp_path: Path) -> None:
    migrating.migrate(tmp_path, target="0008_watermark")
    boxes, of_photo = "'[[0.0, 0.0, 0.5, 1.0]]'", dict(HELD_BEFORE)["photo"]
    ready = {"state": "'ready'", "reason": "''", "attempts": "1", "placeholder": "'tiny'", "checked_at": LONG_AGO}
    with empty.connection_context():
        rows = {
            "photo": of_photo | ready | {"mosaic": boxes, "mosaic_key": "'old'", "is_mosaic_ready": "true"},
            "kept_mosaic": {"photo_id": "1", "mosaic_key": "'old'", "mosaic": boxes, "at": LONG_AGO,
                            "holder": "'0190a1b2-0000-7000-8000-000000000003'"},
        }  # fmt: skip
        for table, row in [*HELD_BEFORE[:2], *rows.items()]:
            put(empty, table, row)
    migrating.migrate(tmp_path)
    with empty.connection_context():
        photo, kept = Photo.get(), KeptMosaic.get()
        assert photo.mosaic_key == mosaic.key_of(photo.mosaic) != "old"
        assert (photo.is_mosaic_ready, photo.placeholder, photo.is_publishable) == (False, "", False)
        assert photo.checked_at is not None
        assert (kept.mosaic_key, keeping.boxes_of(photo, "old")) == ("old", [[0.0, 0.0, 0.5, 1.0]])
        assert keeping.keys_wanted(photo) == {photo.mosaic_key, "old"}


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
