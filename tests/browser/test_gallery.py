"""Photos of a record in a real browser: tiles that keep their place, the viewer, before and after."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.test_pages import AXE, faults_of
from tests.support.album import FIFTY, said_by
from tests.support.serving import Server

pytestmark = pytest.mark.browser

SitDown = Callable[..., Page]
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.shifts.push(entry.value)))
    .observe({ type: "layout-shift", buffered: true });
}"""
THERE = "() => [...document.querySelectorAll('%s')].filter((image) => image.complete && image.naturalWidth).length"
HINTS_THERE, PICTURES_THERE = THERE % ".tile-hint", THERE % ".tile-image"
NEARLY_IN_VIEW = """() => [...document.querySelectorAll(".tile")]
  .filter((tile) => tile.getBoundingClientRect().top < innerHeight * 1.2).length"""
OF_320 = re.compile("size=320")
FIT = "image => getComputedStyle(image).objectFit"
FRAMES = """() => [...document.querySelectorAll(".tile-frame")].map((frame) => frame.getBoundingClientRect())
  .map(({ width, height }) => [Math.round(width), Math.round(height)])"""
SCALE = "() => getComputedStyle(document.querySelector('.viewer-image')).getPropertyValue('--scale')"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("gallery"), jobs=True).fill() as started:
        yield started


@pytest.fixture(scope="module")
def site(server: Server) -> str:
    """A server of its own, with photos in it; what `sit_down` sits down at."""
    return server.address


@pytest.fixture(scope="module")
def album(server: Server) -> dict[str, str]:
    return said_by(server)


def viewer(page: Page) -> Any:
    return page.locator("dialog.viewer")


def place(page: Page) -> Any:
    return viewer(page).locator("[data-place]")


@pytest.fixture
def opened(sit_down: SitDown, album: dict[str, str]) -> Callable[[str], Page]:
    """`opened("phone")`: the county looks at the first photo of the problem."""

    def look(device: str) -> Page:
        page = sit_down("county", device, service_workers="block")
        page.goto(album["problem"])
        page.locator("[data-gallery] [data-photo]").first.click()
        expect(place(page)).to_have_text("第 1 张，共 3 张")
        return page

    return look


def test_fifty_photos_on_a_slow_line_keep_their_place_and_come_when_they_are_seen(
    sit_down: SitDown, album: dict[str, str]
) -> None:
    page = sit_down("county", "phone", service_workers="block")
    page.add_init_script(f"({SHIFTS})()")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/photos/" in request.url else None)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    page.goto(album["fifty"], wait_until="domcontentloaded")
    assert page.locator(".tile-hint").count() == FIFTY
    assert page.evaluate(HINTS_THERE) == FIFTY
    assert page.evaluate(PICTURES_THERE) == 0
    page.wait_for_load_state("networkidle")
    first = len(asked)
    in_view = page.evaluate(NEARLY_IN_VIEW)
    assert first == in_view
    assert 3 <= first < 25
    assert all("size=320" in url for url in asked)
    last = page.locator(".tile").last
    last.scroll_into_view_if_needed()
    expect(last.locator("img.tile-image")).not_to_have_js_property("naturalWidth", 0, timeout=30_000)
    assert first < len(asked) <= FIFTY
    assert page.evaluate("window.shifts") == []


def test_keys_turn_enlarge_and_close_and_the_focus_goes_back(opened: Callable[[str], Page]) -> None:
    page = opened("desk")
    expect(viewer(page)).to_contain_text("渠口淤塞，水上了路")
    page.keyboard.press("ArrowRight")
    expect(place(page)).to_have_text("第 2 张，共 3 张")
    page.keyboard.press("End")
    expect(place(page)).to_have_text("第 3 张，共 3 张")
    page.keyboard.press("ArrowRight")
    expect(place(page)).to_have_text("第 3 张，共 3 张")
    page.keyboard.press("+")
    assert page.evaluate(SCALE) == "1.600"
    page.keyboard.press("-")
    assert page.evaluate(SCALE) == "1.000"
    page.keyboard.press("Home")
    expect(place(page)).to_have_text("第 1 张，共 3 张")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(viewer(page)).to_be_hidden()
    expect(page.locator("[data-gallery]").first.locator("[data-photo]").nth(1)).to_be_focused()


def test_opened_by_keyboard_enter_closes_it_and_a_button_at_the_end_keeps_the_focus(
    opened: Callable[[str], Page],
) -> None:
    page = opened("desk")
    page.keyboard.press("Escape")
    page.locator("[data-gallery] [data-photo]").first.press("Enter")
    expect(viewer(page).get_by_role("button", name="关闭")).to_be_focused()
    turn = viewer(page).get_by_role("button", name="下一张")
    turn.press("Enter")
    turn.press("Enter")
    expect(place(page)).to_have_text("第 3 张，共 3 张")
    expect(turn).to_be_disabled()
    expect(turn).to_be_focused()
    viewer(page).get_by_role("button", name="关闭").press("Enter")
    expect(viewer(page)).to_be_hidden()
    expect(page.locator("[data-gallery]").first.locator("[data-photo]").nth(2)).to_be_focused()


def test_the_way_back_of_the_phone_closes_it_and_stays_on_the_page(opened: Callable[[str], Page]) -> None:
    page = opened("phone")
    address = page.url
    page.locator("h1").first.evaluate("heading => { heading.dataset.seen = 'yes'; }")
    page.go_back()
    expect(viewer(page)).to_be_hidden()
    page.locator("[data-gallery] [data-photo]").first.click()
    page.get_by_role("button", name="关闭").click()
    expect(viewer(page)).to_be_hidden()
    page.wait_for_timeout(200)  # for a reload that must not come
    assert page.url == address
    expect(page.locator("h1").first).to_have_attribute("data-seen", "yes")


def touch(page: Page, *steps: list[tuple[int, int]]) -> None:
    """Fingers on the glass: where they are, step by step; then all are lifted."""
    line = page.context.new_cdp_session(page)
    for at, points in enumerate(steps):
        kind = "touchMove" if at else "touchStart"
        fingers = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})
    line.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_fingers_swipe_pinch_and_tap_twice(opened: Callable[[str], Page]) -> None:
    page = opened("phone")
    touch(page, [(300, 400)], [(200, 402)], [(100, 404)])
    expect(place(page)).to_have_text("第 2 张，共 3 张")
    touch(page, [(100, 400)], [(200, 402)], [(300, 404)])
    expect(place(page)).to_have_text("第 1 张，共 3 张")
    touch(page, [(180, 400), (220, 400)], [(140, 400), (260, 400)], [(100, 400), (300, 400)])
    assert float(page.evaluate(SCALE)) > 2
    expect(viewer(page).locator("img")).to_have_attribute("src", re.compile("size=2400"))
    touch(page, [(300, 400)], [(100, 404)])
    expect(place(page)).to_have_text("第 1 张，共 3 张")
    for _ in range(2):
        touch(page, [(200, 400)])
    assert page.evaluate(SCALE) == "1.000"


def test_only_the_neighbours_are_fetched_ahead(sit_down: SitDown, album: dict[str, str]) -> None:
    page = sit_down("county", "phone", service_workers="block")
    page.goto(album["fifty"])
    large: set[str] = set()
    page.on("request", lambda request: large.add(request.url) if "size=1280" in request.url else None)
    page.locator("[data-gallery] [data-photo]").nth(2).click()
    page.wait_for_load_state("networkidle")
    assert len(large) == 3


def test_pairs_are_turned_by_buttons_that_keep_the_focus(sit_down: SitDown, album: dict[str, str]) -> None:
    page = sit_down("county", "phone", service_workers="block")
    page.goto(album["problem"])
    pairs = page.locator("photo-pairs")
    before, after = (pairs.get_by_role("button", name=name) for name in ("上一对", "下一对"))
    expect(pairs.locator(".pair:visible")).to_have_count(1)
    expect(before).to_be_disabled()
    for place in ("第 2 对，共 3 对", "第 3 对，共 3 对"):
        after.press("Enter")
        expect(pairs.get_by_role("status")).to_have_text(place)
    expect(after).to_be_disabled()
    expect(after).to_be_focused()
    after.press("Enter")
    expect(pairs.get_by_role("status")).to_have_text("第 3 对，共 3 对")
    before.tap()
    expect(pairs.get_by_role("status")).to_have_text("第 2 对，共 3 对")
    expect(pairs.locator(".pair:visible")).to_have_count(1)
    assert all((button.bounding_box() or {})["height"] >= 44 for button in (before, after))


@pytest.mark.parametrize(("held_back", "there"), [("size=1280", "size=320"), ("size=", "data:image/webp")])
def test_on_a_slow_line_what_the_page_has_is_shown_in_its_place_until_the_large_one_comes(
    sit_down: SitDown, album: dict[str, str], held_back: str, there: str
) -> None:
    page = sit_down("county", "phone", service_workers="block")
    held: list[Route] = []
    page.route(lambda url: held_back in url, lambda route: held.append(route))
    page.goto(album["problem"])
    if held_back == "size=1280":
        expect(page.locator(".tile img").nth(1)).not_to_have_js_property("naturalWidth", 0)
    page.locator("[data-gallery] [data-photo]").first.click()
    image, sign = viewer(page).locator("[data-image]"), viewer(page).locator("[data-sign]")
    expect(image).to_have_css("background-image", re.compile(there))
    expect(sign).to_be_empty()
    before = image.bounding_box()
    assert before and before["width"] > 200 and before["height"] > 200
    expect(sign).to_have_text("正在打开照片…")
    [large] = [route for route in held if "size=1280" in route.request.url]
    large.continue_()
    expect(image).not_to_have_js_property("naturalWidth", 0)
    expect(sign).to_be_empty()
    assert image.bounding_box() == before
    page.wait_for_timeout(200)  # for the neighbour, which is fetched now
    assert len([route for route in held if "size=1280" in route.request.url]) == 2


@pytest.mark.parametrize("where", ["record", "unchecked"])
def test_who_checks_marks_photo_after_photo_without_leaving_the_viewer(
    sit_down: SitDown, album: dict[str, str], where: str
) -> None:
    page = sit_down("county", "desk", service_workers="block")
    page.goto(album["problem"] if where == "record" else "/photos/unchecked?kind=problem")
    gallery = page.locator("[data-gallery]").first
    gallery.locator("[data-photo]").first.press("Enter")
    shown, tools = viewer(page), viewer(page).locator("[data-tools]")
    tools.get_by_role("button", name="标为已检查，照片 1").press("Enter")
    expect(tools.get_by_role("button", name="撤销检查，照片 1")).to_be_focused()
    page.keyboard.press("ArrowRight")
    second = tools.get_by_role("button", name="标为已检查，照片 2")
    expect(second).to_be_focused()
    second.press("Enter")
    expect(tools.get_by_text("已检查", exact=True)).to_be_visible()
    expect(tools.get_by_role("link", name="加马赛克，照片 2")).to_be_visible()
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    expect(gallery.locator("[data-photo]").nth(1)).to_be_focused()
    for number in (1, 2):
        gallery.get_by_role("button", name=f"撤销检查，照片 {number}").click()
        expect(gallery.get_by_role("button", name=f"标为已检查，照片 {number}")).to_be_focused()
    gallery.locator("[data-photo]").first.click()
    expect(tools.get_by_role("button", name="标为已检查，照片 1")).to_be_visible()


def test_the_viewer_offers_no_tools_to_who_may_not_check(sit_down: SitDown, album: dict[str, str]) -> None:
    page = sit_down("leader", "phone", service_workers="block")
    page.goto(album["problem"])
    page.locator("[data-gallery] [data-photo]").first.click()
    expect(place(page)).to_have_text("第 1 张，共 3 张")
    expect(viewer(page).locator("[data-tools]")).to_be_empty()


def test_before_and_after_are_laid_over_each_other(sit_down: SitDown, album: dict[str, str]) -> None:
    page = sit_down("county", "phone", service_workers="block")
    page.goto(album["problem"])
    pairs = page.locator("photo-pairs")
    before, after = (pairs.locator(".pair:visible .pair-side").nth(n).bounding_box() for n in (0, 1))
    assert before and after and before["x"] + before["width"] <= after["x"]
    pairs.get_by_role("button", name="重叠对比").click()
    cut = pairs.get_by_role("slider", name="左右拖动")
    cut.focus()
    page.keyboard.press("Home")
    before, after = (pairs.locator(".pair:visible .pair-side").nth(n).bounding_box() for n in (0, 1))
    assert before == after
    clip = "frame => getComputedStyle(frame).clipPath"
    assert pairs.locator(".pair:visible [data-side=after] .pair-frame").evaluate(clip) == "inset(0px 0px 0px 0%)"
    expect(cut).to_have_attribute("aria-valuetext", "整改前占 0%")


@pytest.mark.parametrize("device", ["phone", "desk"])
def test_picture_and_slider_are_seen_together_and_a_drag_on_the_picture_moves_the_cut(
    sit_down: SitDown, album: dict[str, str], device: str
) -> None:
    page = sit_down("county", device, service_workers="block")
    page.goto(album["problem"])
    pairs = page.locator("photo-pairs")
    pairs.get_by_role("button", name="重叠对比").click()
    cut, frame = pairs.get_by_role("slider", name="左右拖动"), pairs.locator(".pair:visible [data-side=before] a")
    lower = page.locator(".bar" if device == "phone" else ".record > .moves").bounding_box()
    picture, slider = frame.bounding_box(), cut.bounding_box()
    assert picture and slider and lower
    assert picture["y"] >= 0
    assert slider["y"] + slider["height"] <= lower["y"]
    left, width = round(picture["x"]), round(picture["width"])
    middle = round(picture["y"] + picture["height"] / 2)
    if device == "phone":
        touch(page, [(left + width // 2, middle)], [(left + width // 3, middle)], [(left + width // 4, middle)])
    else:
        page.mouse.move(left + width // 2, middle)
        page.mouse.down()
        page.mouse.move(left + width // 4, middle, steps=4)
        page.mouse.up()
    expect(cut).to_have_attribute("aria-valuetext", "整改前占 25%")
    page.mouse.click(left + width * 3 // 4, middle)
    expect(cut).to_have_attribute("aria-valuetext", "整改前占 75%")
    expect(viewer(page)).to_have_count(0)
    frame.press("Enter")
    expect(place(page)).to_have_text("第 1 张，共 2 张")


def test_a_picture_of_a_pair_opens_in_the_viewer_which_turns_between_before_and_after(
    sit_down: SitDown, album: dict[str, str]
) -> None:
    page = sit_down("county", "phone", service_workers="block")
    page.goto(album["problem"])
    address = page.url
    page.locator(".pair:visible [data-side=after] a").click()
    expect(place(page)).to_have_text("第 2 张，共 2 张")
    expect(viewer(page).locator("[data-caption]")).to_have_text("整改后")
    page.keyboard.press("ArrowLeft")
    expect(viewer(page).locator("[data-caption]")).to_have_text("整改前 · 渠口淤塞，水上了路")
    page.keyboard.press("Escape")
    expect(page.locator(".pair:visible [data-side=before] a")).to_be_focused()
    assert page.url == address


def test_without_scripts_tiles_are_links_and_both_sides_stand_there(sit_down: SitDown, album: dict[str, str]) -> None:
    page = sit_down("county", "phone", java_script_enabled=False)
    page.goto(album["problem"])
    expect(page.locator(".pair:visible")).to_have_count(3)
    expect(page.get_by_text("整改前", exact=True).first).to_be_visible()
    expect(page.locator("noscript img, img.tile-image[src]").first).to_be_visible()
    for first in ("[data-gallery] [data-photo]", ".pair [data-photo]"):
        page.goto(album["problem"])
        page.locator(first).first.click()
        page.wait_for_url("**/photos/*?size=1280")


def test_where_there_is_no_dialog_the_link_is_followed(sit_down: SitDown, album: dict[str, str]) -> None:
    page = sit_down("county", "phone", service_workers="block")
    page.add_init_script("delete HTMLDialogElement.prototype.showModal")
    page.goto(album["problem"])
    page.locator("[data-gallery] [data-photo]").first.click()
    page.wait_for_url("**/photos/*?size=1280")


@pytest.mark.parametrize("device", ["phone", "desk"])
def test_who_checks_photos_sees_each_whole_and_large_in_its_place(
    sit_down: SitDown, album: dict[str, str], device: str
) -> None:
    page = sit_down("county", device, service_workers="block")
    page.add_init_script(f"({SHIFTS})()")
    with page.expect_response("**/photos/*?size=1280"):
        page.goto("/photos/unchecked")
    first = page.locator(".tile").first
    expect(first.locator("img.tile-image")).not_to_have_js_property("naturalWidth", 0)
    assert [first.locator(name).evaluate(FIT) for name in (".tile-image[src]", ".tile-hint")] == ["contain"] * 2
    [(width, height)] = {tuple(frame) for frame in page.evaluate(FRAMES)}
    assert width == height >= 340
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shifts") == []
    page.goto(album["problem"])
    assert page.locator(".tile-image[src]").first.evaluate(FIT) == "cover"


@pytest.mark.parametrize("device", ["phone", "desk"])
@pytest.mark.parametrize("name", ["problem", "broken"])
def test_the_gallery_is_fit_for_everybody(sit_down: SitDown, album: dict[str, str], device: str, name: str) -> None:
    page = sit_down("county", device, reduced_motion="reduce", bypass_csp=True, service_workers="block")
    page.goto(album[name])
    page.evaluate(AXE)
    assert faults_of(page) == []
    if name == "problem":
        page.locator("[data-gallery] [data-photo]").first.click()
        expect(viewer(page)).to_be_visible()
        assert faults_of(page) == []


def test_what_is_being_made_comes_by_itself_and_then_nothing_is_asked_any_more(
    sit_down: SitDown, server: Server, album: dict[str, str]
) -> None:
    page = sit_down("county", "phone", service_workers="block")
    page.goto(album["pending"])
    expect(page.locator(".tile")).to_have_text("处理中")
    with page.expect_response("**/photos/of/visit/**") as looked:
        pass
    assert "look=1" in looked.value.url
    said_by(server, "settle")
    expect(page.locator(".tile img.tile-image")).to_have_attribute("src", OF_320, timeout=15_000)
    expect(page.locator(".galleries[hx-get]")).to_have_count(0)
    page.locator("[data-gallery] [data-photo]").click()
    expect(place(page)).to_have_text("第 1 张，共 1 张")


def test_what_is_being_made_comes_to_two_texts_and_leaves_what_was_chosen(sit_down: SitDown, server: Server) -> None:
    page = sit_down("xiaolin", "phone", service_workers="block")
    with page.expect_response("**/conflicts/*/photos?look=1"):
        page.goto(said_by(server, "conflict")["conflict"])
    expect(page.locator(".choice-blank")).to_have_text("处理中")
    first, late = (page.locator("input[name=photos]").nth(n) for n in (0, 1))
    first.uncheck()
    late.uncheck()
    late.check()
    page.locator("input[name=text][value=mine]").check()
    late.focus()
    said_by(server, "settle")
    expect(page.locator(".choice > img")).to_have_count(2, timeout=15_000)
    expect(page.locator(".choice > img").last).not_to_have_js_property("naturalWidth", 0)
    expect(page.locator("[hx-get*='/conflicts/']")).to_have_count(0)
    expect(late).to_be_focused()
    expect(page.locator("input[name=photos]:checked")).to_have_count(1)
    expect(page.locator("input[name=text][value=mine]")).to_be_checked()
