"""Row 13: what cannot be sent leaves the phone as a file, and the office takes it in, once."""

import hashlib
import zipfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.loss.phone import picture
from tests.loss.program import Program
from tests.loss.test_many_receipts import COPY
from tests.support.cast import PASSWORD

PROBLEM = "渠口淤塞，三户浇不上水"
SHARING = """() => {
  navigator.canShare = () => true;
  navigator.share = async ({files}) => { window.shared = files[0].name; };
}"""
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


def test_drafts_go_along_and_what_must_not_be_sent_stays(phone: Any, line: Any, server: Any, tmp_path: Path) -> None:
    mine = phone("xiaolin")
    line.lose_request("(PUT|POST|PATCH|HEAD) /(api/v1|drafts)/", times=None)
    mine.record(VISIT)
    mine.open("problem")
    mine.write("身份证号码 11010519491231002X")
    mine.page.locator(".capture .buttons button[type=submit]:not([name])").last.click()
    mine.wait(lambda: mine.states()[-1][0] == "blocked")
    mine.open("case")
    mine.page.locator("textarea[name=text]").fill("还没写完的做法")
    mine.wait(lambda: mine.find("还没写完的做法") is not None)
    mine.page.goto("/outbox/")
    file = tmp_path / "queue.zip"
    with mine.page.expect_download() as download:
        mine.page.locator("[data-export]").click()
    download.value.save_as(file)
    said = mine.page.locator("[data-exported]")
    expect(said).to_contain_text("已导出 1 条")
    expect(said).to_contain_text("另有 1 条草稿")
    expect(said).to_contain_text("有 1 条含不能发送的内容，没有导出")
    with zipfile.ZipFile(file) as queue:
        assert "11010519491231002X" not in queue.read("queue.json").decode()
    office = phone(None).page
    _log_in(office)
    office.goto("/box/import")
    office.locator("input[type=file]").set_input_files(file)
    office.get_by_role("button", name="检查").click()
    office.get_by_role("button", name="导入").click()
    expect(office.locator("ul.rows .stamp")).to_have_text(["新增", "存为草稿"])
    expect(office.locator("main")).not_to_contain_text("还没写完的做法")  # it is its author's alone
    mine.page.goto("/drafts/")
    expect(mine.page.get_by_role("link", name="还没写完的做法")).to_be_visible()


def test_more_than_one_file_takes_leaves_in_several(phone: Any, line: Any) -> None:
    mine = phone("xiaolin")
    line.lose_request("(PUT|POST|PATCH|HEAD) /api/v1/", times=None)
    entry = mine.record(VISIT)
    mine.page.evaluate(COPY, [entry["id"], 400])
    names = []
    mine.page.on("download", lambda download: names.append(download.suggested_filename[-8:]))
    mine.page.locator("[data-export]").click()
    expect(mine.page.locator("[data-exported]")).to_contain_text("已导出 401 条，共 2 个文件")
    mine.wait(lambda: names == ["1of2.zip", "2of2.zip"])


def test_inside_another_app_the_phone_is_asked_to_share_it(phone: Any, line: Any) -> None:
    agent = "Mozilla/5.0 (Linux; Android 12; wv) AppleWebKit/537.36 Chrome/116.0 Mobile MicroMessenger/8.0"
    mine = phone("xiaolin", user_agent=agent)
    line.lose_request("(PUT|POST|PATCH|HEAD) /api/v1/", times=None)
    mine.record(VISIT)
    mine.page.locator("[data-export]").click()
    said = mine.page.locator("[data-exported]")
    expect(said).to_have_text("这里不能保存文件，没有导出。请连上网络后点“立即发送”。")
    mine.page.evaluate(SHARING)
    mine.page.locator("[data-export]").click()
    expect(said).to_contain_text("已导出 1 条")
    assert mine.page.evaluate("() => window.shared").startswith("fieldwork-")
