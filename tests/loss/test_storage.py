"""Rows 2 and 4: photos that are lost or broken."""

from typing import Any

from playwright.sync_api import expect

from tests.loss.phone import picture
from tests.loss.program import sha256

API = "(PUT|POST|PATCH|HEAD) /api/v1/"
LOSE = """(sha256) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("fieldwork");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const tx = opening.result.transaction("photos", "readwrite");
    tx.objectStore("photos").delete(sha256);
    tx.oncomplete = () => resolve(opening.result.close());
    tx.onabort = () => reject(tx.error);
  };
})"""


def test_row_02_a_photo_has_gone_missing_on_the_phone(phone: Any, line: Any, program: Any) -> None:
    """Once while it waits, once while it is but a draft, which may not lose it by being opened and sent."""
    mine, photos = phone("xiaolin"), [picture(200), picture(201), picture(202)]
    line.lose_request(API, times=None)
    mine.record("等着发送，照片没了", photos[:2])
    mine.page.evaluate(LOSE, sha256(photos[0]))
    mine.open()
    mine.write("还是草稿，照片没了")
    mine.add_photo(photos[2])
    mine.wait(lambda: (mine.find("还是草稿，照片没了") or {"photos": []})["photos"] != [])
    mine.page.goto("/me/")
    mine.page.evaluate(LOSE, sha256(photos[2]))
    mine.open()
    expect(mine.page.locator("photo-picker .photo")).to_contain_text("手机上找不到了")
    mine.page.locator("textarea[name=text]").press_sequentially("，又添了几个字")
    mine.save()
    line.good()
    for text, lost in (("等着发送，照片没了", photos[:2]), ("还是草稿，照片没了", photos[2:])):
        mine.arrive(text, "blocked", 90)
        assert mine.trouble(text) == "photo_missing"
        assert [photo["sha256"] for photo in mine.entry(text)["photos"]] == [sha256(photo) for photo in lost]
        row = mine.page.locator("[data-entry]", has_text=text)
        expect(row).to_contain_text("需处理")
        expect(row.locator("[data-why]")).to_contain_text("有一张照片在手机上找不到了")
    assert program("xiaolin").visits() == []

    row = mine.page.locator("[data-entry]", has_text="等着发送，照片没了")
    row.get_by_role("link", name="打开修改").click()
    expect(mine.page.locator("form[data-ready]")).to_be_attached()
    payload = {"name": "image.jpg", "mimeType": "image/jpeg", "buffer": photos[0]}
    mine.page.locator("photo-picker input[type=file]:not([capture])").last.set_input_files(
        payload
    )  # found in the album
    mine.wait(lambda: len(mine.read("photos")) == 2)
    mine.save()
    mine.arrive("等着发送，照片没了")
    [one] = program("xiaolin").visits()
    held = [photo["sha256"] for photo in detail(program, one["id"])["photos"] if photo["held"]]
    assert held == [sha256(photo) for photo in photos[:2]]


def test_row_04_an_empty_or_broken_photo_is_refused_with_words(phone: Any, program: Any, tried: Any) -> None:
    mine, good, text = phone("xiaolin"), picture(400), "照片坏了，文字还在"
    whole = picture(401)
    broken = {
        "空的": (b"", "这张照片是空的，没有加上"),
        "不是照片": (b"\x00\x01 not a picture " * 40, "这张照片打不开，没有加上"),
        "只有文件头": (whole[:2] + b"\xff\xd9", "这张照片打不开，没有加上"),
        "只有一半": (whole[: len(whole) // 2], "这张照片打不开，没有加上"),
        "里面是乱的": (whole[:200] + bytes(len(whole) - 202) + whole[-2:], "这张照片打不开，没有加上"),
    }
    mine.open()
    mine.write(text)
    mine.add_photo(good)
    mine.page.locator(".photo-words").fill("好的那张")
    for content, words in broken.values():
        payload = {"name": "image.jpg", "mimeType": "image/jpeg", "buffer": content}
        mine.page.locator("photo-picker input[type=file]:not([capture])").last.set_input_files(payload)
        expect(mine.page.locator("photo-picker [data-said]")).to_have_text(words, timeout=20_000)
        expect(mine.page.locator("photo-picker .photo")).to_have_count(1)
        expect(mine.page.locator("textarea[name=text]")).to_have_value(text)
        expect(mine.page.locator(".photo-words")).to_have_value("好的那张")
        expect(mine.page.locator("input[name=unit]:checked")).to_have_count(1)
    tried(len(broken))
    mine.save()
    assert [photo["bytes"] for photo in mine.read("photos")] == [len(good)]
    record = mine.arrive(text)["record"]
    [held] = detail(program, record)["photos"]
    assert (held["sha256"], held["caption"], held["held"]) == (sha256(good), "好的那张", True)


def detail(program: Any, record: str) -> Any:
    return program("xiaolin").get(f"/visits/{record}").json()
