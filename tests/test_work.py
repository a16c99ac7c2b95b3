"""The worker for jobs: beside the server or alone, killed and replaced, gone when told to."""

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.loss.program import Program, sha256
from tests.photos.sending import drawn
from tests.support.serving import ROOT, Server

PHOTOS = 6
SOON_S = 30


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    with Server(folder, jobs=True).fill() as running:
        yield running


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SOON_S
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def worker_of(server: Server) -> psutil.Process:
    """The worker, which may begin a little after the server has answered."""
    found: list[psutil.Process] = []
    until(lambda: bool(found.extend(filter(is_worker, map(psutil.Process, server.processes()))) or found))
    return found[0]


def is_worker(process: psutil.Process) -> bool:
    try:
        said = process.cmdline()
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return False
    return "fieldwork.work" in said and "--with-parent" in said


def states(folder: Path) -> list[str]:
    with sqlite3.connect(folder / "fieldwork.db") as database:
        return [row[0] for row in database.execute("SELECT state FROM photo")]


def test_photos_are_made_ready_beside_the_server(server: Server) -> None:
    mine = Program(server.address, "xiaolin")
    for shade in range(PHOTOS):
        assert mine.upload(drawn(shade)) == 204
    assert all(mine.picture(sha256(drawn(shade)), 320).status_code == 200 for shade in range(PHOTOS))


def test_a_worker_that_is_killed_is_replaced_and_what_it_held_is_done(server: Server, folder: Path) -> None:
    mine, worker = Program(server.address, "xiaolin"), worker_of(server)
    worker.suspend()
    for shade in range(PHOTOS):
        assert mine.upload(drawn(shade)) == 204
    worker.kill()
    with sqlite3.connect(folder / "jobs.db") as queue:  # as if it had taken them out
        queue.execute("DELETE FROM task")
    with sqlite3.connect(folder / "fieldwork.db") as database:
        database.execute("UPDATE photo SET received_at = '2026-01-01 00:00:00'")
    until(lambda: states(folder) == ["ready"] * PHOTOS)
    assert worker_of(server).pid != worker.pid


def test_a_worker_goes_with_its_server_however_that_ends(server: Server) -> None:
    worker = worker_of(server)
    parent = worker.parent()
    assert parent is not None
    parent.kill()
    until(lambda: not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE)


def test_a_worker_whose_server_ended_before_it_looked_goes_too(server: Server) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    orphan = [sys.executable, "-m", "fieldwork.work", "--with-parent", str(gone.pid)]
    assert subprocess.run(orphan, cwd=ROOT, env=server.environment, timeout=SOON_S).returncode in {0, -signal.SIGTERM}


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_alone_goes_when_told_to(server: Server, sign: signal.Signals) -> None:
    alone = subprocess.Popen([sys.executable, "-m", "fieldwork.work"], cwd=ROOT, env=server.environment)
    time.sleep(3)  # it says nothing when it is at work; told earlier, it would go all the same
    assert alone.poll() is None
    alone.send_signal(sign)
    assert alone.wait(15) in {0, -sign}
