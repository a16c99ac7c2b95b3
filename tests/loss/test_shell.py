"""Rows 20 to 24: what the service worker, a new release or the switch for both can do to what is written on a phone."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.shells import AHEAD, copy_of_the_code
from tests.loss.desk import Desk
from tests.loss.line import Fault
from tests.loss.phone import picture
from tests.loss.program import sha256
from tests.loss.shelf import (
    COMING,
    IS_LED,
    KNOWN,
    LOOK,
    empty_http_cache,
    kept,
    offered,
    opened_without_a_line,
    pages,
    settled,
)
from tests.support.serving import Server

SEND_BYTES = """([method, path, bytes]) =>
  fetch(path, { method, body: new Uint8Array(bytes) }).then((answer) => answer.status)"""
HOUR_MS = 3600 * 1000
CHANGED = ("css/base.css", "js/capture/index.js", "js/capture/sheet.js", "js/worker/events.js")


@pytest.fixture
def server(town: Path, tmp_path: Path) -> Iterator[Server]:
    """A server whose code is a copy, so that another release can follow."""
    Server(town).copy_to(tmp_path / "data")
    with Server(tmp_path / "data", root=copy_of_the_code(tmp_path / "code")) as running:
        yield running


def test_row_20_the_worker_leaves_what_is_sent_alone_and_the_server_takes_no_empty_body(
    phone: Any, line: Any, program: Any, tried: Any
) -> None:
    mine, came, led = settled(phone("xiaolin")), {}, []
    mine.page.goto("/me/")
    assert mine.page.evaluate(IS_LED)
    mine.context.on("response", lambda answer: led.append((answer.request.method, answer.from_service_worker)))
    line.faults.append(Fault("/untouched", lambda one: came.setdefault(one.command, []).append(one.body), None))
    for method in ("POST", "PUT", "PATCH"):
        sent = os.urandom(300_000)
        assert mine.page.evaluate(SEND_BYTES, [method, "/untouched", list(sent)]) in {403, 404, 405}
        assert came[method] == [sent], method
    photo = picture(200)
    entry = mine.record("工作脚本开着时写的走访", [photo])
    mine.arrive("工作脚本开着时写的走访")
    reader = program("xiaolin")
    assert [visit["text"] for visit in reader.visits()] == ["工作脚本开着时写的走访"]
    assert sha256(reader.photo(entry["photos"][0]["sha256"])) == sha256(photo)
    sending = [is_led for method, is_led in led if method != "GET"]
    assert {"POST", "PUT", "PATCH"} <= {method for method, _ in led}
    assert not any(sending)
    tried(len(sending))

    body, desk = reader.body("有一张照片", photos=[picture(201)]), Desk(line.address, "xiaolin")
    assert reader.put(body).status_code == 201
    assert reader.patch(reader.begin(picture(201)).headers["Location"], 0, b"").status_code == 400
    declared = {"Content-Type": "application/json"}
    fresh = reader.body("没有正文")["id"]
    assert reader.http.put(f"{reader.at}/visits/{fresh}", data=b"", headers=declared).status_code == 400
    assert reader.http.post(f"{reader.at}/have", data=b"", headers=declared).status_code == 400
    for kind in ("multipart/form-data; boundary=x", "application/x-www-form-urlencoded"):
        answer = desk.http.post(f"{line.address}/visits/new", data=b"", headers={"Content-Type": kind})
        assert answer.status_code in {400, 422}, kind
    assert len(reader.visits()) == 2


def test_row_21_after_updates_every_page_opens_without_a_line(phone: Any, line: Any, server: Any, tried: Any) -> None:
    mine = phone("xiaolin")
    record = mine.record("看过的走访")["record"]
    mine.arrive("看过的走访")
    settled(mine)
    read = [*AHEAD, f"/visits/{record}", "/models/"]
    for path in read:
        mine.page.goto(path)
    mine.wait(lambda: set(read) <= set(pages(mine)))
    assert opened_without_a_line(mine, line, read) == read
    for words in ("second", "third"):
        deploy(server, words)
        mine.page.goto("/me/")
        offered(mine.page)
        with mine.page.expect_navigation():
            mine.page.get_by_role("button", name="更新").click()
        mine.page.wait_for_load_state()
        assert opened_without_a_line(mine, line, read) == read, words
    line.is_down = True
    mine.record("更新两次以后，没有信号时写的走访", [picture(210)])
    line.good()
    mine.send()
    mine.arrive("更新两次以后，没有信号时写的走访")
    tried(3 * len(read))


def test_row_22_one_asset_fails_while_an_update_installs(phone: Any, line: Any, server: Any, tried: Any) -> None:
    mine = settled(phone("xiaolin"))
    mine.page.goto("/me/")
    releases = [name for name in kept(mine) if name.startswith("assets-")]
    asset = "GET /static/js/capture/sheet.js"
    faults: list[Callable[[], None]] = [
        lambda: line.answer(asset, 500, times=None),
        lambda: line.answer(asset, 404, times=None),
        lambda: line.lose_request(asset, times=None),
        lambda: line.lose_request("GET /offline", times=None),
        lambda: None,
    ]
    faults[0]()  # before there is anything to install: the page looks of its own accord, too
    deploy(server, "second")
    for number, fail in enumerate(faults[1:]):
        mine.wait(lambda: bool(mine.page.evaluate(LOOK)) or line.faults[0].seen > 0, shown=lambda: line.calls[-20:])
        mine.wait(lambda: not mine.page.evaluate(COMING))
        assert [name for name in kept(mine) if name.startswith("assets-")] == releases
        line.is_down = True
        empty_http_cache(mine)
        words = f"更新失败以后写的第 {number} 条"
        mine.record(words, [picture(220 + number)])
        assert mine.entry(words)["state"] == "ready"
        line.good()
        fail()
        mine.send()
        mine.arrive(words)
        mine.page.goto("/me/")
    offered(mine.page)  # nothing fails any more
    tried(len(faults) - 1)


def test_row_23_a_deploy_reaches_an_open_phone_and_leaves_a_form_alone(
    phone: Any, line: Any, server: Any, program: Any
) -> None:
    """The page looks every hour; an hour is put forward on the clock of the page, not waited for."""
    mine = settled(phone("xiaolin"))
    mine.page.clock.install()
    mine.open("visit", "?blank=1")
    mine.write("部署的时候正在写")
    mine.page.clock.run_for(7000)  # it begins to look once it has settled
    mine.page.wait_for_timeout(1000)
    mine.page.evaluate("() => { window.isTheSame = true; }")
    version = mine.page.locator("html").get_attribute("data-version")
    deploy(server, "second")
    before = line.count("GET /sw.js")
    mine.page.clock.fast_forward(HOUR_MS)
    mine.wait(lambda: line.count("GET /sw.js") > before)
    expect(mine.page.locator("[data-update]")).to_be_visible(timeout=20_000)
    mine.page.locator("textarea[name=text]").fill("部署的时候正在写，横幅出来了")

    other = mine.context.new_page()
    other.goto("/me/")
    offered(other)
    with other.expect_navigation():
        other.get_by_role("button", name="更新").click()
    expect(mine.page.locator("[data-update]")).to_be_hidden()
    mine.page.clock.run_for(2000)
    assert mine.page.evaluate("() => window.isTheSame") is True
    assert other.locator("html").get_attribute("data-version") != version
    other.close()
    photo = picture(230)
    mine.add_photo(photo)
    assert mine.page.locator("html").get_attribute("data-version") == version  # what writes now is the older client
    mine.page.clock.resume()
    mine.save()
    entry = mine.arrive("部署的时候正在写，横幅出来了")
    reader = program("xiaolin")
    assert [visit["text"] for visit in reader.visits()] == ["部署的时候正在写，横幅出来了"]
    assert sha256(reader.photo(entry["photos"][0]["sha256"])) == sha256(photo)


def test_row_24_the_switch_takes_the_worker_away_and_leaves_what_is_written(
    phone: Any, line: Any, server: Any, program: Any
) -> None:
    mine, photo = settled(phone("xiaolin")), picture(240)
    line.lose_request("(PUT|POST|PATCH) /api/v1", times=None)
    mine.record("关掉离线以前没有发出的走访", [photo])
    mine.open("problem")
    mine.page.locator("textarea[name=text]").fill("只写了一半的问题")
    mine.wait(lambda: "只写了一半的问题" in str(mine.entries()))
    before = [(entry["id"], entry["fields"], entry["photos"]) for entry in mine.entries()]
    Desk(server.address, "admin").submit("/admin/settings", "/admin/settings", offline="off")
    mine.page.goto("/me/")
    with mine.page.expect_navigation(timeout=40_000):
        pass  # it reloads itself, since nobody is writing in it
    mine.wait(lambda: not mine.page.evaluate(KNOWN))
    mine.wait(lambda: kept(mine) == {})
    assert [(entry["id"], entry["fields"], entry["photos"]) for entry in mine.entries()] == before
    assert [photo["sha256"] for photo in mine.read("photos")] == [sha256(photo)]
    mine.page.goto("/problems/new")
    expect(mine.page.locator("textarea[name=text]")).to_have_value("只写了一半的问题")
    line.good()
    mine.send()
    mine.arrive("关掉离线以前没有发出的走访")
    reader = program("xiaolin")
    assert [visit["text"] for visit in reader.visits()] == ["关掉离线以前没有发出的走访"]
    assert sha256(reader.photo(sha256(photo))) == sha256(photo)
    mine.page.wait_for_timeout(7000)  # no page puts it in again
    assert not mine.page.evaluate(KNOWN)
    assert kept(mine) == {}


def deploy(server: Server, words: str) -> None:
    """Another release: a style, two scripts and the worker have changed."""
    server.stop()
    for name in CHANGED:
        with (server.root / "static" / name).open("a", encoding="utf-8") as file:
            file.write(f"\n/* {words} */\n")
    server.start()
