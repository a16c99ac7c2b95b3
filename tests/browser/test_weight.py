"""What a phone fetches the first time it opens 记一笔: the contract allows 60 KB and 15 requests."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

BYTES_MAX = 60 * 1024
REQUESTS_MAX = 15


def test_the_first_load_of_a_recording_page_is_light(sit_down: Callable[..., Page]) -> None:
    """With headers, as they come over the line; what the service worker fetches for later comes after the page."""
    page = sit_down("xiaolin", "phone", service_workers="block")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.clearBrowserCache")
    asked: set[str] = set()
    weighed: dict[str, float] = {}
    devtools.on("Network.requestWillBeSent", lambda one: _note(asked, one["requestId"], one["request"]["url"]))
    devtools.on("Network.loadingFinished", lambda one: weighed.update({one["requestId"]: one["encodedDataLength"]}))
    page.goto("/visits/new", wait_until="networkidle")
    size_bytes = sum(weighed[one] for one in asked)
    assert 5 < len(asked) <= REQUESTS_MAX
    assert 10_000 < size_bytes <= BYTES_MAX


def _note(asked: set[str], request: str, url: str) -> None:
    """What stands in the page itself (data:) is no request."""
    if url.startswith("http"):
        asked.add(request)
