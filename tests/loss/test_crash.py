"""Row 54: the server is killed at any moment, again and again, while records and photos come in."""

import random
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
import requests

from fieldwork import ids
from tests.loss.conftest import KILLS
from tests.loss.desk import ask
from tests.loss.phone import picture
from tests.loss.program import MOMENT, Program, sha256

CLIENTS = 3
CHUNK = 16 * 1024
PAUSE_S = 0.05
GIVE_UP_S = 120


class Sender(threading.Thread):
    """Records with photos, one after the other, each sent again until its receipt names every photo."""

    def __init__(self, program: Program, number: int, is_over: threading.Event) -> None:
        super().__init__(daemon=True)
        self.program, self.number, self.is_over = program, number, is_over
        self.unit = program.unit()
        self.receipts: dict[str, tuple[dict[str, Any], list[str]]] = {}
        self.failed: BaseException | None = None

    def run(self) -> None:
        try:
            for count in range(10_000):
                if self.is_over.is_set():
                    return
                self._record(self.number * 10_000 + count)
        except BaseException as problem:
            self.failed = problem
            raise

    def _record(self, seed: int) -> None:
        photos = [picture(seed, 480, 360), picture(seed + 5_000, 320, 240)]
        body = {
            "id": str(ids.uuid7()), "kind": "visit", "captured_at": MOMENT, "unit": self.unit, "text": f"第 {seed} 条",
            "photos": [{"sha256": sha256(photo), "caption": ""} for photo in photos],
        }  # fmt: skip
        receipt = self._receipt(body)
        while receipt["photos_missing"]:
            for photo in photos:
                if sha256(photo) in receipt["photos_missing"]:
                    self._upload(photo)
            receipt = self._receipt(body)

    def _receipt(self, body: dict[str, Any]) -> dict[str, Any]:
        answer = until_it_answers(self.program.put, body)
        assert answer.status_code in {200, 201}, answer.text
        receipt: dict[str, Any] = answer.json()
        _, before = self.receipts.get(body["id"], (body, []))
        assert set(before) <= set(receipt["photos_held"])  # what was held once is held for ever
        self.receipts[body["id"]] = (body, receipt["photos_held"])
        return receipt

    def _upload(self, photo: bytes) -> None:
        """In pieces, each from where the server says it stands."""
        made = until_it_answers(self.program.begin, photo)
        assert made.status_code == 201, made.text
        url, offset = made.headers["Location"], 0
        while offset < len(photo):
            answer = until_it_answers(self.program.patch, url, offset, photo[offset : offset + CHUNK])
            if answer.status_code == 409:  # the answer to the last chunk was lost with the server
                head = until_it_answers(self.program.head, url)
                offset = int(head.headers["Upload-Offset"])
            else:
                assert answer.status_code == 204, answer.text
                offset = int(answer.headers["Upload-Offset"])


def until_it_answers(call: Callable[..., requests.Response], *given: Any) -> requests.Response:
    deadline = time.monotonic() + GIVE_UP_S
    while True:
        try:
            answer = call(*given)
        except requests.RequestException:
            assert time.monotonic() < deadline, "the server did not come back"
            time.sleep(PAUSE_S)
        else:
            if answer.status_code != 503:  # busy, or just starting
                return answer


def still_there(reader: Program, promised: dict[str, tuple[dict[str, Any], list[str]]], seen: set[str]) -> set[str]:
    """Text and bytes of what was receipted before the kill; the photos of it, which need no second look."""
    for uid, (body, held) in promised.items():
        if set(held) - seen or not held:
            assert until_it_answers(reader.get, f"/visits/{uid}").json()["text"] == body["text"]
        for one in set(held) - seen:
            assert sha256(reader.photo(one) or b"") == one
    return {one for _, held in promised.values() for one in held}


@pytest.fixture
def workers() -> int:
    """Two processes, so that one can be in mid-write while another is."""
    return 2


@pytest.mark.timeout(300 + 20 * KILLS)
def test_row_54_kill_9_at_a_random_moment(server: Any, tried: Any) -> None:
    chance, is_over = random.Random(), threading.Event()
    senders = [
        Sender(Program(server.address, name), number, is_over) for number, name in enumerate(["xiaolin"] * CLIENTS)
    ]
    for sender in senders:
        sender.start()
    seen: set[str] = set()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.02, 0.8))
        promised = {uid: one for sender in senders for uid, one in list(sender.receipts.items())}
        server.kill()
        server.start()
        seen |= still_there(senders[0].program, promised, seen)
    is_over.set()
    for sender in senders:
        sender.join(GIVE_UP_S)
        assert not sender.is_alive()
        assert sender.failed is None
    receipts = {uid: one for sender in senders for uid, one in sender.receipts.items()}
    assert len(receipts) >= KILLS / 2  # it was at work when it was killed
    tried(KILLS)

    reader = senders[0].program
    for uid, (body, held) in receipts.items():
        whole = reader.get(f"/visits/{uid}").json()
        assert whole["text"] == body["text"]
        assert set(held) == {photo["sha256"] for photo in body["photos"]}
        assert {sha256(reader.photo(one) or b"") for one in held} == set(held)
    assert {one["id"] for one in reader.visits()} >= set(receipts)
    assert ask(server.folder, "PRAGMA integrity_check") == [("ok",)]
    assert ask(server.folder, "PRAGMA foreign_key_check") == []
    assert server.command("verify").returncode == 0
