"""The office side of what phones send, in a real browser: one text made of two, a file imported, a record adopted."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_pages import AXE, faults_of
from tests.intake.exporting import exported, saved, sha_of
from tests.photos.sending import drawn

pytestmark = pytest.mark.browser

DEVICES = ["phone", "desk"]
SitDown = Callable[..., Page]


def put(page: Page, body: dict[str, Any]) -> int:
    """Send a record as this person's phone would."""
    return page.request.put(f"/api/v1/{body['kind']}s/{body['id']}", data=body).status


def visit(page: Page, **fields: Any) -> dict[str, Any]:
    """A body of a visit at the village, as a phone sends it."""
    found = page.request.get("/api/v1/units").json()["items"]
    village = next(unit["id"] for unit in found if unit["name"] == "青石坳村")
    moment = "2026-11-20T09:15:00+08:00"
    return {"id": str(uuid4()), "kind": "visit", "captured_at": moment, "unit": village, "text": "渠口淤塞"} | fields


def fit(page: Page) -> list[str]:
    """What is wrong with the page for somebody."""
    page.evaluate(AXE)
    return faults_of(page)


@pytest.mark.parametrize("device", DEVICES)
def test_a_cadre_makes_one_of_two_texts(sit_down: SitDown, device: str) -> None:
    page = sit_down("xiaolin", device, reduced_motion="reduce", bypass_csp=True)
    first = visit(page)
    changes = {"base_version": 1, "advice": "请水利站先看现场"}
    assert put(page, first) == 201
    assert put(page, first | changes | {"text": "渠口已清"}) == 200
    assert put(page, first | {"base_version": 1, "text": "渠口又堵了"}) == 409
    page.goto("/")
    page.get_by_role("link", name="两份待选").click()
    page.get_by_role("link", name="渠口又堵了").first.click()
    side_by_side = page.locator(".compared .version").nth(0).bounding_box()
    mine = page.locator(".compared .version").nth(1).bounding_box()
    assert side_by_side and mine
    assert (side_by_side["y"] == mine["y"]) == (device == "desk")
    assert fit(page) == []
    page.get_by_role("group", name="看到、听到的").get_by_role("radio", name="两段都留").check()
    page.get_by_role("group", name="意见建议").get_by_role("radio", name="用现在的").check()
    page.get_by_role("button", name="按选定的保存").click()
    page.wait_for_url(f"**/visits/{first['id']}")
    expect(page.locator(".sheet")).to_contain_text("渠口已清")
    expect(page.locator(".sheet")).to_contain_text("渠口又堵了")
    expect(page.locator(".sheet")).to_contain_text("请水利站先看现场")


def test_nothing_is_sent_while_a_choice_is_missing(sit_down: SitDown) -> None:
    page = sit_down("xiaolin")
    first = visit(page)
    put(page, first)
    put(page, first | {"base_version": 1, "text": "一"})
    put(page, first | {"base_version": 1, "text": "二"})
    page.goto("/conflicts/")
    page.locator("a.row-title").first.click()
    here = page.url
    page.get_by_role("button", name="按选定的保存").click()
    assert page.url == here
    page.get_by_role("button", name="全部保留现在的").click()
    page.wait_for_url(f"**/visits/{first['id']}")


@pytest.mark.parametrize("device", DEVICES)
def test_the_office_imports_a_file_and_adopts_what_nobody_could_place(
    sit_down: SitDown, tmp_path: Path, device: str
) -> None:
    page = sit_down("office", device, reduced_motion="reduce", bypass_csp=True)
    picture = drawn(7)
    placed = visit(page, text=f"{device}：有单位的一条", photos=[{"sha256": sha_of(picture)}])
    lost = visit(page, text=f"{device}：单位不明的一条", unit=str(uuid4()))
    owner = page.request.get("/api/v1/me").json()["id"]
    page.goto("/box/")
    page.get_by_role("link", name="导入手机文件").click()
    file = saved(tmp_path, exported(owner, placed, lost, pictures=(picture,)))
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_text("照片 1/1", exact=False).first).to_be_visible()
    assert fit(page) == []
    page.get_by_role("button", name="导入", exact=True).click()
    expect(page.get_by_text("已导入。")).to_be_visible()
    page.get_by_role("link", name="看待认领").click()
    page.get_by_role("link", name=lost["text"]).click()
    assert fit(page) == []
    page.get_by_label("查找单位").fill("青石")
    page.locator("label.chip", has_text="青石坳村").first.click()
    page.get_by_role("button", name="认领").click()
    page.wait_for_url(f"**/visits/{lost['id']}")
    expect(page.locator(".sheet")).to_contain_text("单位不明的一条")
