"""The app shell in a real Chromium, its service worker at work: what opens without a line, and for whom."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Response, expect

from tests.browser.shells import AHEAD, NO_LINE, Shell
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(chromium: Browser, site: str) -> Iterator[Callable[..., Shell]]:
    """`phone("xiaolin")`: somebody's phone, its worker settled."""
    phones: list[Shell] = []

    def of(username: str, **options: Any) -> Shell:
        phones.append(Shell(chromium, site, **options))
        return phones[-1].log_in(username).settle()

    yield of
    for made in phones:
        made.close()


def test_recording_pages_and_ones_own_lists_open_without_a_line(
    phone: Callable[..., Shell], record_property: Callable[[str, object], None]
) -> None:
    shell = phone("xiaolin")
    for path in AHEAD:
        took_ms = shell.without_a_line(path)
        record_property(path, round(took_ms))
        print(f"{path} without a line: {took_ms:.0f} ms")  # noqa: T201
        assert NO_LINE not in shell.page.locator("h1").inner_text()
        assert shell.has_style()


def test_a_recording_page_is_written_on_without_a_line(phone: Callable[..., Shell]) -> None:
    shell = phone("xiaolin")
    shell.without_a_line("/visits/new?blank=1")
    expect(shell.page.locator("form[data-ready]")).to_be_attached()


def test_a_page_read_before_opens_again_and_another_one_says_that_there_is_no_line(
    phone: Callable[..., Shell],
) -> None:
    shell = phone("xiaolin")
    shell.page.goto("/models/?q=水")
    shell.wait(lambda: any(path.startswith("/models/?q=") for path in shell.pages()))
    shell.without_a_line("/models/?q=水")
    assert shell.person()
    for unread in ("/models/", "/admin/", "/drafts/"):
        shell.without_a_line(unread)
        assert shell.page.locator("h1").inner_text() == NO_LINE
        assert "林岚" not in shell.page.content()
    assert shell.has_style()
    shell.page.get_by_role("link", name="记一笔").click()
    expect(shell.page.locator("form[data-capture]")).to_be_attached()


def test_a_page_prefilled_by_its_address_is_not_answered_with_the_empty_one(phone: Callable[..., Shell]) -> None:
    shell = phone("xiaolin")
    answered = shell.page.goto("/problems/new?title=水渠")
    assert answered is not None
    assert answered.url.endswith("?title=%E6%B0%B4%E6%B8%A0")
    assert "/problems/new?title=%E6%B0%B4%E6%B8%A0" not in shell.pages()
    assert not shell.page.evaluate("() => performance.getEntriesByType('navigation')[0].transferSize === 0")
    shell.without_a_line("/problems/new?title=水渠")
    expect(shell.page.locator("form[data-capture]")).to_be_attached()


# --- a shared phone


def test_whoever_comes_next_finds_nothing_of_the_one_before(phone: Callable[..., Shell]) -> None:
    shell = phone("xiaolin")
    shell.page.goto("/me/")
    shell.page.once("dialog", lambda dialog: dialog.accept())
    shell.page.get_by_role("button", name="退出登录", exact=True).click()
    shell.page.wait_for_url("**/login*")
    shell.wait(lambda: shell.pages() == [])
    shell.without_a_line("/me/")
    assert "林岚" not in shell.page.content()
    assert shell.page.locator("h1").inner_text() == NO_LINE
    shell.with_a_line()
    shell.log_in("laoma").settle()
    shell.without_a_line("/me/")
    assert "马骁" in shell.page.content()
    assert "林岚" not in shell.page.content()


def test_logging_out_forgets_even_if_the_page_says_nothing(phone: Callable[..., Shell]) -> None:
    shell = phone("xiaolin")
    shell.page.goto("/me/")
    submit = "() => { setTimeout(() => document.querySelector('form[action=\"/logout\"]').submit(), 50); }"
    shell.page.evaluate(submit)  # as Safari 15 does it; at once, the answer to this call could go with the page
    shell.page.wait_for_url("**/login*")
    shell.wait(lambda: shell.pages() == [])


def test_logging_in_when_anothers_session_has_ended_shows_no_page_of_the_other(phone: Callable[..., Shell]) -> None:
    shell = phone("xiaolin")
    xiaolin = shell.person()
    shell.context.clear_cookies()
    shell.log_in("laoma", after="/visits/new")
    assert shell.person() not in {"", xiaolin}
    mine = shell.kept()[f"pages-{xiaolin}"]
    shell.settle()
    assert shell.kept()[f"pages-{xiaolin}"] == mine
    shell.without_a_line("/me/")
    assert "林岚" not in shell.page.content()


def test_an_ended_session_leaves_the_recording_page_where_it_is(phone: Callable[..., Shell]) -> None:
    shell = phone("xiaolin")
    xiaolin = shell.person()
    shell.context.clear_cookies()
    with shell.context.expect_event("request", lambda request: "/login" in request.url):
        shell.page.goto("/visits/new")  # from what is kept; behind it the server sends to the login page
    assert shell.person() == xiaolin
    shell.page.wait_for_timeout(500)
    shell.without_a_line("/visits/new")
    assert shell.person() == xiaolin


def test_a_page_that_names_somebody_else_is_not_kept_among_a_persons_own(phone: Callable[..., Shell]) -> None:
    shell = phone("xiaolin")
    xiaolin = shell.person()
    shell.context.clear_cookies()
    shell.context.request.post(
        "/login", form={"username": "laoma", "password": PASSWORD}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    shell.page.goto("/models/")  # the worker has heard of nobody but the first one
    assert shell.person() not in {"", xiaolin}
    shell.page.wait_for_timeout(500)
    assert "/models/" not in shell.kept()[f"pages-{xiaolin}"]


# --- what the worker leaves alone


def test_a_posted_form_goes_past_the_worker(phone: Callable[..., Shell]) -> None:
    shell = phone("xiaolin")
    shell.page.goto("/feedback/new")
    answers: list[Response] = []
    shell.page.on("response", lambda answer: answers.append(answer))
    shell.page.locator("main form textarea").fill(" ")  # what is only a blank is refused, and the page stays
    shell.page.locator("main form button[type=submit]").click()
    shell.wait(lambda: any(answer.request.method == "POST" for answer in answers))
    [posted] = [answer for answer in answers if answer.request.method == "POST"]
    assert not posted.from_service_worker
    assert posted.status == 422


def test_no_fragment_no_answer_of_the_api_and_no_download_is_kept(phone: Callable[..., Shell]) -> None:
    shell = phone("county")
    shell.page.evaluate("""async () => {
      await fetch("/problems/?q=a", { headers: { "HX-Request": "true" } });
      await fetch("/api/v1/vocabulary");
      await fetch("/problems/export.xlsx");
      await fetch("/me/?fetched");
    }""")
    shell.page.goto("/problems/?q=b")
    shell.wait(lambda: "/problems/?q=b" in shell.pages())
    assert not [path for path in shell.pages() if path.startswith("/api/") or "export" in path]
    assert not {"/problems/?q=a", "/me/?fetched", "/login"} & set(shell.pages())


def seen(shell: Shell, drawn_jpeg: bytes) -> tuple[str, Locator]:
    """The page of a visit with one photo, which is on the screen; and that photo."""
    shell.page.goto("/visits/new")
    unit = shell.page.locator("input[name=unit]").first.get_attribute("value") or ""
    photo: Any = {"name": "渠.jpg", "mimeType": "image/jpeg", "buffer": drawn_jpeg}
    posted = shell.context.request.post(
        "/visits/new",
        multipart={"unit": unit, "text": "渠道已通", "photos": photo},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert posted.ok
    shell.page.goto(posted.url)
    picture = shell.page.locator("main img.tile-image")
    shell.wait(lambda: picture.count() > 0 and picture.first.evaluate("image => image.naturalWidth") > 0)
    shell.page.reload()  # the page as it stands since the picture was made
    shell.wait(lambda: picture.first.evaluate("image => image.naturalWidth") > 0)
    shell.wait(lambda: bool(pictures(shell)))
    return posted.url, picture


def pictures(shell: Shell) -> list[str]:
    """The addresses of the pictures kept for the person."""
    return list(shell.kept().get(f"pictures-{shell.person()}", []))


def test_pictures_once_seen_are_kept_for_their_person(phone: Callable[..., Shell], drawn_jpeg: bytes) -> None:
    shell = phone("xiaolin")
    url, picture = seen(shell, drawn_jpeg)
    shell.without_a_line(url)
    shell.wait(lambda: picture.first.evaluate("image => image.naturalWidth") > 0)


def test_originals_and_what_a_mosaic_covers_are_asked_for_each_time(
    phone: Callable[..., Shell], drawn_jpeg: bytes
) -> None:
    """So that each look is written down, and none is left on the phone when the person may look no more."""
    shell = phone("xiaolin")
    _, picture = seen(shell, drawn_jpeg)
    address = (picture.first.get_attribute("src") or "").partition("?")[0]
    for query in ("size=original", "size=1280&clear=1", "size=320&v=another"):
        fetched = shell.page.evaluate("async (url) => (await fetch(url)).status", f"{address}?{query}")
        assert fetched == 200
    fetched = shell.page.evaluate("async (url) => (await fetch(url)).status", f"{address}?size=2400")
    shell.wait(lambda: any("size=2400" in url for url in pictures(shell)))
    assert [url for url in pictures(shell) if "original" in url or "clear" in url or "another" in url] == []


def test_a_full_phone_keeps_the_page_it_had(phone: Callable[..., Shell]) -> None:
    shell = phone("xiaolin").settle()
    devtools = shell.context.new_cdp_session(shell.page)
    origin = "/".join(shell.page.url.split("/")[:3])
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
    for path in ("/visits/new", "/visits/"):
        shell.page.goto(path)  # what is fetched anew finds no room
        shell.page.wait_for_timeout(1000)
    assert set(AHEAD) <= set(shell.pages())
    shell.without_a_line("/visits/new")
    expect(shell.page.locator("textarea[name=text]")).to_be_visible()
