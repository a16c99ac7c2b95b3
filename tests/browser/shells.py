"""A phone whose service worker is at work, on a server whose release can change under it."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.cast import PASSWORD
from tests.support.serving import ROOT

SIZE = {"width": 390, "height": 844}
AHEAD = ("/visits/new", "/problems/new", "/cases/new", "/outbox/", "/visits/", "/me/")
# now and then a browser never answers about caches that are being deleted at that moment: it is asked again
KEPT = """() => {
  const keys = async (name) => (await caches.open(name)).keys();
  const paths = async (name) => (await keys(name)).map((one) => one.url.replace(location.origin, ""));
  const looked = async () => {
    const names = await caches.keys();
    const lists = await Promise.all(names.map(paths));
    return Object.fromEntries(names.map((name, index) => [name, lists[index]]));
  };
  return Promise.race([looked(), new Promise((resolve) => setTimeout(() => resolve({}), 5000))]);
}"""
NO_LINE = "没有网络"


def copy_of_the_code(folder: Path) -> Path:
    """All that a server needs, to be changed into another release."""
    for name in ("fieldwork", "static", "templates", "tests/support"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("app.py", "CHANGELOG.md"):
        shutil.copy(ROOT / name, folder)
    return folder


class Shell:
    """Somebody's phone. `page` is what they look at; its worker settles some seconds after the first page."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport=SIZE, base_url=address, locale="zh-CN", has_touch=True, is_mobile=True, **options
        )
        self.page: Page = self.context.new_page()

    def log_in(self, username: str, after: str = "") -> "Shell":
        """Log in by the form; `after` is where the page before wanted to go."""
        self.page.goto(f"/login?next={after}" if after else "/login")
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_url(f"**{after or '/'}")
        return self

    def settle(self) -> "Shell":
        """Wait until the worker has read ahead for whoever is logged in."""
        self.wait(lambda: set(AHEAD) <= set(self.pages()))
        return self

    def kept(self) -> dict[str, list[str]]:
        """What lies in every cache, by its name."""
        found: dict[str, list[str]] = self.page.evaluate(KEPT)
        return found

    def pages(self) -> list[str]:
        """The pages kept for anybody."""
        return [path for name, paths in self.kept().items() if name.startswith("pages-") for path in paths]

    def person(self) -> str:
        """Whose the page on the screen is."""
        return str(self.page.locator("html").get_attribute("data-person") or "")

    def version(self) -> str:
        return str(self.page.locator("html").get_attribute("data-version"))

    def without_a_line(self, path: str) -> float:
        """Open a page with no network; returns the milliseconds until it can be read."""
        self.context.set_offline(True)
        began = time.monotonic()
        self.page.goto(path, wait_until="domcontentloaded")
        expect(self.page.locator("h1")).to_be_visible()
        took = (time.monotonic() - began) * 1000
        self.page.wait_for_load_state()
        return took

    def with_a_line(self) -> None:
        self.context.set_offline(False)

    def has_style(self) -> bool:
        """Whether the page looks as it should, not as bare text."""
        return self.page.evaluate("() => Array.from(document.styleSheets).some((sheet) => sheet.cssRules.length > 200)")

    def wait(self, is_so: Callable[[], bool], within_s: float = 30) -> None:
        deadline = time.monotonic() + within_s
        while not is_so():
            assert time.monotonic() < deadline, self.kept()
            self.page.wait_for_timeout(200)

    def close(self) -> None:
        self.context.close()
