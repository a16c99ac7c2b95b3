"""Work that no request waits for: queued once the transaction is committed, done by `python -m fieldwork.work`.

The queue is huey's: a SQLite file beside the data, or tables in the database where that is PostgreSQL. It may lose jobs
(a killed worker takes along what it had taken out), so every kind of work says by itself what is still to be done
(`resume`), and can be done twice without harm.
"""

import logging
import os
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from huey import Huey, PostgresHuey, SqliteHuey, crontab
from huey.api import TaskWrapper

from fieldwork.core.db import after_commit, database

Work = Callable[..., None]
NAME = "fieldwork"
RETRIES, RETRY_AFTER_S, RETRY_GROWS = 4, 5, 4  # after 5, 20, 80, 320 s; then `resume` finds it again
BUSY_TIMEOUT_S = 5
LOOK_EVERY_S, STOP_WITHIN_S = 1, 10

log = logging.getLogger(__name__)
_works: dict[str, Work] = {}
_resumptions: list[Callable[[], None]] = []
_places: list[str] = []


def use(database_url: str, folder: Path) -> None:
    """Keep the queue with this database, or in this folder where it is SQLite; called once, at start. Opens nothing."""
    is_sqlite = database_url.startswith("sqlite:")
    _places[:] = [str(folder / "jobs.db") if is_sqlite else database_url.replace("postgres://", "postgresql://", 1)]


def learn(name: str, work: Work, resume: Callable[[], None] | None = None) -> None:
    """Know the work of this name; `resume` queues (`later`) whatever of it is still to be done, and is asked often."""
    _works[name] = work
    if resume is not None and resume not in _resumptions:
        _resumptions.append(resume)


def later(name: str, *arguments: Any) -> None:
    """Have this work done once the transaction under way is committed; never, if it is rolled back.

    A queue that cannot be written costs nobody the answer: what was to be done is found again by `resume`.
    """
    after_commit(lambda: _put(name, arguments))


def work_off() -> int:
    """Do here and now what is queued; returns how many jobs. What fails is left to its retries and to `resume`."""
    done = 0
    while queue().pending_count():
        queue().execute(queue().dequeue())
        done += 1
    return done


def consume() -> None:
    """Do what is queued, one job after the other, until SIGINT or SIGTERM; what is under way then has ten seconds."""
    logging.getLogger("huey").setLevel(logging.WARNING)  # else several lines a job
    resume()
    queue().create_consumer(max_delay=LOOK_EVERY_S, shutdown_timeout=STOP_WITHIN_S, graceful_signal="TERM").run()


def resume() -> None:
    """Queue what is still to be done and was lost, unless there is work enough."""
    if not queue().pending_count():
        with _connected():
            for ask in _resumptions:
                ask()


def queue() -> Huey:
    """The queue of this process; a forked one opens its own."""
    return _task(_places[0], os.getpid()).huey


@cache
def _task(place: str, _process: int) -> TaskWrapper:
    opened = (
        PostgresHuey(NAME, results=False, dsn=place)
        if place.startswith("postgresql://")
        else SqliteHuey(NAME, results=False, filename=place, timeout=BUSY_TIMEOUT_S)
    )
    opened.periodic_task(crontab())(resume)  # every minute
    return opened.task(retries=RETRIES, retry_delay=RETRY_AFTER_S, retry_backoff=RETRY_GROWS)(_perform)


def _put(name: str, arguments: tuple[Any, ...]) -> None:
    try:
        _task(_places[0], os.getpid())(name, *arguments)
    except (sqlite3.Error, psycopg.Error, OSError):
        log.exception("job.unqueued", extra={"work": name})


def _perform(name: str, *arguments: Any) -> None:
    with _connected():
        _works[name](*arguments)


def _connected() -> AbstractContextManager[Any]:
    return database.connection_context() if database.is_closed() else nullcontext()
