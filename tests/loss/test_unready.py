"""A phone whose line goes before all of a page has come: what is pressed is answered, and nothing written is lost."""

from typing import Any

from playwright.sync_api import expect

from tests.loss.phone import Phone

PARTS = "GET /static/js/capture/(faults|checks|sendable|shrink|digest|export)"
TEXT = "线路断得太早"


def unready(phone: Any) -> Phone:
    """Logged in, with no service worker yet."""
    mine: Phone = phone("xiaolin", service_workers="block")
    return mine


def test_saving_is_answered_and_done_once_there_is_a_line(phone: Any, line: Any) -> None:
    mine = unready(phone)
    line.lose_request(PARTS, times=None)
    mine.open()
    mine.write(TEXT)
    button = mine.page.locator(".capture .buttons button[type=submit]:not([name])").last
    button.click()
    expect(mine.page.locator("[data-kept]")).to_have_text("已存为草稿。网络断了，联网后请再点一次")
    assert mine.entry(TEXT)["state"] == "draft"
    line.good()
    mine.save()  # pressed again on the same page
    mine.arrive(TEXT)


def test_a_draft_is_kept_without_a_unit_and_what_is_missing_is_said_in_our_words(phone: Any) -> None:
    mine = unready(phone)
    mine.open()
    mine.page.locator("textarea[name=text]").fill(TEXT)
    mine.page.locator(".capture .buttons button[type=submit]:not([name])").last.click()
    expect(mine.page.get_by_text("请选择单位", exact=True)).to_be_visible()
    mine.page.get_by_role("button", name="存草稿").click()
    mine.page.wait_for_url("**/outbox/**")
    assert mine.entry(TEXT)["state"] == "draft"


def test_without_a_line_nobody_is_told_that_they_are_logged_out(phone: Any) -> None:
    mine = phone("xiaolin")
    mine.page.goto("/me/")
    mine.context.set_offline(True)
    said: list[str] = []
    mine.page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.accept()))
    mine.page.get_by_role("button", name="退出登录").click()
    mine.wait(lambda: "没有网络，现在不能退出登录。请联网后再退出。" in said)
    assert mine.page.url.endswith("/me/")
    mine.context.set_offline(False)
    mine.page.get_by_role("button", name="退出登录").click()
    mine.page.wait_for_url("**/login*")


def test_what_is_saved_is_said_to_be_safe_however_often_it_was_tried(phone: Any, line: Any) -> None:
    mine = phone("xiaolin")
    line.lose_request("(PUT|POST|PATCH|HEAD) /api/v1/", times=None)
    mine.record(TEXT)
    mine.wait(lambda: mine.trouble(TEXT) == "line")
    expect(mine.page.locator("[data-saved]")).to_be_visible()
