"""Rows 47, 48: whose account was closed, or who works elsewhere now, and still has records on the phone."""

import hashlib
from typing import Any
from uuid import UUID

from playwright.sync_api import expect

from tests.loss.desk import Desk, ask
from tests.loss.phone import picture
from tests.loss.program import Program

API = "(PUT|POST|PATCH|HEAD) /api/v1/"


def test_row_47_a_disabled_account_with_unsent_records(phone: Any, line: Any, server: Any) -> None:
    mine, pictures = phone("xiaolin"), [picture(470), picture(471), picture(472)]
    line.lose_request(API, times=None)
    visit = mine.record("停用前写好的走访", pictures[:2])
    problem = mine.record("停用前写好的问题", pictures[2:], kind="problem")
    admin = Desk(server.address, "admin")
    admin.submit(f"/admin/users/{_person(server, 'xiaolin')}", "/activity")
    assert ask(server.folder, "SELECT is_active FROM user WHERE username = 'xiaolin'") == [(0,)]

    line.good()
    late = problem["photos"][0]["sha256"]
    line.lose_request("PATCH /api/v1/uploads", times=None)
    _open(mine)
    mine.page.wait_for_url("**/login*")  # nobody is let in any more, and what lies here is sent all the same
    mine.arrive("停用前写好的走访", "sent")
    mine.page.goto("/")
    mine.arrive("停用前写好的问题", "sent")
    assert ask(server.folder, "SELECT count(*) FROM visit UNION ALL SELECT count(*) FROM problem") == [(0,), (0,)]

    office = Desk(server.address, "office")
    waiting = office.links("/box/", "/box/0")
    assert len(waiting) == 2
    for one in waiting:
        office.submit(one, "/adoption", attributed_to="writer")
    assert office.links("/box/", "/box/0") == []
    line.good()  # the photos come after the records were adopted
    _open(mine)
    mine.arrive("停用前写好的走访")
    mine.arrive("停用前写好的问题")
    for kind, entry in (("visit", visit), ("problem", problem)):
        text, author = ask(
            server.folder, f"SELECT r.text, u.username FROM {kind} r JOIN user u ON u.id = r.author_id"
        ).pop()
        assert (text, author) == (entry["body"]["text"], "xiaolin")
        assert _shown(server, kind, entry["record"]) == [photo["sha256"] for photo in entry["photos"]]
        reader = Program(server.address, "office")
        for photo in entry["photos"]:
            with server.worker():
                seen = reader.picture(photo["sha256"], 320)
            assert (seen.status_code, seen.headers["Content-Type"]) == (200, "image/jpeg")
            assert _held(server, photo["sha256"]) == photo["sha256"]
    assert late in _shown(server, "problem", problem["record"])


def test_row_48_a_cadre_moved_to_another_area(phone: Any, line: Any, server: Any, program: Any) -> None:
    mine = phone("xiaolin")
    before = mine.record("调动前送达的走访", [picture(480)])
    mine.arrive("调动前送达的走访")
    line.lose_request(API, times=None)
    visit = mine.record("调动前写的走访", [picture(481)])
    problem = mine.record("调动前写的问题", [picture(482)], kind="problem")
    mine.page.goto(f"/visits/{before['record']}/edit")
    expect(mine.page.locator("form[data-ready]")).to_be_attached()
    mine.page.locator("textarea[name=text]").fill("调动前送达的走访，又补了一句")
    mine.save()
    hospital = _unit(server, "东屏区人民医院")
    Desk(server.address, "admin").submit(
        f"/admin/users/{_person(server, 'xiaolin')}", f"/admin/users/{_person(server, 'xiaolin')}", unit=hospital
    )
    line.good()
    mine.send()

    for text in ("调动前写的走访", "调动前写的问题", "又补了一句"):
        mine.wait(lambda text=text: _entry(mine, text)["state"] == "receipted", shown=mine.entries)
    there = program("xiaolin")
    assert there.get("/me").json()["unit_name"] == "东屏区人民医院"
    for entry in (before, visit, problem):
        whole = there.get(f"/{entry['kind']}s/{entry['record']}").json()
        assert (whole["unit_name"], [photo["held"] for photo in whole["photos"]]) == ("青石坳村", [True])
        assert _held(server, entry["photos"][0]["sha256"]) == entry["photos"][0]["sha256"]
        seen = program("county").get(f"/{entry['kind']}s/{entry['record']}")  # who reviews the area of the village
        assert seen.status_code == 200
    query = """SELECT r.text, u.username, a.code FROM {0} r
               JOIN user u ON u.id = r.author_id JOIN term a ON a.id = r.area_id ORDER BY r.id"""
    assert ask(server.folder, query.format("visit")) == [
        ("调动前送达的走访，又补了一句", "xiaolin", "north-county"),
        ("调动前写的走访", "xiaolin", "north-county"),
    ]
    assert ask(server.folder, query.format("problem")) == [("调动前写的问题", "xiaolin", "north-county")]


def _open(mine: Any) -> None:
    """Open any page, after the time a phone waits between two attempts."""
    for entry in mine.entries():
        mine.change("records", entry["id"], "value.next_at = 0; store.put(value)")
    mine.page.goto("/")


def _entry(mine: Any, text: str) -> Any:
    return next(entry for entry in mine.entries() if any(text in value for _, value in entry["fields"]))


def _person(server: Any, username: str) -> str:
    return str(UUID(ask(server.folder, "SELECT uid FROM user WHERE username = ?", username).pop()[0]))


def _unit(server: Any, name: str) -> str:
    return str(UUID(ask(server.folder, "SELECT uid FROM unit WHERE name = ?", name).pop()[0]))


def _shown(server: Any, kind: str, uid: str) -> list[str]:
    query = f"""SELECT p.sha256 FROM photo_link l JOIN photo p ON p.id = l.photo_id
                JOIN {kind} r ON r.id = l.record_id AND l.kind = '{kind}' WHERE r.uid = ? ORDER BY l.position"""
    return [sha for (sha,) in ask(server.folder, query, uid.replace("-", ""))]


def _held(server: Any, sha256: str) -> str:
    """What the bytes that lie there really hash to."""
    path = server.folder / "files" / "originals" / sha256[:2] / sha256[2:4] / sha256
    return hashlib.sha256(path.read_bytes()).hexdigest()
