"""Row 41: the disk of the server is full, and has room again later."""

import os
import resource
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.loss.desk import ask
from tests.loss.phone import heavy
from tests.loss.program import Program, sha256

ROOM = 1_500_000  # what a file may have: enough for the database of the town, too little for the photo
UNLIMITED = resource.RLIM_INFINITY


def test_row_41_the_disk_of_the_server_is_full(phone: Any, server: Any, program: Any, tried: Any) -> None:
    """Every process of the server may write no file beyond a size, which it is told as on a full disk. The text finds
    room, the photo does not; a photo of a program that begins anew finds none either."""
    mine, other = phone("xiaolin"), program("xiaolin")
    text, photo, second = "服务器的磁盘满了", heavy(1000, 1000), heavy(900, 900)
    assert len(photo) > 2 * ROOM
    held_before = files_of(server.folder)
    give_room(server, ROOM)
    mine.open()
    mine.write(text)
    mine.add_photo(photo)
    mine.save()
    mine.wait(lambda: mine.trouble(text) == "full", 60, mine.states)
    assert mine.entry(text)["state"] == "sent"
    row = mine.page.locator("[data-entry]", has_text=text)
    expect(row.locator("[data-why]")).to_contain_text("空间")
    refused = last_answer(other, second)
    assert (refused.status_code, refused.headers["Content-Type"]) == (507, "application/problem+json")
    assert refused.json()["title"]
    tried(2)

    # nothing half-written: no row of it, no file of it in the store, and what is on the phone is still there
    assert ask(server.folder, "SELECT count(*) FROM photo") == [(0,)]
    assert files_of(server.folder) == held_before
    assert [one["bytes"] for one in mine.read("photos")] == [len(photo)]

    give_room(server, UNLIMITED)
    mine.send()
    mine.arrive(text, within_s=60)
    other.upload(second, chunk=1_000_000)
    reader = program("xiaolin")
    assert [one["text"] for one in reader.visits()] == [text]
    assert [sha256(reader.photo(sha256(one)) or b"") for one in (photo, second)] == [sha256(photo), sha256(second)]
    assert server.command("verify").returncode == 0


def last_answer(client: Program, content: bytes) -> Any:
    """Chunk by chunk until one is not taken."""
    made = client.begin(content)
    for offset in range(0, len(content), 200_000):
        answer = client.patch(made.headers["Location"], offset, content[offset : offset + 200_000])
        if answer.status_code != 204:
            return answer
    raise AssertionError("all of it was taken")


def give_room(server: Any, size_bytes: int) -> None:
    """Let all processes of the server write files up to this size."""
    for pid in server.processes():
        _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size_bytes, hard))


def files_of(folder: Path) -> set[str]:
    """What lies in the store."""
    return {str(Path(at) / name) for at, _, names in os.walk(folder / "files") for name in names}
