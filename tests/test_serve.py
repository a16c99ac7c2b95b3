"""The production server: slow phones hold nobody up, a lost process is replaced, it goes when told to."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parent.parent
SLOW_PHONES = 60  # more than all threads of all processes together
HALF_A_FORM = (
    b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 1000\r\n\r\nusername="
)


@dataclass
class Server:
    process: subprocess.Popen[str]
    port: int

    def status(self, path: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        return connection.getresponse().status

    def workers(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    port = free_port()
    process = started(tmp_path, port)
    serving = Server(process, port)
    wait_until(lambda: process.poll() is not None or (accepts(port) and len(serving.workers()) == 2))
    assert process.poll() is None, "it did not start"
    yield serving
    process.terminate()
    process.wait(20)


def started(data: Path, port: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "fieldwork.serve", "--port", str(port), "--workers", "2"]
    environment = {**os.environ, "FIELDWORK_DATA": str(data)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def accepts(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def wait_until(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def test_phones_on_slow_lines_do_not_keep_the_others_waiting(server: Server) -> None:
    phones = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(SLOW_PHONES)]
    for phone in phones:
        phone.sendall(HALF_A_FORM)
    assert server.status("/login") == 200
    for phone in phones:
        phone.close()


def test_a_process_that_dies_is_replaced(server: Server) -> None:
    lost = server.workers()[0]
    lost.kill()
    wait_until(lambda: len(server.workers()) == 2 and lost not in server.workers())
    assert server.status("/login") == 200


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_goes_quietly_when_told_to(server: Server, sign: signal.Signals) -> None:
    workers = server.workers()
    assert server.status("/login") == 200
    server.process.send_signal(sign)
    assert server.process.wait(20) == 0
    assert not any(worker.is_running() for worker in workers)


def test_the_processes_follow_a_parent_that_was_killed(server: Server) -> None:
    workers = server.workers()
    assert server.status("/login") == 200
    server.process.kill()
    server.process.wait(20)
    wait_until(lambda: not any(worker.is_running() and worker.status() != psutil.STATUS_ZOMBIE for worker in workers))


def test_a_port_in_use_is_said_in_one_line(server: Server, tmp_path: Path) -> None:
    second = started(tmp_path, server.port)
    _, said = second.communicate(timeout=20)
    assert second.returncode == 1
    assert said == f"Cannot listen on 127.0.0.1:{server.port}: Address already in use\n"
