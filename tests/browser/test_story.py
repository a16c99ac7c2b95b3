"""The main job, end to end, in a real browser: a visit on a phone becomes a printed briefing."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.browser import camera

pytestmark = pytest.mark.browser

PROBLEM = "青石坳村三组灌溉渠淤塞约600米，春灌时末端80余亩水田供水不足"
PRACTICE = "村里把晒谷场改成板凳课堂，党员带群众一起学技术"
TITLE = "板凳课堂搬到晒谷场"


def add_photos(page: Page, paths: list[Path]) -> None:
    """Choose photos one by one, as phones do."""
    for number, path in enumerate(paths, 1):
        page.locator("photo-picker input[type=file]:not([capture])").last.set_input_files(path)
        expect(page.locator("photo-picker .photo")).to_have_count(number)


def choose_unit(page: Page, typed: str, name: str) -> None:
    """Look a unit up and pick it."""
    page.get_by_label("查找单位").first.fill(typed)
    chip = page.locator("label.chip", has_text=name).first
    expect(chip).to_be_visible()
    chip.click()


def press(page: Page, name: str) -> None:
    """Press a button of the page and wait for the page after it."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def arrived(page: Page, words: str) -> str:
    """Wait on 待发送 until this record is receipted; returns its address."""
    row = page.locator("[data-entry]", has_text=words[:20])
    expect(row.locator(".stamp")).to_have_text("已收讫", timeout=20_000)
    return str(row.locator(".row-title").evaluate("link => link.href"))


def take(page: Page, address: str, opener: str, fill: dict[str, str] | None = None) -> None:
    """Open one move on a page of review, say what it asks, and send it."""
    page.goto(address)
    page.locator("details.move > summary", has_text=opener).first.click()
    form = page.locator("details.move[open] form").first
    for label, words in (fill or {}).items():
        form.get_by_label(label).fill(words)
    with page.expect_navigation():
        form.get_by_role("button").last.click()


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return camera.three(tmp_path_factory.mktemp("photos"))


@pytest.mark.parametrize("device", ["phone", "desk"])
def test_a_visit_on_a_phone_becomes_a_printed_briefing(
    sit_down: Callable[..., Page], photos: list[Path], device: str, site: str
) -> None:
    cadre = sit_down("xiaolin", device)

    # the cadre records a visit with three photos, then the problem and the practice found on it
    cadre.goto("/visits/new")
    choose_unit(cadre, "qsa", "青石坳村")
    cadre.get_by_label("看到、听到的").fill("渠道淤塞；晒谷场改成了课堂")
    add_photos(cadre, photos)
    cadre.locator("label.chip", has_text="双联").click()
    press(cadre, "＋ 其中的问题")
    cadre.wait_for_url("**/problems/new*")
    expect(cadre.locator("form[data-ready]")).to_be_visible()
    cadre.locator("textarea[name=text]").fill(PROBLEM)
    press(cadre, "记入台账")
    problem = arrived(cadre, PROBLEM)
    cadre.goto(arrived(cadre, "渠道淤塞"))
    expect(cadre.locator(".tile img.tile-image")).to_have_count(3, timeout=30_000)
    for image in cadre.locator(".tile img.tile-image").all():
        image.scroll_into_view_if_needed()
        expect(image).not_to_have_js_property("naturalWidth", 0)
    cadre.get_by_role("link", name="＋ 其中的做法").click()
    cadre.get_by_label("标题").fill(TITLE)
    cadre.get_by_label("主要做法").fill(PRACTICE)
    add_photos(cadre, photos)
    press(cadre, "保存")
    case = arrived(cadre, TITLE)
    cadre.goto(case)
    press(cadre, "提交审核")
    expect(cadre.locator(".stamp", has_text="待推荐")).to_be_visible()

    # the county verifies and assigns; the village resolves; the county closes
    county = sit_down("county", device)
    move(county, problem, "verification", {})
    move(county, problem, "assignment", {"due_on": "2030-01-31"}, unit=("qsa", "青石坳村"))
    village = sit_down("village", device)
    move(village, problem, "resolution", {"done": "已组织清淤，渠道通水"})
    move(county, problem, "closing", {"comment": "现场看过，已通水"})
    county.goto(problem)
    expect(county.locator(".stamp[data-size=seal]", has_text="已销号")).to_be_visible()

    # the county recommends, the city passes, the leader approves and promotes
    review = case.replace("/cases/", "/review/")
    take(county, review, "推荐", {"意见": "做法实在，建议推荐"})
    take(sit_down("city", device), review, "初审通过")
    leader = sit_down("leader", device)
    take(leader, review, "审定通过")
    take(leader, review, "评为典型")
    leader.goto("/models/")
    expect(leader.get_by_role("link", name=TITLE).first).to_be_visible()

    # the office puts both into a briefing and issues it
    office = sit_down("office", device)
    office.goto("/briefings/new")
    office.get_by_label("刊名").fill("工委简报")
    office.get_by_label("编印单位").fill("市直机关工委办公室")
    office.get_by_label("按语").fill("现将青石坳村的做法印发，供学习借鉴。")
    press(office, "保存")
    briefing = office.url
    check_photos(office)
    for words in (TITLE, PROBLEM):
        office.goto(f"{briefing}/candidates")
        with office.expect_navigation():
            office.locator(".row", has_text=words).first.get_by_role("button", name="选入").click()
    office.goto(briefing)
    office.locator("details.move > summary", has_text="签发").last.click()
    with office.expect_navigation():
        office.locator("details.move[open] form button").last.click()
    expect(office.locator(".stamp", has_text="已签发")).to_be_visible()

    # the Word file holds both texts and the photos
    word = Document(io.BytesIO(office.request.get(f"{briefing}.docx").body()))
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    text += "\n".join(cell.text for table in word.tables for row in table.rows for cell in row.cells)
    assert TITLE in text
    assert PRACTICE in text
    assert PROBLEM in text
    assert len(word.inline_shapes) >= 3


def check_photos(office: Page) -> None:
    """Say of all photos there are that they may be published, one after the other."""
    office.goto("/photos/unchecked")
    waiting = office.get_by_role("button", name="标为已检查")
    while waiting.count():
        there = waiting.count()
        waiting.first.click()
        expect(waiting).to_have_count(there - 1)


def pattern(path: str) -> object:
    import re

    return re.compile(re.escape(path))


def move(page: Page, problem: str, noun: str, fields: dict[str, str], unit: tuple[str, str] | None = None) -> None:
    """Make one move of the ledger by its own page."""
    page.goto(f"{problem}/{noun}")
    form = page.locator("main form[method=post]").first
    if unit:
        choose_unit(page, *unit)
    for name, words in fields.items():
        form.locator(f"[name={name}]").fill(words)
    with page.expect_navigation():
        form.locator("button[type=submit]:not([name=find])").last.click()
