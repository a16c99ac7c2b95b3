"""Decoding what strangers sent: in a process of its own, which is ended when it takes too much time or memory."""

import atexit
import multiprocessing
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import TimeoutError as TookTooLong
from functools import cache
from os import getpid
from pathlib import Path
from typing import Any, BinaryIO

from pebble import ProcessExpired, ProcessPool

SECONDS_MAX = 60
MEMORY_MAX_BYTES = (
    1_500_000_000  # of addresses, libraries and stacks included; 60 megapixels take about half a gigabyte
)
PICTURES_A_PROCESS = 500  # then a fresh one, whatever a decoder may have leaked


class TooDemanding(Exception):
    """The work took more time or memory than it may, or brought its process down."""


def run(work: Callable[..., Any], *arguments: Any) -> Any:
    """What `work(*arguments)` returns or raises, done in the decoding process of this one: by one caller at a time.

    `work` must be importable, and what goes in and out must be fit for pickling.

    Raises:
        TooDemanding: a bound was reached; the next work finds a new process.
    """
    try:
        return _pool(getpid()).schedule(work, args=list(arguments), timeout=SECONDS_MAX).result()
    except (TookTooLong, ProcessExpired, MemoryError) as problem:
        raise TooDemanding from problem


def run_on(content: BinaryIO, work: Callable[..., Any], *arguments: Any) -> Any:
    """What `work(path, *arguments)` makes of this content, in a file of that path; the content is read and closed.

    Raises:
        TooDemanding: as run.
    """
    with tempfile.TemporaryDirectory(prefix="fieldwork-") as folder:
        path = Path(folder) / "photo"
        with content, path.open("wb") as file:
            shutil.copyfileobj(content, file)
        return run(work, path, *arguments)


@cache
def _pool(_process: int) -> ProcessPool:
    """Spawned, not forked: whoever asks has threads, and a forked child would inherit what they hold."""
    spawned = multiprocessing.get_context("spawn")
    pool = ProcessPool(max_workers=1, max_tasks=PICTURES_A_PROCESS, initializer=_bounded, context=spawned)
    atexit.register(pool.stop)
    return pool


def _bounded() -> None:
    if sys.platform.startswith("linux"):  # elsewhere the limit is not kept to, and asking for it can fail
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX_BYTES, MEMORY_MAX_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
