"""Rows 1 and 10: the database of a phone when a page dies, or the browser closes the connection."""

import json
import random
from typing import Any

from playwright.sync_api import FilePayload, Page, expect

from tests.loss.phone import picture
from tests.loss.program import sha256

CRASHES = 12
HALT = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...values) {
    const asking = put.apply(this, values);
    const on = () => { this.get("").onsuccess = on; };
    if (!window.halted) on();
    window.halted = true;
    return asking;
  };
}"""
SLOW = """() => {
  const read = Blob.prototype.arrayBuffer;
  Blob.prototype.arrayBuffer = async function () {
    await new Promise((resolve) => setTimeout(resolve, 40));
    return read.call(this);
  };
}"""
STALL = """(after) => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, ...more) {
    const asking = this.name !== "photos" || after ? put.call(this, value, ...more) : null;
    if (this.name === "photos") for (;;) document.title = "";
    return asking;
  };
}"""


def test_row_01_a_crash_between_a_record_and_its_photos(phone: Any, program: Any, tried: Any) -> None:
    """The renderer is killed: with the transaction half done, right behind it, and at any moment of a slow phone."""
    mine, chance = phone("xiaolin"), random.Random(1)
    mine.open()
    mine.write("电池快没电了：之前就有的照片")
    mine.add_photo(picture(100))
    mine.wait(lambda: [len(entry["photos"]) for entry in mine.entries()] == [1])
    for number in range(CRASHES):
        mine.open(query="?blank=1")
        mine.write(f"第{number}次死机前写的")
        mine.page.evaluate(STALL if number < 4 else SLOW, number % 2)
        pushed = crash(mine, chance.uniform(0, 500) if number >= 4 else 1500, [picture(101 + 2 * number)])
        lying = {photo["sha256"]: photo["bytes"] for photo in mine.read("photos")}
        listed = {photo["sha256"] for entry in mine.entries() for photo in entry["photos"]}
        assert listed == set(lying)
        assert all(lying.values())
        assert number >= 4 or sha256(pushed[0]) not in lying  # nothing of it was there
    tried(CRASHES)
    drafts = [entry for entry in mine.entries() if entry["state"] == "draft"]
    for draft in drafts:
        mine.page.goto(f"/visits/new?local={draft['id']}")
        expect(mine.page.locator("form[data-ready]")).to_be_attached()
        mine.page.locator("[data-units] label.chip", has_text="青石坳村").first.click()
        mine.save()
    mine.wait(lambda: {state for state, _ in mine.states()} == {"receipted"}, 60, mine.states)
    held = {photo["sha256"] for one in program("xiaolin").visits() for photo in detail(program, one["id"])["photos"]}
    assert held == {photo["sha256"] for draft in drafts for photo in draft["photos"]}


def test_row_10_the_browser_closes_the_connection_in_mid_form(phone: Any, program: Any, tried: Any) -> None:
    """By the browser's own switch for it, before a word is typed, between words, and while a photo is being kept."""
    mine, photo, text = phone("xiaolin"), picture(1000), "连接断了又写"
    internals = another(mine)
    internals.goto("chrome://indexeddb-internals/")
    mine.open()
    force_close(internals)
    mine.write(text)
    mine.wait(lambda: mine.find(text) is not None)
    force_close(internals)
    mine.add_photo(photo)
    mine.wait(lambda: len(mine.entry(text)["photos"]) == 1)
    mine.page.evaluate(HALT)
    mine.page.locator("textarea[name=text]").press_sequentially("，再写一句")
    mine.page.locator(".photo-words").fill("断开时写的说明")
    mine.page.wait_for_function("() => window.halted")
    force_close(internals)
    mine.wait(lambda: mine.find(f"{text}，再写一句") is not None)
    force_close(internals)
    expect(mine.page.locator("[data-kept]")).to_contain_text("已存")
    mine.save()
    tried(4)
    record = mine.arrive(text)["record"]
    held = detail(program, record)
    assert held["text"] == f"{text}，再写一句"
    assert [(one["sha256"], one["caption"]) for one in held["photos"]] == [(sha256(photo), "断开时写的说明")]
    assert len(program("xiaolin").visits()) == 1


def another(mine: Any) -> Page:
    """One more tab of the same phone."""
    tab: Page = mine.context.new_page()
    tab.on("pageerror", lambda error: mine.errors.append(str(error)))
    return tab


def choose(tab: Page, photo: bytes) -> None:
    payload = FilePayload(name="image.jpg", mimeType="image/jpeg", buffer=photo)
    tab.locator("photo-picker input[type=file]:not([capture])").last.set_input_files(payload)


def force_close(internals: Page) -> None:
    """The browser closes the connections of this origin."""
    internals.reload()
    internals.get_by_text("Force close").click()
    expect(internals.locator("body")).to_contain_text("Open connections: 0")


def crash(mine: Any, after_ms: float, photos: list[bytes]) -> list[bytes]:
    """Choose these photos, type on, and have the page killed so much later; the phone is on a new page then."""
    old, tools = mine.page, mine.context.browser.new_browser_cdp_session()
    target = mine.context.new_cdp_session(old).send("Target.getTargetInfo")["targetInfo"]["targetId"]
    session = tools.send("Target.attachToTarget", {"targetId": target, "flatten": False})["sessionId"]
    for photo in photos:
        choose(old, photo)
    mine.page = mine.context.new_page()
    mine.page.wait_for_timeout(after_ms)
    message = json.dumps({"id": 1, "method": "Page.crash"})  # not asked for an answer, which never comes
    tools.send("Target.sendMessageToTarget", {"sessionId": session, "message": message})
    old.close()
    mine.page.on("pageerror", lambda error: mine.errors.append(str(error)))
    mine.page.goto("/me/")
    return photos


def detail(program: Any, record: str) -> Any:
    return program("xiaolin").get(f"/visits/{record}").json()
