"""Covering parts of a photo in a real browser: by finger, mouse, keys, and without scripts."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.test_gallery import touch
from tests.browser.test_pages import AXE, faults_of
from tests.support.album import said_by
from tests.support.serving import Server

pytestmark = pytest.mark.browser

SitDown = Callable[..., Page]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("mosaic"), jobs=True).fill() as started:
        yield started


@pytest.fixture(scope="module")
def site(server: Server) -> str:
    """A server of its own, with photos in it."""
    return server.address


@pytest.fixture(scope="module")
def album(server: Server) -> dict[str, str]:
    """Addresses of records of xiaolin: "fifty" has as many small photos, "problem" begins with one of 8 megapixels."""
    return said_by(server)


@pytest.fixture(scope="module")
def fifty(album: dict[str, str]) -> str:
    return album["fifty"]


def place(part: Locator) -> FloatRect:
    found = part.bounding_box()
    assert found
    return found


def opened(page: Page, visit: str, number: int) -> None:
    page.goto(visit)
    page.locator(".tile-tool").nth(number).click()
    expect(page.locator(".mosaic-image")).not_to_have_js_property("naturalWidth", 0)


def saved(page: Page) -> None:
    page.get_by_role("button", name="保存马赛克").click()
    page.wait_for_url("**/visits/*")
    expect(page.locator("#said")).to_contain_text("马赛克已保存")


def test_a_finger_draws_and_resizes_and_two_do_not(sit_down: SitDown, fifty: str) -> None:
    page = sit_down("xiaolin", "phone", service_workers="block")
    opened(page, fifty, 0)
    frame = page.locator("[data-stage]").bounding_box()
    assert frame
    x, y = round(frame["x"]), round(frame["y"])
    touch(page, [(x + 60, y + 60)], [(x + 90, y + 80)], [(x + 160, y + 140)])
    boxes = page.locator(".mosaic-box")
    expect(boxes).to_have_count(1)
    first = boxes.bounding_box()
    assert first
    touch(page, [(x + 100, y + 100)])
    touch(page, [(x + 160, y + 140)], [(x + 170, y + 150)], [(x + 200, y + 180)])
    second = boxes.bounding_box()
    assert second and second["width"] > first["width"] + 30
    touch(page, [(x + 20, y + 20), (x + 80, y + 20)], [(x + 10, y + 20), (x + 120, y + 20)])
    expect(boxes).to_have_count(1)
    saved(page)
    expect(page.locator(".tile").first.locator("img.tile-image")).to_have_attribute(
        "src", re.compile("v="), timeout=20_000
    )
    expect(page.locator("#said")).not_to_contain_text("正在")  # it stands there still


def test_small_boxes_side_by_side_are_drawn_moved_and_let_go(sit_down: SitDown, fifty: str) -> None:
    page = sit_down("xiaolin", "phone", service_workers="block")
    opened(page, fifty, 6)
    frame = place(page.locator("[data-stage]"))
    x, y = round(frame["x"]) + 100, round(frame["y"]) + 100
    touch(page, [(x, y)], [(x + 10, y + 10)], [(x + 16, y + 16)])
    first = page.locator(".mosaic-box").first
    touch(page, [(x + 8, y + 8)], [(x + 20, y + 8)], [(x + 28, y + 8)])
    assert [round(place(first)[side]) for side in ("x", "width")] == [x + 20, 16]
    handles = first.locator(".mosaic-handle")
    assert all(min(place(handle)["width"], place(handle)["height"]) >= 44 for handle in handles.all())
    touch(page, [(x + 200, y + 60)])
    expect(handles.first).to_be_hidden()
    expect(page.get_by_role("button", name="删除方框")).to_be_disabled()
    touch(page, [(x + 50, y)], [(x + 60, y + 10)], [(x + 66, y + 16)])
    expect(page.locator(".mosaic-box")).to_have_count(2)
    assert round(place(first)["width"]) == 16


def test_faces_close_together_are_covered_one_after_the_other_and_a_swipe_covers_nothing(
    sit_down: SitDown, fifty: str
) -> None:
    page = sit_down("xiaolin", "phone", service_workers="block")
    opened(page, fifty, 7)
    frame = place(page.locator("[data-stage]"))
    x, y = round(frame["x"]) + 100, round(frame["y"]) + 100
    for left in (0, 20, 40):
        touch(page, [(x + left, y)], [(x + left + 10, y + 10)], [(x + left + 16, y + 18)])
    boxes = page.locator(".mosaic-box")
    expect(boxes).to_have_count(3)
    assert [round(place(box)["width"]) for box in boxes.all()] == [16, 16, 16]
    touch(page, [(x + 120, y + 90)], [(x + 121, y + 20)], [(x + 122, y - 60)])
    expect(boxes).to_have_count(3)
    expect(page.locator("[data-said]")).to_contain_text("太窄，没有加上")


def test_enlarged_the_picture_is_finer_and_handles_no_larger(sit_down: SitDown, album: dict[str, str]) -> None:
    page = sit_down("xiaolin", "phone", service_workers="block")
    opened(page, album["problem"], 0)
    page.get_by_role("button", name="加一个方框").click()
    handle = page.locator(".mosaic-handle").last
    before = place(handle)["width"]
    image = page.locator(".mosaic-image")
    expect(image).to_have_attribute("src", re.compile("size=1280"))
    frame = place(image)
    x, y = round(frame["x"] + frame["width"] / 2), round(frame["y"] + 60)
    touch(page, *([(x - 20 - far, y), (x + 20 + far, y)] for far in range(0, 100, 12)))
    expect(image).to_have_attribute("src", re.compile("size=2400"))
    expect(page.locator(".mosaic-box")).to_have_count(1)
    scale = page.evaluate("visualViewport.scale")
    assert scale > 2
    assert place(handle)["width"] * scale == pytest.approx(before, abs=2)
    expect(page.get_by_text("别人只能看到加了马赛克的照片")).to_be_attached()


def test_keys_are_enough_and_undo_takes_a_step_back(sit_down: SitDown, fifty: str) -> None:
    page = sit_down("xiaolin", "desk", service_workers="block")
    opened(page, fifty, 1)
    page.get_by_role("button", name="加一个方框").press("Enter")
    box = page.get_by_role("group", name="方框 1")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("[data-said]")).to_have_text("方框 1：左 38.5%，上 37.5%，宽 25%，高 26%")
    page.keyboard.press("Delete")
    expect(box).to_have_count(0)
    page.get_by_role("button", name="撤销").press("Enter")
    expect(box).to_have_count(1)
    saved(page)


def test_a_mouse_draws_at_a_desk(sit_down: SitDown, fifty: str) -> None:
    page = sit_down("xiaolin", "desk", service_workers="block")
    opened(page, fifty, 2)
    frame = page.locator("[data-stage]").bounding_box()
    assert frame
    page.mouse.move(frame["x"] + 40, frame["y"] + 40)
    page.mouse.down()
    page.mouse.move(frame["x"] + 140, frame["y"] + 120, steps=4)
    page.mouse.up()
    expect(page.locator(".mosaic-box")).to_have_count(1)
    saved(page)


def test_who_leaves_with_boxes_unsaved_is_asked(sit_down: SitDown, fifty: str) -> None:
    page = sit_down("xiaolin", "desk", service_workers="block")
    opened(page, fifty, 5)
    page.get_by_role("button", name="加一个方框").press("Enter")
    with page.expect_event("dialog", timeout=10_000) as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.accept()


def test_without_scripts_cells_are_tapped(sit_down: SitDown, fifty: str) -> None:
    page = sit_down("xiaolin", "phone", java_script_enabled=False)
    opened(page, fifty, 3)
    page.get_by_label("第 2 行第 3 列").check()
    saved(page)


@pytest.mark.parametrize("device", ["phone", "desk"])
def test_the_page_is_fit_for_everybody(sit_down: SitDown, fifty: str, device: str) -> None:
    page = sit_down("xiaolin", device, reduced_motion="reduce", bypass_csp=True, service_workers="block")
    opened(page, fifty, 4)
    page.get_by_role("button", name="加一个方框").click()
    page.evaluate(AXE)
    assert faults_of(page) == []
