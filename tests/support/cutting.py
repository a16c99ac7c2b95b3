"""A line that breaks: a TCP proxy on loopback that closes the connection after so many bytes, in mid-chunk.

Unlike the bad line of the no-loss matrix it knows nothing of HTTP: what was sent before the cut has reached the server.
"""

import socket
import threading
from contextlib import suppress
from typing import Any

PIECE = 4096


class CutLine:
    """`address` is where clients go. `cut_after` arms it; once it has cut, the line is good again."""

    def __init__(self, port: int) -> None:
        self._upstream = port
        self._left: int | None = None
        self.cuts = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_after(self, size_bytes: int) -> None:
        """Close the connection on which the client sends this byte, counted from now over all of them."""
        self._left = size_bytes

    def close(self) -> None:
        """Take no connection any more."""
        with suppress(OSError):  # as it is woken, some systems call it unconnected
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):  # it has been closed
            while True:
                client, _ = self._listening.accept()
                threading.Thread(target=self._join, args=(client,), daemon=True).start()

    def _join(self, client: socket.socket) -> None:
        with client, suppress(OSError), socket.create_connection(("127.0.0.1", self._upstream)) as server:
            back = threading.Thread(target=self._carry, args=(server, client), daemon=True)
            back.start()
            self._carry(client, server, is_counted=True)
            back.join()

    def _carry(self, source: socket.socket, target: socket.socket, *, is_counted: bool = False) -> None:
        """Pass on what comes, until there is no more or the line is cut; then both sides are hung up on."""
        with suppress(OSError):  # the other side has hung up
            while piece := source.recv(PIECE):
                kept = self._before_the_cut(piece) if is_counted else piece
                target.sendall(kept)
                if len(kept) < len(piece):
                    break
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _before_the_cut(self, piece: bytes) -> bytes:
        if self._left is None:
            return piece
        kept = piece[: self._left]
        self._left -= len(kept)
        if len(kept) < len(piece):
            self._left = None
            self.cuts += 1
        return kept

    def __enter__(self) -> "CutLine":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()
