"""The styles as they are served, without cascade layers for old phones, look as they are written, with them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from fieldwork.assets import SHEETS

pytestmark = pytest.mark.browser

PAGES = [
    ("xiaolin", "/"), ("xiaolin", "/visits/new"), ("xiaolin", "/me/"), ("xiaolin", "/feedback/new"),
    ("county", "/problems/"), ("county", "/coverage/"), ("office", "/briefings/"), ("admin", "/admin/units"),
]  # fmt: skip
LOOKS = """() => Array.from(document.querySelectorAll("body *")).map((element) => {
  const style = getComputedStyle(element);
  const name = `${element.tagName.toLowerCase()}.${element.className.baseVal === undefined ? element.className : ""}`;
  return [name, Object.fromEntries(Array.from(style).map((property) => [property, style.getPropertyValue(property)]))];
})"""
LAYERED = """async (sheets) => {
  const served = document.querySelector('link[href*="css/site.css"]');
  const about = (sheet) => ({rel: "stylesheet", href: `/static/css/${sheet}.css`});
  const links = sheets.map((sheet) => Object.assign(document.createElement("link"), about(sheet)));
  const loaded = links.map((link) => new Promise((resolve) => { link.onload = resolve; }));
  served.after(...links);
  await Promise.all(loaded);
  served.remove();
}"""


@pytest.mark.parametrize(("username", "path"), PAGES)
@pytest.mark.parametrize("device", ["phone", "desk"])
def test_flat_styles_look_like_layered_ones(
    sit_down: Callable[..., Page], username: str, path: str, device: str
) -> None:
    page = sit_down(username, device, bypass_csp=True, service_workers="block")
    page.goto(path)
    page.wait_for_timeout(500)
    flat = page.evaluate(LOOKS)
    page.evaluate(LAYERED, list(SHEETS))
    page.wait_for_timeout(200)
    layered = page.evaluate(LOOKS)
    differing = [
        (name, {key: (was[key], now[key]) for key in was if was[key] != now.get(key)})
        for (name, was), (_, now) in zip(flat, layered, strict=True)
        if was != now
    ]
    assert differing[:5] == []


def test_what_is_served_knows_no_layers(sit_down: Callable[..., Page]) -> None:
    page = sit_down("xiaolin", "phone")
    sheet = page.request.get(page.locator("link[rel=stylesheet]").get_attribute("href") or "").text()
    assert "@layer" not in sheet
    assert len(sheet) > 20_000
