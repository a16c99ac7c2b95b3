"""A real server process on the small town, and people in front of a real Chromium, on a phone or at a desk."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.support.cast import PASSWORD

ROOT = Path(__file__).parent.parent.parent
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 800}}
START_WITHIN_S = 40


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the small town in it."""
    folder = tmp_path_factory.mktemp("site")
    port = _free_port()
    environment = {**os.environ, "FIELDWORK_DATA": str(folder), "FIELDWORK_SECRET_KEY": "only-for-tests-0123456789"}
    subprocess.run([sys.executable, "-m", "tests.support.town"], cwd=ROOT, env=environment, check=True)
    with (folder / "server.log").open("w") as log:
        command = [sys.executable, "-m", "fieldwork.serve", "--port", str(port), "--workers", "1", "--with-jobs"]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            yield _answering(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait(15)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answering(address: str) -> str:
    deadline = time.monotonic() + START_WITHIN_S
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return address
        except OSError:
            time.sleep(0.2)  # the server is not listening yet
    raise TimeoutError(address)


@pytest.fixture(scope="module")
def page(chromium: Browser, site: str) -> Iterator[Page]:
    """A page of the site in front of nobody: for modules that are called by themselves."""
    context = chromium.new_context(base_url=site)
    page = context.new_page()
    page.goto("/login")
    yield page
    context.close()


@pytest.fixture
def strays(site: str) -> Iterator[list[str]]:
    """Addresses of other hosts that a page asked for; there must be none at the end."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def sit_down(chromium: Browser, site: str, strays: list[str]) -> Iterator[Callable[..., Page]]:
    """`sit_down("county", "phone")`: the page of somebody logged in on such a device."""
    contexts: list[BrowserContext] = []

    def seated(username: str | None, device: str = "phone", **options: Any) -> Page:
        touch = {"has_touch": True, "is_mobile": True} if device == "phone" else {}
        context = chromium.new_context(viewport=SIZES[device], base_url=site, locale="zh-CN", **touch, **options)
        contexts.append(context)
        context.on("request", lambda request: _note(request.url, site, strays))
        page = context.new_page()
        if username:
            log_in(page, username)
        return page

    yield seated
    for context in contexts:
        context.close()


def _note(url: str, site: str, strays: list[str]) -> None:
    if not url.startswith((site, "data:", "blob:")):
        strays.append(url)


def log_in(page: Page, username: str) -> None:
    """Log in by the form."""
    page.goto("/login")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/")
