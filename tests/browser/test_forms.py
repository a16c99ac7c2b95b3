"""Forms as people meet them: without JavaScript, with a mistake, on a double tap, after a session that has ended."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import camera
from tests.browser.test_story import arrived
from tests.photos.sending import drawn

pytestmark = pytest.mark.browser

TYPED_EARLY = """if (location.pathname === "/visits/new") new MutationObserver((_, watcher) => {
  const text = document.querySelector("textarea[name=text]");
  if (!text) return;
  watcher.disconnect();
  text.value = "比脚本还快的一句";
}).observe(document, {childList: true, subtree: true});"""


def test_a_visit_is_recorded_without_javascript(sit_down: Callable[..., Page], tmp_path: Path) -> None:
    page = sit_down("xiaolin", "phone", java_script_enabled=False)
    page.goto("/visits/new")
    page.locator("textarea[name=text]").fill("没有脚本也能记")
    page.locator("[name=unit_q]").fill("青石")
    page.get_by_role("button", name="查找").first.click()
    expect(page.locator("textarea[name=text]")).to_have_value("没有脚本也能记")
    page.locator("label.chip", has_text="青石坳村").first.click()
    page.locator("input[type=file]:not([capture])").first.set_input_files(camera.three(tmp_path)[2])
    page.get_by_role("button", name="存下并发送").click()
    expect(page.get_by_text("没有脚本也能记").first).to_be_visible()
    expect(page.locator(".tile")).to_have_count(1)


def test_without_javascript_an_album_gives_several_photos_at_once(
    sit_down: Callable[..., Page], tmp_path: Path
) -> None:
    page = sit_down("xiaolin", "phone", java_script_enabled=False)
    page.goto("/visits/new")
    page.locator("textarea[name=text]").fill("三张一起选")
    page.locator("[name=unit_q]").fill("青石")
    page.get_by_role("button", name="查找").first.click()
    page.locator("label.chip", has_text="青石坳村").first.click()
    page.locator("input[type=file]:not([capture])").first.set_input_files(camera.three(tmp_path))
    page.get_by_role("button", name="存下并发送").click()
    expect(page.locator(".tile")).to_have_count(3)


def test_photos_chosen_together_come_in_their_order_with_words_of_their_own(
    sit_down: Callable[..., Page], tmp_path: Path
) -> None:
    page = sit_down("xiaolin", "phone")
    page.goto("/visits/new")
    page.get_by_label("查找单位").first.fill("青石坳")
    page.locator("label.chip", has_text="青石坳村").first.click()
    page.locator("textarea[name=text]").fill("一次选四张")
    note = tmp_path / "note.txt"
    note.write_text("不是照片")
    chosen = [tmp_path / f"{number}.png" for number in (1, 2, 3)]
    for number, path in enumerate(chosen, 1):
        path.write_bytes(drawn(40 * number))
    page.locator("photo-picker input[type=file]:not([capture])").last.set_input_files([*chosen[:2], note, chosen[2]])
    photos = page.locator("photo-picker .photo")
    expect(photos).to_have_count(3)
    expect(page.locator("photo-picker [data-said]")).to_contain_text("有 1 张没有加上")
    for number in range(3):
        photos.nth(number).locator(".photo-words").fill(f"第 {number + 1} 张")
    page.get_by_role("button", name="存下并发送").click()
    page.goto(arrived(page, "一次选四张"))
    words = page.locator(".tile .tile-words")
    expect(words).to_have_text(["第 1 张", "第 2 张", "第 3 张"])


def test_several_photos_that_cannot_be_opened_are_counted(sit_down: Callable[..., Page], tmp_path: Path) -> None:
    page = sit_down("xiaolin", "phone")
    page.goto("/visits/new")
    page.locator("form[data-ready]").wait_for()
    chosen = [tmp_path / f"{number}.jpg" for number in (1, 2, 3)]
    for path in chosen[:2]:
        path.write_bytes(b"\xff\xd8\xff" + path.name.encode() * 400)
    chosen[2].write_bytes(drawn(5))
    page.locator("photo-picker input[type=file]:not([capture])").last.set_input_files(chosen)
    expect(page.locator("photo-picker [data-said]")).to_have_text("有 2 张打不开或太大，没有加上", timeout=20_000)
    expect(page.locator("photo-picker .photo")).to_have_count(1)
    page.locator("photo-picker input[type=file]:not([capture])").last.set_input_files(chosen[2])
    expect(page.locator("photo-picker [data-said]")).to_have_text("这张已经选过")


def test_what_is_typed_before_our_modules_have_come_is_kept(sit_down: Callable[..., Page]) -> None:
    """Set while the page is still read, without an event: as by somebody typing before anybody listens."""
    page = sit_down("xiaolin", "phone")
    page.add_init_script(TYPED_EARLY)
    page.goto("/visits/new")
    expect(page.locator("[data-kept]")).to_contain_text("已存")
    page.goto("/outbox/")
    expect(page.get_by_text("比脚本还快的一句").first).to_be_visible()


def test_a_photo_without_a_camera_s_word_comes_with_the_time_of_its_file(
    sit_down: Callable[..., Page], tmp_path: Path
) -> None:
    picture = tmp_path / "saved.png"
    picture.write_bytes(drawn(77))
    os.utime(picture, (1763600000, 1763600000))  # 2025-11-20 08:53:20 in the municipality
    page = sit_down("xiaolin", "phone", timezone_id="Asia/Shanghai")
    page.goto("/visits/new")
    page.get_by_label("查找单位").first.fill("青石坳")
    page.locator("label.chip", has_text="青石坳村").first.click()
    page.locator("textarea[name=text]").fill("别人转来的照片")
    page.locator("photo-picker input[type=file]:not([capture])").last.set_input_files(picture)
    page.get_by_role("button", name="存下并发送").click()
    page.goto(arrived(page, "别人转来的照片"))
    page.locator("summary", has_text="照片").first.click()
    expect(page.get_by_text("手机记的是 2025-11-20 08:53（文件时间）")).to_be_visible()


@pytest.mark.parametrize("device", ["phone", "desk"])
def test_a_mistake_is_shown_at_its_field_and_nothing_typed_is_lost(
    sit_down: Callable[..., Page], device: str, tmp_path: Path
) -> None:
    page = sit_down("xiaolin", device)
    page.goto("/visits/new")
    page.get_by_label("查找单位").first.fill("qsa")
    page.locator("label.chip", has_text="青石坳村").first.click()
    page.locator("textarea[name=text]").fill("身份证号 11010519491231002X")
    page.locator("photo-picker input[type=file]:not([capture])").last.set_input_files(camera.three(tmp_path)[2])
    page.get_by_role("button", name="存下并发送").click()
    wrong = page.locator("textarea[name=text][aria-invalid=true]")
    expect(wrong).to_be_focused()
    expect(wrong).to_have_value("身份证号 11010519491231002X")
    expect(page.locator("photo-picker .photo")).to_have_count(1)
    assert page.url.endswith("/visits/new")
    wrong.fill("已删去证件号")
    page.get_by_role("button", name="存下并发送").click()
    page.goto(arrived(page, "已删去证件号"))
    expect(page.get_by_text("已删去证件号").first).to_be_visible()
    expect(page.locator(".tile")).to_have_count(1)


def test_a_phone_number_is_masked_when_asked(sit_down: Callable[..., Page]) -> None:
    page = sit_down("xiaolin", "phone")
    page.goto("/visits/new")
    page.get_by_label("查找单位").first.fill("青石坳")
    page.locator("label.chip", has_text="青石坳村").first.click()
    page.locator("textarea[name=text]").fill("联系人电话 13812345678")
    page.get_by_role("button", name="存下并发送").click()
    page.get_by_role("button", name="隐去中间四位").click()
    page.goto(arrived(page, "联系人电话"))
    expect(page.get_by_text("联系人电话 138****5678").first).to_be_visible()


def test_a_form_outlives_its_session(sit_down: Callable[..., Page]) -> None:
    page = sit_down("xiaolin", "phone", java_script_enabled=False)
    page.goto("/visits/new?unit=")
    page.locator("[name=unit_q]").fill("青石坳")
    page.get_by_role("button", name="查找").first.click()
    page.locator("label.chip", has_text="青石坳村").first.click()
    page.locator("textarea[name=text]").fill("写到一半会话过期了")
    page.context.clear_cookies(name="session")
    page.get_by_role("button", name="存下并发送").click()
    page.get_by_label("用户名").fill("xiaolin")
    page.get_by_label("密码").fill("Correct-Horse-7")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_text("写到一半会话过期了").first).to_be_visible()


def test_what_was_typed_is_found_again_after_the_page_was_lost(sit_down: Callable[..., Page]) -> None:
    page = sit_down("laoma", "phone")
    page.goto("/visits/new")
    page.locator("textarea[name=text]").press_sequentially("还没存就关了页面")
    expect(page.locator("[data-kept]")).to_contain_text("已存")
    page.goto("/")
    page.goto("/visits/new")
    expect(page.locator("textarea[name=text]")).to_have_value("还没存就关了页面")
    page.context.clear_cookies(name="session")
