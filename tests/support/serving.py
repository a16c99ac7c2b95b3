"""A real server process over a folder: started, stopped, killed, started again on the same port."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
START_WITHIN_S = 40
SECRET = "only-for-tests-0123456789"


class Server:
    """The application in processes of its own, its data in `folder`, its code in `root`; `address` once it answers.

    `jobs`: with the worker that makes the pictures of photos.
    """

    def __init__(
        self, folder: Path, workers: int = 1, root: Path = ROOT, jobs: bool = False, **environment: str
    ) -> None:
        self.folder = folder
        self.root = root
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "FIELDWORK_DATA": str(folder),
            "FIELDWORK_SECRET_KEY": SECRET,
            **environment,
        }
        self._options = ["--workers", str(workers), *(["--with-jobs"] if jobs else [])]
        self._process: subprocess.Popen[bytes] | None = None

    def fill(self) -> "Server":
        """Write the small town of the tests into the empty database."""
        subprocess.run([sys.executable, "-m", "tests.support.town"], cwd=ROOT, env=self.environment, check=True)
        return self

    def start(self) -> "Server":
        command = [sys.executable, "-m", "fieldwork.serve", "--port", str(self.port), *self._options]
        with (self.folder.parent / f"{self.folder.name}.log").open("a") as log:
            self._process = subprocess.Popen(
                command, cwd=self.root, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self._wait()
        return self

    def stop(self) -> None:
        """As Ctrl-C would."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def kill(self) -> None:
        """kill -9 of every process of it, wherever it stands."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(20)
            self._process = None

    @contextmanager
    def worker(self) -> Iterator[None]:
        """The worker for jobs, alone, as in production."""
        process = subprocess.Popen([sys.executable, "-m", "fieldwork.work"], cwd=self.root, env=self.environment)
        try:
            yield
        finally:
            process.terminate()
            process.wait(20)

    def processes(self) -> list[int]:
        """The ids of all processes of it."""
        assert self._process is not None
        group = self._process.pid
        every = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
        return [pid for pid in every if _group_of(pid) == group]

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """One flask command on the same data."""
        command = [sys.executable, "-m", "flask", "--app", "app", *words]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)

    def copy_to(self, folder: Path) -> None:
        """A backup: everything as it lies on the disk; the server stands still meanwhile."""
        shutil.copytree(self.folder, folder)

    def put_back(self, folder: Path) -> None:
        """Restore such a backup."""
        shutil.rmtree(self.folder)
        shutil.copytree(folder, self.folder)

    def _wait(self) -> None:
        deadline = time.monotonic() + START_WITHIN_S
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.address}/readyz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.05)  # it is not listening yet
        raise TimeoutError(self.address)

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *_: Any) -> None:
        self.stop()


def _group_of(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
