"""记一笔 when something is wrong: said in Chinese at its field, and all that was typed and sent is still there."""

import hashlib
import re
from typing import Any

import pytest

from fieldwork.ids import uuid7
from fieldwork.people.models import Term
from fieldwork.photos.models import PhotoLink
from fieldwork.visits.models import Visit
from tests.photos.sending import drawn, files
from tests.records.form import post, standing_in
from tests.support.pictures import photo

NEW = "/visits/new"
HELD = hashlib.sha256(drawn(1)).hexdigest()


def filled(people: Any, **more: Any) -> dict[str, Any]:
    """A form with something in every kind of field."""
    return {
        "id": str(uuid7()),
        "captured_at": "2026-11-20T10:12:00+08:00",
        "unit": str(people.units.stones.uid),
        "text": "渠道淤塞约600米，𠮷田村\n第二行",
        "title": "渠道",
        "advice": "先清“淤” & <再报修>",
        "programmes": ["pairs", "resident"],
        "lat": "31.82",
        "lon": "105.62",
        "accuracy_m": "12",
        "more_units": [str(people.units.hospital.uid)],
        "photos": files(drawn(1)),
        "captions": ["渠口"],
        **more,
    }


def fault_at(page: str, field: str) -> str:
    """The message that stands at a field."""
    found = re.search(rf'id="f-{field}-fault[^"]*">.*?<span>(.*?)</span>', page, re.DOTALL)
    return found[1] if found else ""


WRONG = [
    ({"text": "", "title": ""}, "text", "请写一句话"),
    ({"text": " \n\t　", "title": ""}, "text", "请写一句话"),
    ({"text": "\x01\x02", "title": ""}, "text", "请写一句话"),
    ({"text": "字" * 20_001}, "text", "最多 20000 个字，现在有 20001 个字"),
    ({"title": "字" * 201}, "title", "最多 200 个字"),
    ({"text": "密级：机密★10年"}, "text", "密级标志"),
    ({"advice": "身份证11010519491231002X"}, "advice", "身份证号"),
    ({"text": "卡号6222021234567890128"}, "text", "银行卡号"),
    ({"text": "电话13812345678"}, "text", "手机号 138****5678"),
    ({"unit": ""}, "unit", "没有这个选项"),
    ({"unit": "../../etc/passwd"}, "unit", "没有这个选项"),
    ({"unit": "5e0f8f9e-0000-7000-8000-000000000000"}, "unit", "没有这个单位"),
    ({"programmes": ["pairs", "' OR 1=1"]}, "programmes", "没有这个工作载体"),
    ({"on_day": "昨天"}, "on_day", "日期格式不对"),
    ({"at_time": "25:99"}, "at_time", "有误"),
    ({"method": "飞行"}, "method", "没有这个选项"),
    ({"more_units": ["第五个"]}, "more_units", "没有这个选项"),
]


@pytest.mark.parametrize(("change", "field", "words"), WRONG)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    log_in: Any, people: Any, change: dict[str, Any], field: str, words: str
) -> None:
    typed = filled(people, **change)
    answer = post(log_in(people.xiaolin), NEW, typed)
    assert answer.status_code == 422
    assert words in fault_at(answer.text, field)
    standing = standing_in(answer.text)
    for name in {"id", "captured_at", "title", "advice", "lat", "lon"} - {field}:
        assert standing[name] == [typed[name]], name
    assert float(standing["accuracy_m"][0]) == 12
    assert standing["text"][0].replace("\r\n", "\n") == typed["text"]
    assert (standing["held"], standing["held_captions"]) == ([HELD], ["渠口"])
    assert Visit.select().count() == 0


BROKEN = {
    "empty": b"",
    "cut short": photo("landscape_6.jpg").read_bytes()[:5000],
    "text": "这不是照片".encode(),
    "a page": b"<html><script>alert(1)</script>",
    "a program within a photo": photo("landscape_6.jpg").read_bytes() + b"<?php system($_GET['c']); ?>",
    "a document": b"%PDF-1.7\n1 0 obj",
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
def test_a_photo_that_cannot_be_kept_is_told_at_the_photos_and_costs_nothing_else(
    log_in: Any, people: Any, body: bytes
) -> None:
    typed = filled(people, photos=files(drawn(1), body, name="../../照片.jpg"), captions=["渠口", "坏的"])
    client = log_in(people.xiaolin)
    answer = post(client, NEW, typed)
    assert answer.status_code == 422
    assert fault_at(answer.text, "photos").startswith("这次选的第 2 张（")
    standing = standing_in(answer.text)
    assert (standing["held"], standing["held_captions"], standing["advice"]) == ([HELD], ["渠口"], [typed["advice"]])
    again = post(client, NEW, standing)
    assert again.status_code == 303
    assert [(link.photo.sha256, link.caption) for link in PhotoLink.select()] == [(HELD, "渠口")]


def test_photos_of_cameras_are_taken_heic_and_turned_ones_too(log_in: Any, people: Any) -> None:
    names = ("IMG_5195.HEIC", "landscape_6.jpg", "portrait_8.jpg")
    bodies = [photo(name).read_bytes() for name in names]
    client = log_in(people.xiaolin)
    answer = post(client, NEW, filled(people, photos=files(*bodies), captions=list(names)))
    shown = client.get(answer.headers["Location"]).text
    assert [caption in shown for caption in names] == [True] * 3
    assert PhotoLink.select().count() == 3


def test_thirty_one_photos_are_one_too_many(log_in: Any, people: Any) -> None:
    client = log_in(people.xiaolin)
    answer = post(client, NEW, filled(people, photos=files(*map(drawn, range(31))), captions=[]))
    assert "最多 30 张照片" in fault_at(answer.text, "photos")
    standing = standing_in(answer.text)
    assert len(standing["held"]) == 30
    assert post(client, NEW, standing).status_code == 303
    assert PhotoLink.select().count() == 30


def test_a_form_that_comes_back_can_be_sent_as_it_is(log_in: Any, people: Any) -> None:
    client = log_in(people.xiaolin)
    came_back = standing_in(post(client, NEW, filled(people, unit="")).text)
    assert post(client, NEW, came_back | {"unit": str(people.units.stones.uid)}).status_code == 303
    kept = Visit.get()
    assert kept.text == "渠道淤塞约600米，𠮷田村\n第二行"
    assert (kept.lat, kept.lon, kept.accuracy_m) == (31.82, 105.62, 12)
    assert kept.captured_local.strftime("%Y-%m-%d %H:%M") == "2026-11-20 10:12"
    assert kept.programmes == ["pairs", "resident"]
    assert PhotoLink.get().caption == "渠口"


def test_a_place_that_is_none_is_left_out_and_does_not_stop_the_visit(log_in: Any, people: Any) -> None:
    assert post(log_in(people.xiaolin), NEW, filled(people, lat="31.8", lon="")).status_code == 303
    assert Visit.get().lat is None


@pytest.mark.parametrize("button", [{"unit_q": "医院", "find": "1"}, {"unit_q": "yy", "find": "1"}])
def test_looking_for_a_unit_is_no_mistake_and_keeps_the_photos(
    log_in: Any, people: Any, button: dict[str, str]
) -> None:
    answer = post(log_in(people.xiaolin), NEW, filled(people, unit="", text="", **button))
    assert answer.status_code == 200
    assert "需要改" not in answer.text
    assert "东屏区人民医院" in answer.text
    assert standing_in(answer.text)["held"] == [HELD]


def test_a_broken_photo_is_told_even_while_looking_for_a_unit(log_in: Any, people: Any) -> None:
    answer = post(log_in(people.xiaolin), NEW, filled(people, unit="", find="1", photos=files(b"no photo")))
    assert answer.status_code == 422
    assert "没有收下" in fault_at(answer.text, "photos")


def test_further_units_are_looked_for_too_and_ticked_ones_stay(log_in: Any, people: Any) -> None:
    answer = post(log_in(people.xiaolin), NEW, filled(people, more_units_q="工委", find="1"))
    assert str(people.units.north_committee.uid) in answer.text
    assert standing_in(answer.text)["more_units"] == [str(people.units.hospital.uid)]


def test_a_photo_taken_off_before_sending_is_not_attached(log_in: Any, people: Any) -> None:
    client = log_in(people.xiaolin)
    standing = standing_in(post(client, NEW, filled(people, unit="", photos=files(drawn(1), drawn(2)))).text)
    sent = standing | {"unit": str(people.units.stones.uid), "gone": [HELD]}
    assert post(client, NEW, sent).status_code == 303
    assert PhotoLink.get().photo.sha256 == hashlib.sha256(drawn(2)).hexdigest()


def test_a_programme_whose_years_are_over_stays_with_what_has_it(log_in: Any, people: Any) -> None:
    client = log_in(people.xiaolin)
    shown = post(client, NEW, filled(people)).headers["Location"]
    Term.update(last_year=2020).where(Term.code == "pairs").execute()
    assert 'value="pairs"' not in client.get(NEW).text
    assert standing_in(client.get(f"{shown}/edit").text)["programmes"] == ["pairs", "resident"]
    assert "双联" in client.get(shown).text


def test_the_form_without_a_phones_time_takes_the_servers(log_in: Any, people: Any) -> None:
    page = log_in(people.xiaolin).get(NEW).text
    assert re.search(r'name="captured_at" value="" data-captured-at', page)
    assert post(log_in(people.xiaolin), NEW, filled(people, captured_at="")).status_code == 303
    assert abs((Visit.get().captured_at - Visit.get().received_at).total_seconds()) < 5


def test_the_phones_offset_is_kept(log_in: Any, people: Any) -> None:
    post(log_in(people.xiaolin), NEW, filled(people, captured_at="2026-11-20T10:12:00+06:00"))
    assert (Visit.get().captured_offset_min, Visit.get().captured_local.hour) == (360, 10)
