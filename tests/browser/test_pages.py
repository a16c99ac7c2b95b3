"""Every page in a real browser: axe finds nothing serious in light, dark and large type; nothing is cut off."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.support.album import said_by
from tests.support.serving import Server

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
PAGES = {
    None: ["/login"],
    "xiaolin": [
        "/",
        "/visits/",
        "/visits/new",
        "/problems/",
        "/problems/new",
        "/cases/",
        "/cases/new",
        "/models/",
        "/conflicts/",
    ],
    "county": [
        "/review/",
        "/coverage/",
        "/search?q=渠",
        "/me/",
        "/me/devices",
        "/drafts/",
        "/trash/",
        "/feedback/new",
        "/photos/unchecked",
    ],
    "office": ["/briefings/", "/briefings/new", "/feedback/", "/box/", "/box/import"],
    "admin": ["/admin/", "/admin/users/", "/admin/units/", "/admin/settings", "/admin/journal"],
}
FIRST_OF = {"xiaolin": ["/visits/", "/problems/", "/cases/"], "county": ["/review/"], "office": ["/briefings/"]}
WITH_PHOTOS = {"county": ["mosaic"]}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("pages"), jobs=True).fill() as started:
        yield started


@pytest.fixture(scope="module")
def album(server: Server) -> dict[str, str]:
    return said_by(server)


@pytest.fixture(scope="module")
def site(server: Server, album: dict[str, str]) -> str:
    """A server of its own, with photos in it."""
    return server.address


def addresses(page: Page, username: str | None, album: dict[str, str]) -> Iterator[str]:
    """The listed pages, those of photos, and the first record of each list."""
    yield from PAGES[username]
    yield from (album[name] for name in WITH_PHOTOS.get(username or "", []))
    for path in FIRST_OF.get(username or "", []):
        page.goto(path)
        link = page.locator("a.row-title").first
        if link.count():
            yield link.get_attribute("href") or path


def faults_of(page: Page) -> list[str]:
    """What is wrong with the page as it came, in dark colours, and in large type."""
    found = axe(page, {"resultTypes": ["violations"]}) + too_wide(page)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    found += [f"dark: {fault}" for fault in axe(page, {"runOnly": ["color-contrast"]})]
    page.evaluate("document.documentElement.dataset.type = 'large'")
    return found + [f"large: {fault}" for fault in axe(page, {"runOnly": ["target-size"]}) + too_wide(page)]


def axe(page: Page, options: dict[str, Any]) -> list[str]:
    """Serious and critical findings of axe."""
    found: Any = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']}: {violation['nodes'][0]['html'][:120]}"
        for violation in found["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]


def too_wide(page: Page) -> list[str]:
    """Whether a person must scroll sideways."""
    wider = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
    return ["wider than the screen"] if wider else []


@pytest.mark.parametrize("username", list(PAGES))
@pytest.mark.parametrize("device", ["phone", "desk"])
def test_pages_are_fit_for_everybody(
    sit_down: Callable[..., Page], album: dict[str, str], device: str, username: str | None
) -> None:
    page = sit_down(username, device, reduced_motion="reduce")  # colours must not be looked at half-way
    page.context.add_init_script(AXE)
    wrong: dict[str, list[str]] = {}
    for address in list(addresses(page, username, album)):
        answer = page.goto(address)
        assert answer is not None
        faults = faults_of(page) + ([] if answer.ok else [f"status {answer.status}"])
        if faults:
            wrong[address] = faults
    assert wrong == {}
