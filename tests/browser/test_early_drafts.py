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
