"""What browsers of 2021 lack is taken away from this one: records still arrive, and plain forms still work."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.shells import Shell

pytestmark = pytest.mark.browser

# Each of these is lacking in Chromium 90, in Safari 15.0 or in an app's own browser.
OLDER = """
for (const [home, names] of [
  [window, ["structuredClone", "BroadcastChannel", "OffscreenCanvas", "CompressionStream", "requestIdleCallback"]],
  [Object, ["hasOwn", "groupBy"]], [Array.prototype, ["at", "findLast", "toSorted"]], [String.prototype, ["at"]],
  [Crypto.prototype, ["randomUUID"]], [AbortSignal, ["timeout", "any"]], [Promise, ["withResolvers", "try"]],
  [HTMLFormElement.prototype, ["requestSubmit"]], [Navigator.prototype, ["locks", "storage"]],
  [Element.prototype, ["checkVisibility"]], [window.SubmitEvent ? SubmitEvent.prototype : {}, ["submitter"]],
]) names.forEach((name) => delete home[name]);
"""


@pytest.fixture
def old_phone(chromium: Browser, site: str) -> Iterator[Callable[[str], Shell]]:
    """`old_phone("xiaolin")`: too old for htmx, too."""
    phones: list[Shell] = []
    errors: list[str] = []

    def of(username: str) -> Shell:
        shell = Shell(chromium, site, service_workers="block")
        phones.append(shell)
        shell.context.add_init_script(OLDER)
        shell.context.route("**/vendor/htmx.min.js*", lambda route: route.fulfill(body="class { static {", status=200))
        shell.page.on("pageerror", lambda error: errors.append(str(error)))
        return shell.log_in(username)

    yield of
    for made in phones:
        made.close()
    assert [error for error in errors if "Unexpected" not in error] == []


def test_a_record_of_an_old_phone_arrives(old_phone: Callable[[str], Shell]) -> None:
    shell = old_phone("xiaolin")
    shell.page.goto("/visits/new")
    assert shell.page.evaluate("() => window.htmx === undefined && [].at === undefined && !navigator.locks")
    expect(shell.page.locator("form[data-ready]")).to_be_attached()
    shell.page.locator("[data-units] label.chip", has_text="青石坳村").first.click()
    shell.page.locator("textarea[name=text]").fill("旧手机写下的一句")
    shell.page.locator(".capture .buttons button[type=submit]:not([name])").last.click()
    shell.page.wait_for_url("**/outbox/**")
    expect(shell.page.get_by_text("已收讫").first).to_be_visible(timeout=20_000)
    shell.page.goto("/visits/")
    expect(shell.page.get_by_text("旧手机写下的一句")).to_be_visible()


def test_pages_work_by_plain_forms_where_htmx_does_not_run(old_phone: Callable[[str], Shell]) -> None:
    shell = old_phone("county")
    shell.page.goto("/search")
    shell.page.locator("main input[name=q]").fill("青石坳")
    shell.page.locator("main form button[type=submit]").first.click()
    shell.page.wait_for_url("**/search?**q=**")
    expect(shell.page.locator("main input[name=q]")).to_have_value("青石坳")


def test_logging_out_works_on_an_old_phone(old_phone: Callable[[str], Shell]) -> None:
    shell = old_phone("xiaolin")
    shell.page.goto("/me/")
    shell.page.get_by_role("button", name="退出登录", exact=True).click()
    shell.page.wait_for_url("**/login*")
