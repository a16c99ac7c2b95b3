"""Rows 15, 16, 18: several people on one phone, and what is cleared away on it."""

from typing import Any

from playwright.sync_api import expect

from tests.loss.desk import ask
from tests.loss.phone import picture
from tests.loss.program import sha256

API = "(PUT|POST|PATCH|HEAD) /api/v1/"
AGO_MS = 400 * 24 * 3600 * 1000
AGE = f"""for (const name of ["created_at", "changed_at", "receipted_at"]) if (value[name]) value[name] -= {AGO_MS};
store.put(value)"""
CLEAR = "caches.keys().then((all) => Promise.all(all.map((name) => caches.delete(name))))"


def test_row_15_a_draft_opens_in_no_other_form_and_for_nobody_else(phone: Any, line: Any, tried: Any) -> None:
    mine, text = phone("xiaolin"), "只属于小林的走访草稿"
    mine.open()
    mine.write(text)
    mine.wait(lambda: mine.find(text) is not None)
    draft = mine.entry(text)["id"]
    for kind in ("problem", "case"):
        for query in ("", f"?local={draft}"):
            mine.open(kind, query)
            assert text not in shown(mine)
    mine.log_out()
    mine.log_in("village")
    for path in ("/visits/new", f"/visits/new?local={draft}", f"/problems/new?local={draft}", "/outbox/", "/"):
        mine.page.goto(path)
        if "/new" in path:
            expect(mine.page.locator("form[data-ready]")).to_be_attached()
        mine.page.wait_for_timeout(500)
        assert text not in shown(mine), path
    mine.page.goto("/visits/new")
    mine.page.locator("textarea[name=text]").fill("另一个人写的")
    mine.wait(lambda: mine.find("另一个人写的") is not None)
    assert mine.entry(text)["id"] == draft
    mine.log_out()
    mine.log_in("xiaolin")
    mine.open()
    expect(mine.page.locator("textarea[name=text]")).to_have_value(text)
    tried(9)


def test_row_16_every_clean_up_skips_what_is_unsent(phone: Any, line: Any, program: Any, tried: Any) -> None:
    """The thirty days of sent copies, a draft thrown away, logging out, the worker's caches: 400 days later."""
    mine, photos, last = phone("xiaolin"), [picture(160), picture(161), picture(162)], picture(163)
    mine.record("早已收讫的", photos[:1])
    mine.arrive("早已收讫的")
    line.lose_request(API, times=None)
    mine.record("一直没有发出的", photos[:2])  # one of them is a photo of the old one, too
    mine.record("要删的草稿旁边的", photos[2:])
    mine.open()
    mine.write("还在写的草稿")
    mine.add_photo(last)
    mine.wait(lambda: bool((mine.find("还在写的草稿") or {}).get("photos")))
    mine.open("problem")
    mine.page.locator("textarea[name=text]").fill("随手删掉的草稿")
    mine.wait(lambda: mine.find("随手删掉的草稿") is not None)
    mine.page.goto("/me/")
    for entry in mine.entries():
        mine.change("records", entry["id"], AGE)
    before = {text: mine.entry(text) for text in ("一直没有发出的", "要删的草稿旁边的", "还在写的草稿")}

    mine.page.goto("/outbox/")
    mine.page.once("dialog", lambda dialog: dialog.accept())
    mine.page.locator("[data-entry]", has_text="随手删掉的草稿").get_by_role("button", name="删去").click()
    mine.wait(lambda: mine.find("随手删掉的草稿") is None)
    mine.wait(lambda: mine.find("早已收讫的") is None)
    mine.log_out()
    mine.page.evaluate(CLEAR)
    mine.log_in("village")
    mine.page.goto("/outbox/")
    mine.page.wait_for_timeout(1000)
    mine.log_out()
    mine.log_in("xiaolin")
    for text, entry in before.items():
        now = mine.entry(text)
        assert (now["fields"], now["photos"], now["body"]) == (entry["fields"], entry["photos"], entry["body"])
    assert {one["sha256"] for one in mine.read("photos")} == {sha256(photo) for photo in [*photos, last]}
    tried(4)

    line.good()
    mine.send()
    for text in ("一直没有发出的", "要删的草稿旁边的"):
        mine.arrive(text)
    reader = program("xiaolin")
    assert {sha256(reader.photo(sha256(photo)) or b"") for photo in photos} == {sha256(photo) for photo in photos}


def test_row_18_somebody_else_logs_in_on_the_phone(phone: Any, line: Any, program: Any, server: Any) -> None:
    mine, photo = phone("xiaolin"), picture(180)
    line.lose_request(API, times=None)
    record = mine.record("小林没有发出的走访", [photo])["record"]
    mine.log_out()
    mine.log_in("village")
    mine.record("村里写的走访")
    mine.page.goto("/outbox/")
    expect(mine.page.locator("[data-entry]", has_text="村里写的走访")).to_be_visible()
    assert "小林没有发出的走访" not in shown(mine)
    expect(mine.page.locator("[data-others]")).to_contain_text("1 条没有发出")
    line.good()
    mine.send()
    mine.arrive("村里写的走访")
    mine.arrive("小林没有发出的走访")
    assert "小林没有发出的走访" not in shown(mine)
    query = "SELECT visit.text, user.username FROM visit JOIN user ON user.id = visit.author_id ORDER BY username"
    assert ask(server.folder, query) == [("村里写的走访", "village"), ("小林没有发出的走访", "xiaolin")]
    assert program("xiaolin").get(f"/visits/{record}").json()["photos"][0]["sha256"] == sha256(photo)
    assert sha256(program("xiaolin").photo(sha256(photo)) or b"") == sha256(photo)


def shown(mine: Any) -> str:
    """All that can be read on the page, in its fields, too."""
    words: str = mine.page.evaluate(
        "document.body.innerText + Array.from(document.querySelectorAll('input, textarea')).map((one) => one.value)"
    )
    return words
