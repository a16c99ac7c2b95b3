"""The production server, `python -m fieldwork.serve`: Waitress in a few processes that share one listening socket.

Waitress takes a request in whole before one of its threads turns to it, so a phone on a slow line holds no thread and
pages stay quick while hundreds of uploads trickle in. ARCHITECTURE.md says what was measured against it.
"""

import argparse
import gc
import logging
import multiprocessing
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import NoReturn

import click
from flask import Flask
from waitress import create_server

from fieldwork.core import migrating
from fieldwork.factory import create_app

THREADS = 8
CONNECTIONS_MAX = 1000  # of one process; what is over waits in the backlog
BACKLOG = 1024
OPEN_FILES = 4096  # a connection may hold temporary files for a body and an answer too
REQUEST_MAX_BYTES = 800_000_000  # 30 photos of 25 MB in one form; the application sets tighter limits by endpoint
RECEIVE_BYTES = 131_072
HELD_IN_MEMORY_BYTES = 262_144  # of a body under way; the rest goes to a temporary file
STOP_WITHIN_S = 10
LOOK_EVERY_S = 0.25
WORKERS_MAX = 4

log = logging.getLogger(__name__)
processes = multiprocessing.get_context("fork")
Jobs = subprocess.Popen[bytes]


def main(arguments: Sequence[str] | None = None) -> None:
    """Bring the database to the newest schema, then serve until SIGINT or SIGTERM."""
    options = _options(arguments)
    app = create_app()
    listening = _listen(options.host, options.port)
    _allow_open_files()
    _migrate(app)
    gc.freeze()  # so that collecting garbage does not copy the pages which the processes share
    address = f"http://{options.host}:{options.port}"
    click.echo(f"Serving on {address} with {options.workers} processes; Ctrl-C stops.")
    _supervise(options.workers, lambda: _work(app, listening), _start_jobs if options.with_jobs else None)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fieldwork.serve", description="Serve the application.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"), help="default: PORT, else 8000")
    parser.add_argument("--workers", type=int, default=min(os.cpu_count() or 1, WORKERS_MAX), help="processes")
    parser.add_argument("--with-jobs", action="store_true", help="start the worker (fieldwork.work) beside them")
    return parser.parse_args(arguments)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as problem:
        raise SystemExit(f"Cannot listen on {host}:{port}: {os.strerror(problem.errno or 0)}") from None


def _allow_open_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _migrate(app: Flask) -> None:
    """Migrate in a process of its own, so that no database connection is there to be shared by a fork."""
    migration = processes.Process(target=migrating.migrate, args=(app.config["SETTINGS"].data,))
    migration.start()
    migration.join()
    if migration.exitcode:
        raise SystemExit("The database could not be brought to the newest schema.")


def _supervise(count: int, work: Callable[[], None], beside: Callable[[], Jobs] | None) -> None:
    """Keep `count` processes at work, and one beside them; replace one that ends; end all on SIGINT or SIGTERM."""
    stopping = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stopping.set())
    workers = [_start(work) for _ in range(count)]
    jobs = beside() if beside else None
    while not stopping.is_set():
        wait([worker.sentinel for worker in workers], LOOK_EVERY_S)
        for place, worker in enumerate(workers):
            if worker.exitcode is not None and not stopping.wait(1):  # a pause, lest a broken one is started in a rush
                log.error("worker %s ended with %s; starting another", worker.pid, worker.exitcode)
                workers[place] = _start(work)
        if beside and jobs and jobs.poll() is not None and not stopping.wait(1):
            log.error("the worker for jobs ended with %s; starting another", jobs.returncode)
            jobs = beside()
    _stop(workers, jobs)


def _start(work: Callable[[], None]) -> BaseProcess:
    worker = processes.Process(target=work)
    worker.start()
    return worker


def _start_jobs() -> Jobs:
    return subprocess.Popen([sys.executable, "-m", "fieldwork.work", "--with-parent", str(os.getpid())])  # noqa: S603


def _stop(workers: Sequence[BaseProcess], jobs: Jobs | None) -> None:
    for worker in workers:
        worker.terminate()
    if jobs:
        jobs.terminate()
    for worker in workers:
        worker.join(STOP_WITHIN_S)
        if worker.exitcode is None:
            worker.kill()
            worker.join()
    if jobs:
        try:
            jobs.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            jobs.kill()


def _work(app: Flask, listening: socket.socket) -> None:
    """Serve until SIGTERM: what is being answered is finished, then the process ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the parent decides
    signal.signal(signal.SIGTERM, _leave)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # else a line for every request that waits
    threading.Thread(target=_follow_parent, daemon=True).start()
    create_server(
        app,
        sockets=[listening],
        threads=THREADS,
        connection_limit=CONNECTIONS_MAX,
        backlog=BACKLOG,
        asyncore_use_poll=True,  # select() ends at 1024 open files
        recv_bytes=RECEIVE_BYTES,
        inbuf_overflow=HELD_IN_MEMORY_BYTES,
        max_request_body_size=REQUEST_MAX_BYTES,
        clear_untrusted_proxy_headers=not app.config["SETTINGS"].trusted_proxies,  # else ProxyFix of the factory asks
        ident=None,
    ).run()


def _leave(*_: object) -> NoReturn:
    raise SystemExit


def _follow_parent() -> None:
    """End this process, too, when the parent was killed and could not say so."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
