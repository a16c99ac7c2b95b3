"""A new release reaches a phone that is in use, a broken one does not, and the office can switch all of it off."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, expect

from tests.browser.shells import Shell, copy_of_the_code
from tests.support.serving import Server

pytestmark = pytest.mark.browser
LOOK = "() => navigator.serviceWorker.getRegistration().then((known) => known.update()).catch(() => null)"
WAITING = "() => navigator.serviceWorker.getRegistration().then((known) => Boolean(known && known.waiting))"
KNOWN = """() => Promise.race([
  navigator.serviceWorker.getRegistration().then((known) => Boolean(known)),
  new Promise((resolve) => { setTimeout(() => resolve(true), 3000); })])"""


def is_known(shell: Shell) -> bool:
    """Whether the page has a service worker; a page that just reloads itself is taken to have one still."""
    try:
        return bool(shell.page.evaluate(KNOWN))
    except Error:
        return True


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("releases") / "data"
    folder.mkdir()
    Server(folder).fill()
    return folder


@pytest.fixture
def server(town: Path, tmp_path: Path) -> Iterator[Server]:
    """A server whose code is a copy."""
    Server(town).copy_to(tmp_path / "data")
    with Server(tmp_path / "data", root=copy_of_the_code(tmp_path / "code")) as running:
        yield running


@pytest.fixture
def phone(chromium: Browser, server: Server) -> Iterator[Callable[..., Shell]]:
    phones: list[Shell] = []

    def of(username: str, **options: Any) -> Shell:
        phones.append(Shell(chromium, server.address, **options))
        return phones[-1].log_in(username)

    yield of
    for made in phones:
        made.close()


def deploy(server: Server, words: str) -> None:
    """Another release: one style and one script have changed."""
    server.stop()
    for name in ("css/base.css", "js/capture/index.js"):
        with (server.root / "static" / name).open("a", encoding="utf-8") as file:
            file.write(f"\n/* {words} */\n")
    server.start()


def offered(shell: Shell) -> None:
    """Wait until the page offers the new release."""
    shell.page.wait_for_timeout(6000)  # it looks once the page has settled
    shell.page.evaluate(LOOK)
    expect(shell.page.locator("[data-update]")).to_be_visible(timeout=20_000)


LEFT_OVER = """async (person) => {
  const cache = await caches.open("pictures-" + person);
  for (const query of ["size=original", "size=1280&clear=1", "size=320"]) {
    await cache.put("/photos/" + "a".repeat(64) + "?" + query, new Response("x"));
  }
}"""


def test_what_earlier_releases_kept_of_what_lies_beneath_mosaics_goes_with_the_update(
    server: Server, phone: Callable[..., Shell]
) -> None:
    shell = phone("xiaolin").settle()
    shell.page.evaluate(LEFT_OVER, shell.person())
    shelf = f"pictures-{shell.person()}"
    assert len(shell.kept()[shelf]) == 3
    deploy(server, "third")
    offered(shell)
    with shell.page.expect_navigation():
        shell.page.get_by_role("button", name="更新").click()
    shell.page.wait_for_load_state()
    shell.wait(lambda: [path.partition("?")[2] for path in shell.kept().get(shelf, [])] == ["size=320"])


def test_after_an_update_every_page_that_opened_without_a_line_still_does(
    server: Server, phone: Callable[..., Shell]
) -> None:
    shell = phone("xiaolin").settle()
    shell.page.goto("/models/")
    shell.wait(lambda: "/models/" in shell.pages())
    before = shell.version()
    for words in ("second", "third"):
        deploy(server, words)
        offered(shell)
        with shell.page.expect_navigation():
            shell.page.get_by_role("button", name="更新").click()
        shell.page.wait_for_load_state()
    assert shell.version() != before
    assert len([name for name in shell.kept() if name.startswith("assets-")]) == 2
    for path in ("/models/", "/me/", "/visits/new?blank=1"):  # the first is as the first release made it
        shell.without_a_line(path)
        assert shell.has_style(), path
    expect(shell.page.locator("form[data-ready]")).to_be_attached()


def test_an_update_never_reloads_a_form_somebody_is_writing_in(server: Server, phone: Callable[..., Shell]) -> None:
    shell = phone("xiaolin").settle()
    shell.page.goto("/visits/new?blank=1")
    expect(shell.page.locator("form[data-ready]")).to_be_attached()
    shell.page.locator("textarea[name=text]").fill("正在写的一句")
    shell.page.evaluate("() => { window.isTheSame = true; }")
    deploy(server, "second")
    offered(shell)
    other = shell.context.new_page()
    other.goto("/me/")
    expect(other.locator("[data-update]")).to_be_visible(timeout=20_000)
    with other.expect_navigation():
        other.get_by_role("button", name="更新").click()
    expect(shell.page.locator("[data-update]")).to_be_hidden()
    shell.page.wait_for_timeout(1000)
    assert shell.page.evaluate("() => window.isTheSame") is True
    assert shell.page.locator("textarea[name=text]").input_value() == "正在写的一句"


def test_a_release_with_a_file_missing_is_not_taken_and_the_old_one_goes_on(
    server: Server, phone: Callable[..., Shell]
) -> None:
    shell = phone("xiaolin").settle()
    releases = [name for name in shell.kept() if name.startswith("assets-")]
    deploy(server, "second")
    shell.context.request.get("/sw.js")  # by now the server has listed what there is
    (server.root / "static" / "js" / "capture" / "index.js").unlink()
    assert shell.context.request.get("/static/js/capture/index.js").status == 404
    shell.page.goto("/me/")
    shell.page.wait_for_timeout(6000)
    shell.page.evaluate(LOOK)
    shell.page.wait_for_timeout(2000)
    assert not shell.page.evaluate(WAITING)
    assert [name for name in shell.kept() if name.startswith("assets-")] == releases
    shell.without_a_line("/visits/new?blank=1")
    assert shell.has_style()
    expect(shell.page.locator("form[data-ready]")).to_be_attached()


def test_the_office_switches_it_off_and_what_was_written_stays(server: Server, phone: Callable[..., Shell]) -> None:
    shell = phone("xiaolin").settle()
    shell.page.goto("/visits/new?blank=1")
    expect(shell.page.locator("form[data-ready]")).to_be_attached()
    shell.page.locator("textarea[name=text]").fill("还没有发送的一句")
    expect(shell.page.locator("[data-kept]")).to_contain_text(":")
    switch(phone("admin"), "关")
    shell.page.goto("/me/")
    shell.wait(lambda: not is_known(shell))  # and it reloads itself, since nobody is writing in it
    shell.page.wait_for_timeout(7000)
    assert not is_known(shell)
    shell.page.evaluate("() => { window.isTheSame = true; }")
    shell.page.wait_for_timeout(7000)
    assert shell.page.evaluate("() => window.isTheSame") is True  # it does not go round in circles
    assert shell.kept() == {}
    shell.page.goto("/visits/new")
    expect(shell.page.locator("textarea[name=text]")).to_have_value("还没有发送的一句")


def test_switched_on_again_it_comes_back(server: Server, phone: Callable[..., Shell]) -> None:
    admin = phone("admin")
    switch(admin, "关")
    shell = phone("xiaolin")
    shell.page.wait_for_timeout(7000)
    assert not is_known(shell)
    switch(admin, "开")
    shell.page.goto("/me/")
    shell.settle()


def switch(admin: Shell, state: str) -> None:
    admin.page.goto("/admin/settings")
    admin.page.locator("label.chip", has_text=state).click()
    admin.page.get_by_role("button", name="保存").click()
    admin.page.wait_for_url("**/admin/**")
    admin.page.goto("/admin/settings")
    assert admin.page.locator("input[name=offline]:checked").get_attribute("value") == {"关": "off", "开": "on"}[state]
