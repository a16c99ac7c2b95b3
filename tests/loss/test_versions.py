"""Rows 42 to 44: a record that was thrown away or changed elsewhere, and what lies of it on a phone."""

import json
from typing import Any

from playwright.sync_api import expect

from tests.loss.desk import Desk, ask
from tests.loss.phone import picture
from tests.loss.program import sha256
from tests.loss.shelf import settled


def test_row_42_what_was_thrown_away_is_sent_again_by_an_old_phone(
    phone: Any, line: Any, server: Any, program: Any, tried: Any
) -> None:
    """Once the phone never heard that its record had arrived, once it has a correction of it."""
    mine, office, photos = phone("xiaolin"), Desk(server.address, "xiaolin"), [picture(420), picture(421)]
    line.lose_reply("PUT /api/v1/visits", times=None)
    first = mine.record("回执没有收到，后来被移入回收站", photos[:1])["record"]
    mine.wait(lambda: ask(server.folder, "SELECT count(*) FROM visit") == [(1,)])
    office.submit(f"/visits/{first}", f"/visits/{first}/trash")
    line.good()
    kept_apart(mine, "回执没有收到", photos[0])

    second = mine.record("送达以后又更正")["record"]
    mine.arrive("送达以后又更正")
    edit(mine, second)
    mine.page.locator("textarea[name=text]").fill("更正过的文字，记录已在回收站")
    mine.add_photo(photos[1])
    office.submit(f"/visits/{second}", f"/visits/{second}/trash")
    mine.save()
    kept_apart(mine, "更正过的文字", photos[1])

    tried(2)
    reader = program("xiaolin")
    assert sorted(one["text"] for one in reader.visits()) == [
        "回执没有收到，后来被移入回收站",
        "更正过的文字，记录已在回收站",
    ]
    assert not {first, second} & {one["id"] for one in reader.visits()}
    assert [sha256(reader.photo(sha256(photo))) for photo in photos] == [sha256(photo) for photo in photos]
    assert ask(server.folder, "SELECT count(*) FROM visit WHERE deleted_at IS NOT NULL") == [(2,)]


def test_row_43_a_correction_not_sent_survives_what_the_server_brings(
    phone: Any, line: Any, server: Any, program: Any
) -> None:
    mine, photo, text = settled(phone("xiaolin")), picture(430), "手机上改过、还没有发出的文字"
    record = mine.record("服务器上的原文")["record"]
    mine.arrive("服务器上的原文")
    edit(mine, record)
    mine.page.locator("textarea[name=text]").fill(text)
    mine.add_photo(photo)
    mine.wait(lambda: any(one["state"] == "draft" and one["photos"] for one in mine.entries()))
    for path in ("/visits/", f"/visits/{record}", "/outbox/", "/"):
        mine.page.goto(path)
        mine.page.reload()
    edit(mine, record)
    expect(mine.page.locator("textarea[name=text]")).to_have_value(text)
    expect(mine.page.locator("photo-picker .photo[data-sha256]")).to_have_count(1)

    desk = Desk(server.address, "xiaolin")  # the same person, at a desk, is faster
    desk.submit(f"/visits/{record}/edit", f"/visits/{record}/edit", text="在电脑上也改了")
    for path in (f"/visits/{record}", f"/visits/{record}/edit", "/visits/", "/outbox/"):
        mine.page.goto(path)
        mine.page.wait_for_timeout(500)
    assert mine.entry(text)["fields"] and mine.entry(text)["state"] == "draft"
    assert [one["sha256"] for one in mine.entry(text)["photos"]] == [sha256(photo)]
    mine.page.locator("[data-entry]", has_text=text).get_by_role("link", name="打开修改").click()
    expect(mine.page.locator("form[data-ready]")).to_be_attached()
    expect(mine.page.locator("textarea[name=text]")).to_have_value(text)
    mine.save()
    mine.arrive(text, "blocked")
    assert mine.entry(text)["trouble"]["code"] == "conflict"
    assert text in set_aside(server)
    assert [one["text"] for one in program("xiaolin").visits()] == ["在电脑上也改了"]


def test_row_44_two_phones_correct_one_record(phone: Any, line: Any, server: Any, program: Any) -> None:
    one, other = settled(phone("xiaolin")), settled(phone("xiaolin"))
    photos = [picture(440), picture(441), picture(442)]
    record = one.record("两部手机都要改的走访", photos[:1])["record"]
    one.arrive("两部手机都要改的走访")
    for mine in (one, other):
        edit(mine, record)
    line.is_down = True
    for mine, text, photo in ((one, "甲手机改的文字", photos[1]), (other, "乙手机改的文字", photos[2])):
        mine.page.locator("textarea[name=text]").fill(text)
        mine.add_photo(photo)
        mine.context.set_offline(True)  # or whoever tries again first would be the first
        mine.save()
        assert mine.entry(text)["state"] == "ready"
    line.good()
    one.context.set_offline(False)
    one.send()
    one.arrive("甲手机改的文字")
    other.context.set_offline(False)
    other.send()
    other.arrive("乙手机改的文字", "blocked")
    assert other.entry("乙手机改的文字")["trouble"]["code"] == "conflict"
    reader = program("xiaolin")
    assert [visit["text"] for visit in reader.visits()] == ["甲手机改的文字"]
    assert set_aside(server) == ["乙手机改的文字"]
    assert sha256(reader.photo(sha256(photos[2]))) == sha256(photos[2])  # whoever chooses can look at it

    row = other.page.locator("[data-entry]", has_text="乙手机改的文字")
    row.get_by_role("link", name="去选定").click()
    other.page.wait_for_url("**/conflicts/**")
    expect(other.page.locator("#conflict input[name=photos]:checked")).to_have_count(3)
    other.page.locator("#conflict label.chip:has(input[name=text][value=both])").click()
    other.page.get_by_role("button", name="按选定的保存").click()
    other.page.wait_for_url(f"**/visits/{record}")
    whole = reader.get(f"/visits/{record}").json()
    assert "甲手机改的文字" in whole["text"]
    assert "乙手机改的文字" in whole["text"]
    shown = {photo["sha256"]: photo["held"] for photo in whole["photos"]}
    assert shown == {sha256(photo): True for photo in photos}
    assert {sha256(reader.photo(sha)) for sha in shown} == set(shown)
    other.page.goto("/outbox/")
    other.arrive("乙手机改的文字")  # what was chosen is done with on the phone, too
    assert len(reader.visits()) == 1


def test_a_correction_keeps_the_photos_still_on_their_way(phone: Any, line: Any, program: Any) -> None:
    """To rows 39 and 43."""
    mine, photos = phone("xiaolin"), [picture(450), picture(451)]
    line.lose_request("PATCH /api/v1/uploads", times=None)
    record = mine.record("照片还在路上", photos[:1])["record"]
    mine.arrive("照片还在路上", "sent")
    edit(mine, record)
    mine.page.locator("textarea[name=text]").fill("照片没到就改了文字")
    mine.add_photo(photos[1])
    mine.save()
    line.good()
    mine.send()
    mine.wait(lambda: [state for state, _ in mine.states()] == ["receipted"] * 2, 60, mine.states)
    reader = program("xiaolin")
    whole = reader.get(f"/visits/{record}").json()
    shown = {photo["sha256"]: photo["held"] for photo in whole["photos"]}
    assert (whole["text"], shown) == ("照片没到就改了文字", {sha256(photo): True for photo in photos})
    assert {sha256(reader.photo(sha) or b"") for sha in shown} == set(shown)


def edit(mine: Any, record: str) -> None:
    """Open a visit for a correction."""
    mine.page.goto(f"/visits/{record}/edit")
    expect(mine.page.locator("form[data-ready]")).to_be_attached()


def set_aside(server: Any) -> list[str]:
    """The texts that lie beside the record, for somebody to choose."""
    return [
        json.loads(body)["text"] for (body,) in ask(server.folder, "SELECT body FROM submission WHERE version IS NULL")
    ]


def kept_apart(mine: Any, text: str, photo: bytes) -> None:
    """It is told that the record is gone, still has all of it, and makes a new record of it."""
    mine.send()
    mine.arrive(text, "blocked")
    assert mine.entry(text)["trouble"]["code"] == "gone"
    assert sha256(photo) in [one["sha256"] for one in mine.read("photos")]
    row = mine.page.locator("[data-entry]", has_text=text)
    expect(row.locator(".stamp")).to_have_text("需处理")
    expect(row.locator("[data-why]")).to_contain_text("已被移入回收站")
    row.get_by_role("button", name="另存为新记录").click()
    mine.arrive(text)


def test_a_correction_of_a_problem_is_kept_and_sent_when_there_is_a_line(phone: Any, line: Any, program: Any) -> None:
    mine, first, second = phone("xiaolin"), picture(460), picture(461)
    record = mine.record("末级渠道淤塞", [first], kind="problem")["record"]
    mine.arrive("末级渠道淤塞")
    mine.page.goto(f"/problems/{record}/edit")
    expect(mine.page.locator("form[data-ready]")).to_be_attached()
    line.lose_request("(PUT|POST|PATCH|HEAD) /api/v1/", times=None)
    mine.page.locator("textarea[name=text]").fill("末级渠道淤塞约600米")
    mine.add_photo(second)
    mine.save()
    mine.wait(lambda: mine.trouble("约600米") == "line")
    line.good()
    mine.send()
    mine.arrive("约600米")
    whole = program("xiaolin").get(f"/problems/{record}").json()
    assert (whole["text"], whole["version"]) == ("末级渠道淤塞约600米", 2)
    assert [photo["sha256"] for photo in whole["photos"]] == [sha256(first), sha256(second)]
    assert whole["urgency"] == "normal"
