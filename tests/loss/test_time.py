"""Rows 49, 52, 55: a server put back to yesterday, an export that breaks off, clocks that are a day off."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import requests

from tests.loss.desk import Desk, ask
from tests.loss.phone import picture
from tests.loss.program import sha256
from tests.loss.test_full import UNLIMITED, give_room

SIX_HOURS_MS = 6 * 3600 * 1000
ROWS = 4000
LITTLE = 65_536
DAY = timedelta(days=1)


def test_row_49_the_server_is_put_back_to_yesterday(
    phone: Any, server: Any, program: Any, tried: Any, tmp_path: Path
) -> None:
    """What it lacks then: a record and its photo, a correction of one it has, a photo added to one it has."""
    mine, photos = phone("xiaolin"), [picture(490), picture(491), picture(492)]
    old = mine.record("昨天就有的走访", photos[:1])["record"]
    mine.arrive("昨天就有的走访")
    server.stop()
    server.copy_to(tmp_path / "backup")
    server.start()
    new = mine.record("今天才有的走访", photos[1:2])["record"]
    mine.arrive("今天才有的走访")
    mine.page.goto(f"/visits/{old}/edit")
    mine.page.locator("form[data-ready]").wait_for(state="attached")
    mine.page.locator("textarea[name=text]").fill("今天更正过的走访")
    mine.add_photo(photos[2])
    mine.save()
    mine.arrive("今天更正过的走访")

    server.stop()
    server.put_back(tmp_path / "backup")
    server.start()
    assert [one["text"] for one in program("xiaolin").visits()] == ["昨天就有的走访"]
    mine.page.clock.install(time=datetime.now(UTC) + timedelta(hours=7))  # it asks four times a day
    mine.page.goto("/outbox/")
    reader = program("xiaolin")
    mine.wait(lambda: len(reader.visits()) == 2, 60, mine.states)
    mine.wait(lambda: {state for state, _ in mine.states()} == {"receipted"}, 60, mine.states)
    held = {one["id"]: reader.get(f"/visits/{one['id']}").json() for one in reader.visits()}
    assert {uid: one["text"] for uid, one in held.items()} == {old: "今天更正过的走访", new: "今天才有的走访"}
    assert [photo["sha256"] for photo in held[old]["photos"]] == [sha256(photos[0]), sha256(photos[2])]
    assert [photo["sha256"] for photo in held[new]["photos"]] == [sha256(photos[1])]
    assert [sha256(reader.photo(sha256(photo)) or b"") for photo in photos] == [sha256(photo) for photo in photos]
    assert reader.have([], []) == {"ids": [], "hashes": []}
    tried(3)


def test_row_52_an_export_is_whole_or_it_is_none(server: Any, program: Any, tried: Any) -> None:
    """While it is made there is no room for it; then the server is killed; then it goes well."""
    office = Desk(server.address, "office")
    many_problems(server, program)
    give_room(server, LITTLE)
    refused = office.get("/problems/export.xlsx")
    assert refused.status_code == 507
    assert "text/html" in refused.headers["Content-Type"]
    give_room(server, UNLIMITED)

    begun = requests.get(f"{office.address}/problems/export.xlsx", cookies=office.http.cookies, stream=True, timeout=60)
    first = next(begun.iter_content(1024))
    declared = int(begun.headers["Content-Length"])  # so that every browser sees that the rest is lacking
    server.kill()
    assert len(first) <= declared
    server.start()
    whole = office.get("/problems/export.xlsx")
    assert whole.status_code == 200
    assert int(whole.headers["Content-Length"]) == len(whole.content)
    sheet = openpyxl.load_workbook(io.BytesIO(whole.content), read_only=True).worksheets[0]
    assert len([row for row in sheet.iter_rows(values_only=True) if "批量" in str(row)]) == ROWS
    tried(3)


def test_row_55_two_clocks_a_day_off(phone: Any, line: Any, server: Any, program: Any, tried: Any) -> None:
    ahead, behind = phone("xiaolin"), phone("xiaolin")
    began = datetime.now(UTC).replace(microsecond=0)
    for mine, shift, text in ((ahead, DAY, "快了一天的手机先发"), (behind, -DAY, "慢了一天的手机后发")):
        mine.page.clock.install(time=began + shift)
        mine.record(text, kind="problem")
        mine.arrive(text)
    tried(2)
    listed = program("xiaolin").listed("problems")
    assert [one["text"] for one in listed] == [
        "慢了一天的手机后发",
        "快了一天的手机先发",
    ]  # newest first, by the server
    for one, shift in zip(listed, (-DAY, DAY), strict=True):
        whole = program("xiaolin").get(f"/problems/{one['id']}").json()
        captured = datetime.fromisoformat(whole["captured_at"])
        assert captured.utcoffset() is not None
        assert abs(captured - began - shift) < timedelta(minutes=10)
        assert abs(datetime.fromisoformat(whole["received_at"]) - began) < timedelta(minutes=10)


def many_problems(server: Any, program: Any) -> None:
    """The ledger of a large place, by copying one problem."""
    mine = program("xiaolin")
    assert mine.put(mine.body("批量写入的问题", "problem")).status_code == 201
    columns = [name for _, name, *_ in ask(server.folder, "PRAGMA table_info(problem)") if name != "id"]
    changed = {"uid": "lower(hex(randomblob(16)))", "number": "'WT-1999-' || i"}
    copied = ", ".join(changed.get(name, name) for name in columns)
    ask(
        server.folder,
        f"""WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
            INSERT INTO problem ({", ".join(columns)}) SELECT {copied} FROM problem, n""",
        ROWS - 1,
    )
