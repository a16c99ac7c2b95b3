"""覆盖情况 may be wider than the screen: it shows so at its edge, and moves by the keyboard."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

LEFT_OVER = "(frame) => Math.round(frame.scrollWidth - frame.clientWidth - frame.scrollLeft)"


def darkest_at_the_edge(page: Page) -> int:
    """The darkest of what the right edge of the row of titles shows, 0 to 255."""
    heading = page.locator(".matrix thead").bounding_box()
    frame = page.locator(".matrix-frame").bounding_box()
    assert heading and frame
    clip = {"x": frame["x"] + frame["width"] - 5, "y": heading["y"] + 2, "width": 4, "height": 8}
    return int(Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("L").getextrema()[0])


def test_a_table_that_goes_on_to_the_side_shows_it_until_its_end(sit_down: Callable[..., Page]) -> None:
    page = sit_down("city", "phone")
    page.goto("/coverage/")
    frame = page.locator(".matrix-frame")
    expect(page.get_by_text("可左右滑动")).to_be_visible()
    assert frame.evaluate(LEFT_OVER) > 0
    begun = darkest_at_the_edge(page)
    frame.focus()
    for _ in range(100):
        if frame.evaluate(LEFT_OVER) <= 1:
            break
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(50)
    assert frame.evaluate(LEFT_OVER) <= 1
    assert begun < 200 < darkest_at_the_edge(page)


def test_a_table_that_fits_shows_no_shade(sit_down: Callable[..., Page]) -> None:
    page = sit_down("city", "desk")
    page.goto("/coverage/")
    assert page.locator(".matrix-frame").evaluate(LEFT_OVER) == 0
    assert darkest_at_the_edge(page) > 200
