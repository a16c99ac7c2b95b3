"""Rows 25 to 45: what a bad line, a wrong answer or a second phone can do to a record."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.loss.phone import picture
from tests.loss.program import sha256


def test_row_25_the_reply_is_lost_after_the_commit(phone: Any, line: Any, program: Any) -> None:
    mine = phone("xiaolin")
    line.lose_reply("PUT /api/v1/visits", times=2)
    mine.record("回执丢了两次的走访")
    mine.send()
    mine.arrive("回执丢了两次的走访")
    assert [visit["text"] for visit in program("xiaolin").visits()] == ["回执丢了两次的走访"]


def test_row_26_twenty_equal_puts_at_once(program: Any, tried: Any) -> None:
    mine = program("xiaolin")
    body = mine.body("同时到了二十份")
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: mine.put(body), range(20)))
    tried(20)
    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [201]
    assert len({answer.json()["signature"] for answer in answers}) == 1
    assert len(mine.visits()) == 1


def test_row_27_complete_only_with_every_photo(program: Any) -> None:
    mine = program("xiaolin")
    photos = [picture(1), picture(2)]
    body = mine.body("两张照片", photos=photos)
    assert mine.put(body).json()["photos_missing"] == [sha256(photo) for photo in photos]
    mine.upload(photos[0])
    assert mine.put(body).json()["photos_missing"] == [sha256(photos[1])]
    mine.upload(photos[1])
    assert mine.put(body).json()["photos_missing"] == []


def test_row_28_the_same_photo_twice_and_in_two_records(program: Any) -> None:
    mine, shared = program("xiaolin"), picture(3)
    for text in ("第一条", "第二条"):
        body = mine.body(text, photos=[shared, shared])
        mine.put(body)
        assert mine.upload(shared) == 204
        assert mine.put(body).json()["photos_held"] == [sha256(shared)]


def test_row_29_other_bytes_under_a_known_hash(program: Any) -> None:
    mine, known, other = program("xiaolin"), picture(4), picture(5)
    assert mine.upload(known) == 204
    assert mine.upload(other, sha=sha256(known)) == 460
    assert sha256(mine.photo(sha256(known))) == sha256(known)


def test_row_30_names_in_any_script(program: Any, tried: Any) -> None:
    mine = program("xiaolin")
    names = ["照片（一）.jpg", "照片\u0301é.jpg", "e\u0301.jpg", "📷.jpg", "../../x.jpg", "", "a" * 300]
    for seed, name in enumerate(names):
        assert mine.upload(picture(10 + seed), name=name) == 204, name
    tried(len(names))


def test_row_32_a_slow_server_that_did_commit(phone: Any, line: Any, program: Any) -> None:
    mine = phone("xiaolin")
    line.delay("PUT /api/v1/visits", 3)
    line.lose_reply("PUT /api/v1/visits", times=2)
    mine.record("服务器慢了三秒")
    mine.send()
    entry = mine.arrive("服务器慢了三秒")
    assert len(program("xiaolin").visits()) == 1
    assert entry["receipt"]["version"] == 1


def test_row_35_a_captive_portal_says_200(phone: Any, line: Any, program: Any) -> None:
    mine = phone("xiaolin")
    mine.open()
    mine.write("在招待所的网里")
    line.portal("PUT|POST|PATCH|HEAD")
    mine.save()
    mine.wait(lambda: (mine.find("在招待所的网里") or {}).get("attempts", 0) > 0, shown=mine.entries)
    assert mine.entry("在招待所的网里")["state"] == "ready"
    line.good()
    mine.send()
    mine.arrive("在招待所的网里")
    assert len(program("xiaolin").visits()) == 1


def test_row_38_one_bad_record_does_not_block_the_others(phone: Any, line: Any, program: Any) -> None:
    mine = phone("xiaolin")
    line.is_down = False
    mine.open()
    line.answer(
        "PUT /api/v1/visits",
        422,
        b'{"status": 422, "errors": [{"field": "text", "message": "x"}]}',
        "application/problem+json",
    )
    mine.write("有毛病的一条")
    mine.save()
    mine.arrive("有毛病的一条", "blocked")
    mine.record("没毛病的一条")
    mine.arrive("没毛病的一条")
    assert mine.entry("有毛病的一条")["state"] == "blocked"
    assert [visit["text"] for visit in program("xiaolin").visits()] == ["没毛病的一条"]


def test_row_39_text_there_and_photos_not(phone: Any, line: Any) -> None:
    mine = phone("xiaolin")
    line.lose_request("POST /api/v1/uploads", times=None)
    mine.record("文字先到", [picture(20), picture(21)])
    mine.arrive("文字先到", "sent")
    row = mine.page.locator("[data-entry]", has_text="文字先到")
    row.locator(".stamp", has_text="文字已送达 照片 0/2").wait_for()
    line.good()
    mine.send()
    mine.arrive("文字先到")
    row.locator(".stamp", has_text="已收讫").wait_for()


def test_row_40_a_truncated_picture_never_gets_a_receipt(program: Any) -> None:
    mine, whole = program("xiaolin"), picture(22)
    cut = whole[: len(whole) // 2]
    body = mine.body("照片只有半张", photos=[whole, cut])
    mine.put(body)
    assert mine.upload(cut, sha=sha256(whole)) == 460
    assert mine.upload(cut) == 422
    assert mine.put(body).json()["photos_held"] == []
