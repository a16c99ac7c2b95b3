"""`make screenshots`: pictures for the README, taken of the sample municipality in a real Chromium, kept small."""

import io
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from scripts.run import FLASK
from tests.support import chromium

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
PORT = 8765
SITE = f"http://127.0.0.1:{PORT}"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
COLOURS = 128
OFFLINE_READY_MS = 12_000  # the service worker is put in once a page has settled

# name, device, person, path; "first" follows the first row of a list, "pair" the first with before and after,
# "offline" records with a line and without
PICTURES = (
    ("phone-home", PHONE, "village", "/", None),
    ("phone-record", PHONE, "cadre", "/visits/new", None),
    ("phone-outbox", PHONE, "cadre", "/visits/new", "offline"),
    ("phone-ledger", PHONE, "county", "/problems/", None),
    ("phone-pair", PHONE, "county", "/problems/?state=closed", "pair"),
    ("desk-review", DESK, "city", "/review/", "first"),
    ("desk-briefing", DESK, "office", "/briefings/?state=issued", "first"),
)


def main() -> None:
    """Serve a fresh sample municipality and photograph it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, _serving(data), chromium.launched() as browser:
        for name, size, person, path, then in PICTURES:
            page = _page(browser, size, person)
            page.goto(path)
            if then == "offline":
                _record_twice(page)
            elif then == "pair":
                _compare(page)
            elif then:
                page.locator("a.row-title").first.click()
                page.wait_for_load_state("networkidle")
            _keep(page.screenshot(), FOLDER / f"{name}.png")
            print(FOLDER / f"{name}.png")
            page.context.close()


@contextmanager
def _serving(data: str) -> Iterator[None]:
    environment = {**os.environ, "DATA": data, "PORT": str(PORT), "FIELDWORK_DATA": data, "FIELDWORK_SAMPLE": "1"}
    with tempfile.TemporaryDirectory() as nothing:  # drawn photos: those of cameras are not ours to show here
        for command in (("init",), ("sample", "load", "--photos", nothing)):
            subprocess.run([*FLASK, *command], cwd=ROOT, env=environment, check=True)
    server = subprocess.Popen([sys.executable, "-m", "scripts.run"], cwd=ROOT, env=environment)
    try:
        _wait()
        yield
    finally:
        server.terminate()
        server.wait(20)


def _wait() -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{SITE}/readyz", timeout=2)  # noqa: S310 (our own server)
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise TimeoutError(SITE)


def _page(browser: Browser, size: dict[str, int], person: str) -> Page:
    is_phone = size == PHONE
    context = browser.new_context(
        viewport=size, base_url=SITE, locale="zh-CN", has_touch=is_phone, is_mobile=is_phone, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto("/login")
    page.get_by_label("用户名").fill(person)
    page.get_by_label("密码").fill("sample-2026")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/")
    return page


def _record_twice(page: Page) -> None:
    """One record that has arrived, and one that waits for a line."""
    _record(page, "走访晨露村，看了卫生室和新修的便民路")
    page.locator("[data-entry] .stamp", has_text="已收讫").wait_for()
    page.goto("/visits/new")
    page.wait_for_timeout(OFFLINE_READY_MS)
    page.goto("/visits/new")
    page.context.set_offline(True)
    _record(page, "村口路灯坏了三盏，群众夜里出行不便")
    page.locator("[data-why]:visible").first.wait_for()


def _compare(page: Page) -> None:
    """The first problem of the list with before and after, one laid over the other."""
    for address in [row.get_attribute("href") or "" for row in page.locator("a.row-title").all()]:
        page.goto(address)
        if page.locator("photo-pairs").count():
            break
    page.get_by_role("button", name="重叠对比").click()
    page.locator("[data-cut]").fill("78")
    page.wait_for_load_state("networkidle")


def _record(page: Page, words: str) -> None:
    page.locator("form[data-ready]").wait_for()
    page.locator("[data-units] label.chip").first.click()
    page.locator("textarea[name=text]").fill(words)
    page.locator(".capture .buttons button[type=submit]:not([name])").last.click()
    page.wait_for_url("**/outbox/**")


def _keep(shot: bytes, path: Path) -> None:
    """Few colours are enough for paper and ink, and make a tenth of the bytes."""
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
