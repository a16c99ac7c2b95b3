"""A bad line: a proxy on loopback between phone and server that cuts, delays, throttles, drops replies, lies."""

import re
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PIECE = 4096
HOPS = {"connection", "keep-alive", "transfer-encoding", "server", "date"}
PORTAL = b"<!doctype html><title>Wi-Fi</title><h1>Please log in to this network</h1>"


@dataclass
class Fault:
    """What happens to the calls whose "METHOD path" matches, as often as `times` says (None: always)."""

    calls: str
    act: Callable[["Handler"], bool]
    times: int | None = 1
    seen: int = field(default=0)

    def takes(self, call: str) -> bool:
        if not re.search(self.calls, call) or (self.times is not None and self.seen >= self.times):
            return False
        self.seen += 1
        return True


class Line:
    """`address` is where phones go. Everything else says how bad the line is; all may change at any time."""

    def __init__(self, port: int) -> None:
        self.upstream = port
        self.is_down = False
        self.bytes_per_s: int | None = None
        self.cut_every_s: float | None = None
        self.faults: list[Fault] = []
        self.calls: list[str] = []
        self.began = time.monotonic()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"line": self}))
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def good(self) -> None:
        """A line without faults again."""
        self.is_down, self.bytes_per_s, self.cut_every_s, self.faults = False, None, None, []

    @property
    def stretch(self) -> int:
        """Which stretch between two cuts this is; nothing that is under way at its end comes through."""
        return int((time.monotonic() - self.began) / self.cut_every_s) if self.cut_every_s else 0

    def count(self, pattern: str) -> int:
        """How many calls that match have come in."""
        return len([call for call in self.calls if re.search(pattern, call)])

    # --- faults

    def lose_reply(self, calls: str, times: int | None = 1) -> None:
        """The server does it, and nobody hears of it."""
        self.faults.append(Fault(calls, Handler.lose_reply, times))

    def lose_request(self, calls: str, times: int | None = 1) -> None:
        """The server never hears of it."""
        self.faults.append(Fault(calls, Handler.hang_up, times))

    def answer(
        self, calls: str, status: int, body: bytes = b"", kind: str = "text/html", times: int | None = 1
    ) -> None:
        """Somebody else answers."""
        self.faults.append(Fault(calls, lambda handler: handler.reply(status, body, kind), times))

    def portal(self, calls: str = ".", times: int | None = None) -> None:
        """A captive portal: 200 and a page of its own, whatever is asked."""
        self.answer(calls, 200, PORTAL, "text/html", times)

    def delay(self, calls: str, seconds: float, times: int | None = 1) -> None:
        """It takes its time."""
        self.faults.append(Fault(calls, lambda handler: handler.wait(seconds), times))


class Handler(BaseHTTPRequestHandler):
    """One connection of a phone."""

    line: Line
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def relay(self) -> None:
        call = f"{self.command} {self.path}"
        self.line.calls.append(call)
        self.stretch = self.line.stretch
        if self.line.is_down:
            self.hang_up()
            return
        body = self._body()
        if body is None or any(fault.act(self) for fault in self.line.faults if fault.takes(call)):
            return
        answer = self._forwarded(body)
        if answer is None:
            self.hang_up()
        else:
            self._pass_on(*answer)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = relay  # noqa: N815

    # --- what faults do; true: the call is done with

    def hang_up(self) -> bool:
        self.close_connection = True
        with suppress(OSError):  # it has gone already
            self.connection.shutdown(socket.SHUT_RDWR)
        return True

    def lose_reply(self) -> bool:
        self._forwarded(self.body)
        return self.hang_up()

    def wait(self, seconds: float) -> bool:
        time.sleep(seconds)
        return False

    def reply(self, status: int, body: bytes, kind: str) -> bool:
        self.send_response_only(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return True

    # --- there and back

    def _body(self) -> bytes | None:
        """What the phone sends, as fast as the line lets it; None when the line was cut meanwhile."""
        left, parts = int(self.headers.get("Content-Length") or 0), []
        while left:
            part = self.rfile.read1(min(PIECE, left))
            if not part or self._is_cut(len(part)):
                self.hang_up()
                return None
            parts.append(part)
            left -= len(part)
        self.body = b"".join(parts)
        return self.body

    def _is_cut(self, bytes_moved: int) -> bool:
        if self.line.bytes_per_s:
            time.sleep(bytes_moved / self.line.bytes_per_s)
        return self.line.is_down or self.line.stretch != self.stretch

    def _forwarded(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes] | None:
        server = HTTPConnection("127.0.0.1", self.line.upstream, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOPS}
        try:
            server.request(self.command, self.path, body or None, headers)
            answer = server.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        except (OSError, HTTPException):
            return None
        finally:
            server.close()

    def _pass_on(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in HOPS | {"content-length"}:
                self.send_header(name, value)
        length = {name.lower(): value for name, value in headers}.get("content-length")
        self.send_header("Content-Length", length if self.command == "HEAD" and length else str(len(body)))
        self.end_headers()
        for at in range(0, len(body), PIECE):
            if self._is_cut(len(body[at : at + PIECE])):
                self.hang_up()
                return
            self.wfile.write(body[at : at + PIECE])
