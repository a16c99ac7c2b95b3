"""The floor of all tests: one application a database, a small town with its people, clients logged in as them."""

import io
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from fieldwork.config import Settings
from fieldwork.core import migrating
from fieldwork.core.db import database
from fieldwork.factory import create_app
from fieldwork.people.models import User
from fieldwork.schema import TABLES
from tests.support import cast as casting
from tests.support.chromium import chromium  # noqa: F401  (a fixture: one browser a process)
from tests.support.postgres import postgres_server  # noqa: F401  (a fixture)
from tests.support.s3 import s3_server  # noqa: F401  (a fixture)

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


def settings_for(folder: Path, url: str = "") -> Settings:
    """Settings of a test installation whose data lie in `folder`."""
    return Settings(
        data=folder,
        database=url or f"sqlite:///{folder / 'fieldwork.db'}",
        storage="",
        secret_key="only-for-tests-0123456789",
        sample=False,
        base_url="",
        trusted_proxies=0,
        organ="",
        masthead="",
        timezone=ZoneInfo("Asia/Shanghai"),
    )


@dataclass
class House:
    """An application whose database can be put back to the small town of cast.py before every test, or emptied."""

    app: Flask
    put_back: Callable[[], None]
    empty: Callable[[], None]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        app = _prepared(folder, "")
        yield House(app, _copy_back(app, folder), lambda: _begin_anew(folder))
    else:
        server = request.getfixturevalue("postgres_server")
        app = _prepared(folder, server.create_database())
        yield House(app, _empty_and_fill, _empty)
    app.extensions["database"].close()


def _prepared(folder: Path, url: str) -> Flask:
    app = create_app(settings_for(folder, url))
    app.testing = True
    migrating.migrate(folder)
    with app.app_context(), database.obj.connection_context():
        casting.fill()
    return app


def _copy_back(app: Flask, folder: Path) -> Callable[[], None]:
    with database.obj.connection_context():
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(folder / "fieldwork.db", folder / "town.db")

    def put_back() -> None:
        _take_away(folder)
        shutil.copy(folder / "town.db", folder / "fieldwork.db")

    return put_back


def _begin_anew(folder: Path) -> None:
    _take_away(folder)
    migrating.migrate(folder)


def _take_away(folder: Path) -> None:
    for name in ("fieldwork.db", "fieldwork.db-wal", "fieldwork.db-shm"):
        (folder / name).unlink(missing_ok=True)


def _empty_and_fill() -> None:
    _empty()
    with database.obj.connection_context():
        casting.fill()


def _empty() -> None:
    names = ", ".join(f'"{table._meta.table_name}"' for table in TABLES)
    with database.obj.connection_context():
        database.execute_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")


@pytest.fixture
def app(house: House) -> Iterator[Flask]:
    """The application on a fresh town, with an application context and an open connection."""
    database.initialize(house.app.extensions["database"])
    database.obj.close()
    house.put_back()
    with house.app.app_context():
        database.obj.connect(reuse_if_open=True)
        yield house.app
    database.obj.close()


@pytest.fixture
def people(app: Flask) -> casting.Cast:
    """The people of the town, by what they do."""
    return casting.gather()


@pytest.fixture
def log_in(app: Flask) -> Callable[[User | None], FlaskClient]:
    """A client logged in as somebody (or nobody), that sends what a browser sends from our own pages."""

    def client_of(user: User | None) -> FlaskClient:
        client = app.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        if user is not None:
            with client.session_transaction() as session:
                session["_user_id"] = user.get_id()
                session["_fresh"] = True
        return client

    return client_of


@pytest.fixture(scope="session")
def drawn_jpeg() -> bytes:
    """A small picture as a phone would send it."""
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize((640, 480)).convert("RGB").save(buffer, "JPEG")
    return buffer.getvalue()
