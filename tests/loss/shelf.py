"""What the service worker of a phone keeps, and what opens with nothing else."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.shells import AHEAD, KEPT, NO_LINE

LOOK = "() => navigator.serviceWorker.getRegistration().then((known) => known.update()).catch(() => null)"
COMING = "() => navigator.serviceWorker.getRegistration().then((known) => Boolean(known.installing || known.waiting))"
KNOWN = "() => navigator.serviceWorker.getRegistration().then(Boolean)"
IS_LED = "() => navigator.serviceWorker.controller !== null"
HAS_STYLE = "() => Array.from(document.styleSheets).some((sheet) => sheet.cssRules.length > 200)"


def settled(mine: Any) -> Any:
    """The phone, once its worker has read ahead."""
    mine.wait(lambda: set(AHEAD) <= set(pages(mine)), 60, lambda: kept(mine))
    return mine


def kept(mine: Any) -> dict[str, list[str]]:
    """What lies in every cache, by its name."""
    found: dict[str, list[str]] = mine.page.evaluate(KEPT)
    return found


def pages(mine: Any) -> list[str]:
    return [path for name, paths in kept(mine).items() if name.startswith("pages-") for path in paths]


def empty_http_cache(mine: Any) -> None:
    """So that nothing opens but for the worker."""
    tools = mine.context.new_cdp_session(mine.page)
    tools.send("Network.clearBrowserCache")
    tools.detach()


def opened_without_a_line(mine: Any, line: Any, paths: list[str]) -> list[str]:
    """Those of the pages that open as they should with no network; then there is one again."""
    line.is_down = True
    empty_http_cache(mine)
    opened = []
    for path in paths:
        mine.page.goto(path)
        is_page = mine.page.locator("h1").inner_text() != NO_LINE
        if is_page and mine.page.evaluate(HAS_STYLE) and mine.page.evaluate(IS_LED):
            opened.append(path)
        if path.endswith("/new"):
            expect(mine.page.locator("form[data-ready]")).to_be_attached()
    line.good()
    return opened


def offered(page: Page) -> None:
    """Wait until the page offers the new release."""
    page.wait_for_timeout(6000)  # it looks once the page has settled
    page.evaluate(LOOK)
    expect(page.locator("[data-update]")).to_be_visible(timeout=20_000)
