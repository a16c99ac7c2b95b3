"""Rows 31 to 37 and 45: forms sent twice, lines that are cut, restarts, ended sessions, places that never come."""

import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, expect

from tests.loss.desk import Desk, ask
from tests.loss.phone import Phone, heavy, picture
from tests.loss.program import sha256
from tests.loss.shelf import settled
from tests.support.cast import PASSWORD
from tests.support.chromium import QUIET, find

API = "(PUT|POST|PATCH|HEAD) /api/v1/"
FASTER = 1 if os.environ.get("LOSS_TRUE_SPEED") else 10
SILENT = "navigator.geolocation.getCurrentPosition = () => undefined;"
PLACE = {"latitude": 31.82, "longitude": 105.62, "accuracy": 12}


class Profile:
    """The storage of one phone, whichever browser process has it open: `Phone(profile, line)` turns it on."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser, self.folder = browser, folder

    def new_context(self, **options: Any) -> BrowserContext:
        as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
        return self.browser.browser_type.launch_persistent_context(
            self.folder, executable_path=find(), args=[*QUIET, *as_root], **options
        )


def test_row_31_the_same_form_twice_and_once_more_from_the_phone(
    phone: Any, line: Any, program: Any, tried: Any
) -> None:
    """The phone has it ready; the draft it put on the server early is opened without scripts, and sent twice."""
    text, photos = "两次用网页，一次用手机", [picture(310), picture(311)]
    mine, plain = phone("xiaolin"), phone(None, java_script_enabled=False)
    line.lose_request(API, times=None)
    mine.open()
    mine.write(text)
    mine.wait(lambda: line.count("PUT /drafts/") > 0, 60)
    mine.page.wait_for_timeout(500)
    plain.context.add_cookies(mine.context.cookies())
    plain.page.goto(f"/visits/new?draft={mine.entry(text)['record']}")
    mine.add_photo(photos[0])
    mine.save()
    attached = FilePayload(name="image.jpg", mimeType="image/jpeg", buffer=photos[1])
    plain.page.locator("input[name=photos]:not([capture])").set_input_files(attached)
    line.delay("POST /visits/new", 2)
    press_twice(plain, plain.page.get_by_role("button", name="存下并发送"))
    plain.page.wait_for_url(f"**/visits/{mine.entry(text)['record']}")
    assert line.count("POST /visits/new") == 2
    line.good()
    mine.send()
    mine.arrive(text)
    tried(3)
    reader = program("xiaolin")
    assert [(one["id"], one["text"]) for one in reader.visits()] == [(mine.entry(text)["record"], text)]
    held = {one["sha256"] for one in reader.get(f"/visits/{mine.entry(text)['record']}").json()["photos"]}
    assert held == {sha256(photo) for photo in photos}
    assert {sha256(reader.photo(sha)) for sha in held} == held


def test_row_33_four_megabytes_over_a_line_that_is_cut_again_and_again(
    phone: Any, line: Any, program: Any, tried: Any
) -> None:
    """64 kbit/s and a cut every 20 s, both ten times as fast; LOSS_TRUE_SPEED=1 takes the time it takes. The pauses of
    the phone are not shortened, so its lot is worse here than there."""
    mine, photo = phone("xiaolin"), heavy(1100, 1100)
    assert 4_000_000 < len(photo) < 6_000_000
    mine.open()
    mine.write("四兆的照片")
    mine.add_photo(photo)
    mine.page.wait_for_timeout(5000)  # whatever else the page asks for has come
    line.bytes_per_s, line.cut_every_s = 8000 * FASTER, 20 / FASTER
    mine.page.locator(".capture .buttons button[type=submit]:not([name])").last.click()
    mine.wait(lambda: line.count("PATCH /api/v1/uploads") > 0, 900 / FASTER)
    mine.arrive("四兆的照片", within_s=9000 / FASTER)
    line.good()
    chunks, resumed = line.count("PATCH /api/v1/uploads"), line.count("HEAD /api/v1/uploads")
    tried(resumed)
    assert resumed >= 5
    assert chunks > resumed
    assert line.count("POST /api/v1/uploads") == 1  # never from the start
    assert mine.entry("四兆的照片")["photos"][0]["sha256"] == sha256(photo)
    assert sha256(program("xiaolin").photo(sha256(photo))) == sha256(photo)


def test_row_34_thirty_photos_added_in_an_edit(phone: Any, line: Any, program: Any, tried: Any) -> None:
    mine, photos = phone("xiaolin"), [picture(3400 + number, 320, 240) for number in range(30)]
    record = mine.record("先送达文字，后补三十张照片")["record"]
    mine.arrive("先送达文字")
    mine.page.goto(f"/visits/{record}/edit")
    expect(mine.page.locator("form[data-ready]")).to_be_attached()
    for photo in photos:
        mine.add_photo(photo)
    line.lose_reply("PATCH", times=3)
    mine.save()
    mine.wait(lambda: [one["state"] for one in mine.entries()] == ["receipted"] * 2, 150, mine.entries)
    tried(len(photos))
    reader = program("xiaolin")
    held = reader.get(f"/visits/{record}").json()["photos"]
    assert [(one["sha256"], one["held"]) for one in held] == [(sha256(photo), True) for photo in photos]
    assert [sha256(reader.photo(one["sha256"])) for one in held] == [sha256(photo) for photo in photos]
    assert [one["text"] for one in reader.visits()] == ["先送达文字，后补三十张照片"]


def test_row_36_offline_then_online_also_after_a_restart(
    chromium: Browser, line: Any, tmp_path: Path, program: Any, tried: Any
) -> None:
    profile, photos = Profile(chromium, tmp_path / "profile"), [picture(360), picture(361)]
    mine = settled(Phone(profile, line).log_in("xiaolin"))  # type: ignore[arg-type]
    line.is_down = True
    mine.context.set_offline(True)
    mine.record("没有信号时写的第一条", photos[:1])
    assert mine.entry("没有信号时写的第一条")["state"] == "ready"
    line.is_down = False
    mine.context.set_offline(False)  # the phone hears of it
    mine.arrive("没有信号时写的第一条")

    line.is_down = True
    mine.record("没有信号时写的第二条", photos[1:])
    mine.open("problem")
    mine.page.locator("textarea[name=text]").fill("没有信号时写的草稿")
    mine.wait(lambda: "没有信号时写的草稿" in str(mine.entries()))
    mine.close()
    off, mine = mine, Phone(profile, line)  # type: ignore[arg-type]
    mine.page.goto("/me/")
    assert [one["state"] for one in mine.entries()] == ["receipted", "ready", "draft"]
    mine.page.wait_for_timeout(6000)  # it tries, in vain
    line.is_down = False  # nobody tells it
    mine.arrive("没有信号时写的第二条", within_s=90)
    assert mine.page.url.endswith("/me/")
    mine.page.goto("/problems/new")
    expect(mine.page.locator("textarea[name=text]")).to_have_value("没有信号时写的草稿")
    mine.close()
    tried(2)
    reader = program("xiaolin")
    assert sorted(one["text"] for one in reader.visits()) == ["没有信号时写的第一条", "没有信号时写的第二条"]
    assert [sha256(reader.photo(sha256(photo))) for photo in photos] == [sha256(photo) for photo in photos]
    assert off.errors + mine.errors == []


def test_row_37_the_session_has_ended_and_the_phone_was_shut_out(phone: Any, server: Any, program: Any) -> None:
    mine, photo, text = settled(phone("xiaolin")), picture(370), "会话和令牌都失效了"
    mine.open()
    mine.write(text)
    mine.add_photo(photo)
    Desk(server.address, "xiaolin").submit("/me/devices", "/revocation")
    mine.context.clear_cookies()
    mine.save()
    mine.wait(lambda: (mine.entry(text)["trouble"] or {}).get("code") == "login", shown=mine.entries)
    assert ask(server.folder, "SELECT count(*) FROM visit") == [(0,)]
    assert mine.entry(text)["state"] == "ready"
    assert not any(person.get("token") for person in mine.read("people"))
    row = mine.page.locator("[data-entry]", has_text=text)
    expect(row.locator("[data-why]")).to_contain_text("登录已失效")
    row.get_by_role("link", name="去登录").click()
    mine.page.get_by_label("用户名").fill("xiaolin")
    mine.page.get_by_label("密码").fill(PASSWORD)
    mine.page.get_by_role("button", name="登录").click()
    mine.page.wait_for_url("**/outbox/")
    mine.arrive(text)  # without a further touch
    reader = program("xiaolin")
    assert [one["text"] for one in reader.visits()] == [text]
    assert sha256(reader.photo(sha256(photo))) == sha256(photo)


def test_row_45_a_place_that_is_denied_late_or_never_comes(phone: Any, program: Any, tried: Any) -> None:
    allowed = {"permissions": ["geolocation"], "geolocation": PLACE}
    said = {"不许定位": "没有取得定位许可", "允许定位": "已记下位置", "一直没有定位": "正在定位", "没有理会定位": ""}
    for text, words in said.items():
        mine = phone("xiaolin", **(allowed if text == "允许定位" else {}))
        if text == "一直没有定位":
            mine.context.add_init_script(SILENT)
        mine.open()
        button = mine.page.locator("[data-place] [data-locate]")
        if words:
            button.click()
            expect(mine.page.locator("[data-place] [data-said]")).to_contain_text(words)
        mine.write(text)
        mine.save()
        assert mine.entry(text)["state"] != "draft"
        mine.arrive(text)
    tried(len(said))
    held = {one["text"]: program("xiaolin").get(f"/visits/{one['id']}").json() for one in program("xiaolin").visits()}
    assert set(held) == set(said)
    places = {text: one["place"] for text, one in held.items() if one["place"]}
    assert {text: (place["lat"], place["lon"]) for text, place in places.items()} == {"允许定位": (31.82, 105.62)}


def press_twice(mine: Phone, button: Locator) -> None:
    """The second time while the answer to the first is awaited; a click of Playwright's would wait for the answer."""
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    for _ in range(2):
        mine.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        mine.page.wait_for_timeout(500)
