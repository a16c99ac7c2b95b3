"""A draft that reached the server early, opened on another phone: written on, sent, and gone from the server."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

UID = "01900000-0000-7000-8000-00000000d4af"
KEEP = """async ([uid, fields]) => (await fetch(`/drafts/${uid}`, {
    method: "PUT", headers: {"Content-Type": "application/json"}, body: JSON.stringify({kind: "problem", fields}),
})).status"""


def test_a_draft_begun_on_one_phone_is_sent_from_another(sit_down: Callable[..., Page]) -> None:
    first = sit_down("xiaolin", "phone")
    assert first.evaluate(KEEP, [UID, [["text", "渠口淤塞"], ["cause", "多年没有清淤"]]]) == 204
    second = sit_down("xiaolin", "phone")
    second.goto("/")
    second.get_by_role("link", name="渠口淤塞").click()
    expect(second.locator("form[data-ready]")).to_be_visible()
    text = second.locator("textarea[name=text]")
    expect(text).to_have_value("渠口淤塞")
    expect(second.locator("textarea[name=cause]")).to_have_value("多年没有清淤")
    text.fill("渠口淤塞，末端没有水")
    second.get_by_label("查找单位").first.fill("qsa")
    second.locator("label.chip", has_text="青石坳村").first.click()
    second.get_by_role("button", name="记入台账").click()
    second.wait_for_url("**/outbox/**")
    answered = second.request
    for _ in range(40):
        if answered.get(f"/problems/{UID}").ok:
            break
        second.wait_for_timeout(250)
    second.goto(f"/problems/{UID}")
    expect(second.locator(".sheet", has_text="渠口淤塞，末端没有水")).to_be_visible()
    second.goto("/drafts/")
    expect(second.get_by_text("没有未发出的草稿")).to_be_visible()


def test_where_the_browser_keeps_nothing_the_server_keeps_it_early(sit_down: Callable[..., Page]) -> None:
    page = sit_down("xiaolin", "phone")
    page.add_init_script("Object.defineProperty(window, 'indexedDB', {value: undefined})")
    page.goto("/visits/new")
    page.locator("textarea[name=text]").fill("无处可存的一句")
    page.get_by_label("查找单位").first.fill("qsa")
    page.locator("label.chip", has_text="青石坳村").first.click()
    expect(page.locator("[data-kept]")).to_contain_text("已存", timeout=15_000)
    page.goto("/login")  # and the page is gone
    page.goto("/")
    page.get_by_role("link", name="无处可存的一句").click()
    expect(page.locator("textarea[name=text]")).to_have_value("无处可存的一句")
    page.locator(".capture .buttons button[type=submit]:not([name])").last.click()
    expect(page.get_by_text("走访已收讫")).to_be_visible()
    page.goto("/drafts/")
    expect(page.get_by_text("没有未发出的草稿")).to_be_visible()
