"""Rows 5 to 19, as far as they are about one phone: what is typed and photographed lies on it and arrives as it was."""

from typing import Any

from fieldwork.core.hanzi.cleaning import clean
from tests.loss.phone import picture
from tests.loss.program import sha256

ODD = "第一行\r\n第二行 𠮷野家 👨‍👩‍👧 ﾊﾝｶｸ \ufffe末尾"


def test_row_05_three_photos_of_one_name_in_one_second(phone: Any, program: Any) -> None:
    mine, photos = phone("xiaolin"), [picture(50), picture(51), picture(52)]
    mine.open()
    mine.write("三张都叫 image.jpg")
    for number, photo in enumerate(photos, 1):
        payload = {"name": "image.jpg", "mimeType": "image/jpeg", "buffer": photo}
        mine.page.locator("photo-picker input[type=file]:not([capture])").last.set_input_files(payload)
        mine.page.locator(f"photo-picker .photo:nth-child({number})").wait_for()
    mine.save()
    entry = mine.arrive("三张都叫 image.jpg")
    assert [photo["sha256"] for photo in entry["photos"]] == [sha256(photo) for photo in photos]
    reader = program("xiaolin")
    assert [sha256(reader.photo(sha256(photo))) for photo in photos] == [sha256(photo) for photo in photos]


def test_row_06_crash_recover_submit(phone: Any, program: Any) -> None:
    mine, photos = phone("xiaolin"), [picture(60), picture(61)]
    mine.open()
    mine.write("写到一半手机没电了")
    for photo in photos:
        mine.add_photo(photo)
    mine.wait(lambda: any(len(entry["photos"]) == 2 for entry in mine.entries()))
    mine.page.close(run_before_unload=False)
    mine.page = mine.context.new_page()
    mine.open()
    mine.page.locator("photo-picker .photo[data-sha256]").nth(1).wait_for()
    assert mine.page.locator("textarea[name=text]").input_value() == "写到一半手机没电了"
    mine.save()
    entry = mine.arrive("写到一半手机没电了")
    assert [photo["sha256"] for photo in entry["photos"]] == [sha256(photo) for photo in photos]
    held = program("xiaolin").get(f"/visits/{entry['record']}").json()
    assert [(photo["sha256"], photo["held"]) for photo in held["photos"]] == [(sha256(photo), True) for photo in photos]


def test_row_07_a_draft_opened_again_and_killed(phone: Any) -> None:
    mine = phone("xiaolin")
    mine.open()
    mine.write("第一次写的")
    mine.wait(lambda: mine.entries() != [])
    mine.page.goto("/me/")
    mine.open()
    field = mine.page.locator("textarea[name=text]")
    mine.wait(lambda: field.input_value() == "第一次写的")
    field.press_sequentially("，第二次又添的")
    mine.wait(lambda: mine.find("第二次又添的") is not None)
    mine.page.close(run_before_unload=False)
    mine.page = mine.context.new_page()
    mine.open()
    assert mine.page.locator("textarea[name=text]").input_value() == "第一次写的，第二次又添的"
    assert len(mine.entries()) == 1


def test_row_09_two_records_of_one_title(phone: Any, program: Any) -> None:
    mine = phone("xiaolin")
    for _ in range(2):
        mine.record("同一个标题的走访")
    mine.wait(lambda: [entry["state"] for entry in mine.entries()] == ["receipted"] * 2)
    assert len(program("xiaolin").visits()) == 2


def test_row_14_odd_characters_come_back_as_they_went(phone: Any, program: Any) -> None:
    mine = phone("xiaolin")
    mine.open()
    mine.write("x")
    mine.page.locator("textarea[name=text]").evaluate(
        "(field, text) => { field.value = text; field.dispatchEvent(new Event('input', {bubbles: true})); }", ODD
    )
    mine.save()
    entry = mine.arrive("第一行")
    assert program("xiaolin").get(f"/visits/{entry['record']}").json()["text"] == clean(ODD)


def test_row_19_no_question_after_a_good_save(phone: Any) -> None:
    mine, asked = phone("xiaolin"), []
    mine.page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    mine.record("存好就走")
    for path in ("/visits/new", "/", "/outbox/"):
        mine.page.goto(path)
    assert asked == []
