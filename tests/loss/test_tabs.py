"""Row 8: two tabs of one phone."""

from functools import partial
from typing import Any

from playwright.sync_api import FilePayload, Page, expect

from tests.loss.phone import picture
from tests.loss.program import sha256


def test_row_08_one_draft_in_two_tabs(phone: Any, program: Any, tried: Any) -> None:
    """A draft that was left goes to one tab, and two new forms are two drafts. Where the browser has no locks, both
    tabs write on the same one, and both contents are kept, each with its photos."""
    mine, photos = phone("xiaolin"), [picture(800), picture(801)]
    mine.open()
    mine.write("留下的草稿")
    mine.wait(lambda: mine.find("留下的草稿") is not None)
    mine.page.goto("/me/")
    first, second = tabs_on(mine)
    assert [typed(tab) for tab in (first, second)] == ["留下的草稿", ""]
    second.locator("textarea[name=text]").fill("第二个窗口另写一条")
    first.locator("textarea[name=text]").press_sequentially("，接着写")
    save(second)
    save(first)

    first, second = tabs_on(mine)
    first.locator("textarea[name=text]").fill("同时打开的甲")
    mine.wait(lambda: mine.find("同时打开的甲") is not None)
    second.locator("textarea[name=text]").fill("同时打开的乙")
    save(first)
    save(second)

    mine.context.add_init_script("delete Navigator.prototype.locks;")
    mine.open()
    mine.write("没有锁的浏览器")
    mine.add_photo(photos[0])
    mine.wait(lambda: len((mine.find("没有锁的浏览器") or {"photos": []})["photos"]) == 1)
    mine.page.goto("/me/")
    first, second = tabs_on(mine)
    assert [typed(tab) for tab in (first, second)] == ["没有锁的浏览器"] * 2
    for number, tab in enumerate((first, second, first, second), 1):
        tab.locator("textarea[name=text]").press_sequentially(f"，{number}")
        mine.wait(partial(mine.find, typed(tab)))
    choose(second, photos[1])
    save(first)
    save(second)
    tried(3)
    mine.wait(lambda: [state for state, _ in mine.states()] == ["receipted"] * 6, 120, mine.states)
    reader = program("xiaolin")
    held = {one["text"]: [photo["sha256"] for photo in detail(program, one["id"])["photos"]] for one in reader.visits()}
    both = [sha256(photo) for photo in photos]
    bare = {"留下的草稿，接着写": [], "第二个窗口另写一条": [], "同时打开的甲": [], "同时打开的乙": []}
    assert held == {**bare, "没有锁的浏览器，1，3": both[:1], "没有锁的浏览器，2，4": both}
    assert len(reader.visits()) == len(held)


def another(mine: Any) -> Page:
    """One more tab of the same phone."""
    tab: Page = mine.context.new_page()
    tab.on("pageerror", lambda error: mine.errors.append(str(error)))
    return tab


def tabs_on(mine: Any) -> list[Page]:
    """Two tabs that open the same form, one after the other."""
    tabs = [another(mine), another(mine)]
    for tab in tabs:
        tab.goto("/visits/new")
        expect(tab.locator("form[data-ready]")).to_be_attached()
    return tabs


def typed(tab: Page) -> str:
    return tab.locator("textarea[name=text]").input_value()


def save(tab: Page) -> None:
    tab.locator("[data-units] label.chip", has_text="青石坳村").first.click()
    tab.locator(".capture .buttons button[type=submit]:not([name])").last.click()
    tab.wait_for_url("**/outbox/**")
    tab.close()


def choose(tab: Page, photo: bytes) -> None:
    payload = FilePayload(name="image.jpg", mimeType="image/jpeg", buffer=photo)
    tab.locator("photo-picker input[type=file]:not([capture])").last.set_input_files(payload)


def detail(program: Any, record: str) -> Any:
    return program("xiaolin").get(f"/visits/{record}").json()
