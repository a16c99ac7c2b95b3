"""Row 13: what cannot be sent leaves the phone as a file, and the office takes it in, once."""

import hashlib
import zipfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.loss.phone import picture
from tests.loss.program import Program
from tests.support.cast import PASSWORD

PROBLEM = "渠口淤塞，三户浇不上水"
VISIT = "走访时网一直没有\n第二行“引号”，😀𠮷"


def test_row_13_the_exported_queue_is_imported_once(phone: Any, line: Any, server: Any, tmp_path: Path) -> None:
    mine, there = phone("xiaolin"), Program(server.address, "xiaolin")  # which has a line of its own
    line.lose_request("(PUT|POST|PATCH|HEAD) /api/v1/", times=None)
    mine.record(VISIT, [picture(130), picture(131)])
    mine.record(PROBLEM, [picture(132)], kind="problem")
    waiting = {entry["record"]: entry for entry in mine.entries()}
    assert [entry["state"] for entry in waiting.values()] == ["ready", "ready"]
    file = tmp_path / "queue.zip"
    with mine.page.expect_download() as download:
        mine.page.locator("[data-export]").click()
    download.value.save_as(file)
    assert [entry["state"] for entry in mine.entries()] == ["ready", "ready"]  # handing out a copy frees nothing

    office = phone(None).page
    _log_in(office)
    assert _imported(office, file) == ["新增", "新增"]
    _compare(there, waiting, file)
    assert _imported(office, file) == ["已经在系统中", "已经在系统中"]
    _compare(there, waiting, file)

    line.good()  # the phone has a line again, and knows nothing of the import
    mine.send()
    mine.arrive(VISIT.splitlines()[0])
    mine.arrive(PROBLEM)
    _compare(there, waiting, file)


def _log_in(page: Page) -> None:
    page.goto("/login")
    page.get_by_label("用户名").fill("office")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/")


def _imported(page: Page, file: Path) -> list[str]:
    """Upload the file, look at what it would do, import it; what became of each record, in words."""
    page.goto("/box/import")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_text("检查过了，现在还没有写入。")).to_be_visible()
    page.get_by_role("button", name="导入").click()
    expect(page.get_by_text("已导入。全部 2 条都在系统中")).to_be_visible()
    expect(page.get_by_text("照片 3/3 张已收下")).to_be_visible()
    return [stamp.strip() for stamp in page.locator("ul.rows .stamp").all_inner_texts()]


def _compare(server: Any, waiting: dict[str, Any], file: Path) -> None:
    """What the server holds is what lies on the phone: each record once, its words, its photos by their bytes."""
    held = {record["id"]: record for room in ("visits", "problems") for record in server.listed(room)}
    assert [len(server.listed(room)) for room in ("visits", "problems")] == [1, 1]
    assert set(held) == set(waiting)
    for uid, entry in waiting.items():
        whole = server.get(f"/{entry['kind']}s/{uid}").json()
        listed = [photo["sha256"] for photo in entry["photos"]]
        assert whole["text"] == entry["body"]["text"]
        assert [photo["sha256"] for photo in whole["photos"]] == listed
        with zipfile.ZipFile(file) as queue:
            for sha256 in listed:
                assert hashlib.sha256(server.photo(sha256)).hexdigest() == sha256
                assert server.photo(sha256) == queue.read(f"photos/{sha256}")
