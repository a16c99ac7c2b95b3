"""Photos that come with a form: each with its own caption, none lost through another one or through a wrong field."""

import errno
import hashlib
import re
from typing import Any

import pytest
from flask import Flask
from flask_login import login_user

from fieldwork.core import jobs
from fieldwork.errors import StorageFull
from fieldwork.photos import actions, forms, mosaic
from fieldwork.photos import files as stored
from fieldwork.photos.models import Photo
from fieldwork.photos.schemas import Box
from fieldwork.visits.actions import record_visit
from fieldwork.visits.schemas import VisitIn
from tests.photos.sending import drawn, files, ready, sent


def sha(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def received(app: Flask, user: Any, **fields: Any) -> forms.Sent:
    with app.test_request_context(method="POST", data=fields, content_type="multipart/form-data"):
        login_user(user)
        forms.make_room()
        return forms.received()


def test_a_form_without_photos_holds_none(app: Flask, people: Any) -> None:
    came = received(app, people.xiaolin, text="一句话")
    assert (came.shas, came.captions, came.errors) == ([], {}, {})


def test_each_photo_keeps_its_own_caption_also_beside_one_that_is_refused(app: Flask, people: Any) -> None:
    one, other = drawn(1), drawn(2)
    came = received(
        app, people.xiaolin, photos=files(one, b"not a photo", other), captions=["渠口", "坏的", "末端"],
    )  # fmt: skip
    assert came.captions == {sha(one): "渠口", sha(other): "末端"}
    assert came.shas == [sha(one), sha(other)]
    assert came.errors["photos"][0].startswith("这次选的第 2 张（")


def test_held_photos_come_first_and_keep_theirs(app: Flask, people: Any) -> None:
    old, new = drawn(1), drawn(2)
    first = received(app, people.xiaolin, photos=files(old), captions=["渠口"])
    came = received(
        app, people.xiaolin, held=first.shas, held_captions=["渠口，近看"], photos=files(new), captions=["末端"],
    )  # fmt: skip
    assert came.shas == [sha(old), sha(new)]
    assert came.captions == {sha(old): "渠口，近看", sha(new): "末端"}


def test_without_javascript_files_come_without_captions(app: Flask, people: Any) -> None:
    came = received(app, people.xiaolin, held=[sha(drawn(9))], held_captions=["旧的"], photos=files(drawn(1), drawn(2)))
    assert came.captions == {sha(drawn(9)): "旧的", sha(drawn(1)): "", sha(drawn(2)): ""}


def test_the_same_picture_chosen_twice_is_one_with_the_caption_it_was_given(app: Flask, people: Any) -> None:
    came = received(app, people.xiaolin, photos=files(drawn(1), drawn(1)), captions=["渠口", ""])
    assert (came.shas, came.captions) == ([sha(drawn(1))], {sha(drawn(1)): "渠口"})


def test_an_input_left_empty_is_no_photo(app: Flask, people: Any) -> None:
    came = received(app, people.xiaolin, photos=[*files(b"", name=""), *files(drawn(1))], captions=["渠口"])
    assert came.captions == {sha(drawn(1)): "渠口"}
    assert came.errors == {}


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "照片（一）.jpg", "照片\u0301.jpg", "📷.heic", "a\x00b.jpg", "x" * 300, "CON"]
)
def test_a_file_may_be_called_anything(app: Flask, people: Any, name: str) -> None:
    came = received(app, people.xiaolin, photos=files(drawn(1), name=name))
    assert (came.shas, came.errors) == ([sha(drawn(1))], {})


def test_the_thirty_first_photo_is_told_in_words_and_the_others_are_held(app: Flask, people: Any) -> None:
    came = received(app, people.xiaolin, photos=files(*map(drawn, range(33))))
    assert len(came.shas) == 30
    assert came.errors["photos"] == ["一条记录最多 30 张照片，这次从第 31 张起没有收下"]
    assert Photo.select().count() == 30


def test_photos_held_before_count_among_the_thirty_and_those_taken_off_do_not(app: Flask, people: Any) -> None:
    held = received(app, people.xiaolin, photos=files(*map(drawn, range(29)))).shas
    full = received(app, people.xiaolin, held=held, photos=files(drawn(50), drawn(51)))
    assert (len(full.shas), "photos" in full.errors) == (30, True)
    freed = received(app, people.xiaolin, held=held, gone=held[:1], photos=files(drawn(60), drawn(61)))
    assert (len(set(freed.shas) - freed.gone), freed.errors) == (30, {})


def test_a_photo_taken_off_is_not_sent_on_but_shown_until_the_form_is_kept(app: Flask, people: Any) -> None:
    held = received(app, people.xiaolin, photos=files(drawn(1), drawn(2))).shas
    with app.test_request_context(method="POST", data={"held": held, "held_captions": ["甲", "乙"], "gone": held[:1]}):
        login_user(people.xiaolin)
        came = forms.received()
        assert came.form.getlist("held") == held[1:]
        assert came.form.getlist("held_captions") == ["乙"]
        assert [(item["caption"], item["gone"]) for item in came.shown] == [("甲", True), ("乙", False)]


@pytest.mark.parametrize(
    ("caption", "words"),
    [
        ("密级：秘密★3年", "第 1 张的说明：文字中有密级标志"),
        ("身份证11010519491231002X", "第 1 张的说明：文字中有身份证号"),
        ("联系13812345678", "第 1 张的说明：文字中有手机号"),
        ("字" * 201, "第 1 张的说明：最多 200 个字，现在有 201 个字"),
    ],
)
def test_a_caption_is_held_to_the_rules_of_every_text(app: Flask, people: Any, caption: str, words: str) -> None:
    came = received(app, people.xiaolin, photos=files(drawn(1)), captions=[caption])
    assert came.errors["photos"][0].startswith(words)
    assert came.captions[sha(drawn(1))] == caption
    assert came.shas == [sha(drawn(1))]


def test_a_phone_number_in_a_caption_is_masked_when_the_person_says_so(app: Flask, people: Any) -> None:
    came = received(app, people.xiaolin, photos=files(drawn(1)), captions=["联系13812345678"], mask="1")
    assert (came.captions[sha(drawn(1))], came.errors) == ("联系138****5678", {})


def test_captions_come_in_one_clean_line(app: Flask, people: Any) -> None:
    came = received(app, people.xiaolin, photos=files(drawn(1)), captions=["𠮷村\x00\r\n 渠口 "])
    assert came.captions[sha(drawn(1))] == "𠮷村 渠口"


@pytest.mark.parametrize("rubbish", ["", "../../etc/passwd", "f" * 63, "G" * 64, "0" * 64 + "\n"])
def test_what_is_no_hash_is_held_by_nobody(app: Flask, people: Any, rubbish: str) -> None:
    came = received(
        app, people.xiaolin, held=[rubbish], held_captions=["别处"], photos=files(drawn(1)), captions=["渠口"]
    )
    assert came.shas == [sha(drawn(1))]
    assert came.captions == {sha(drawn(1)): "渠口"}


def test_a_form_that_takes_photos_may_be_large_and_others_may_not(app: Flask, people: Any, log_in: Any) -> None:
    client, large = log_in(people.xiaolin), drawn(1) + bytes(1_200_000)
    taken = {"unit": str(people.units.stones.uid), "text": "渠道淤塞", "photos": files(large)}
    assert client.post("/visits/new", data=taken, content_type="multipart/form-data").status_code != 413
    refused = client.post("/feedback/", data={"photos": files(large)}, content_type="multipart/form-data")
    assert refused.status_code == 413
    assert "内容太大" in refused.text


def test_text_alone_may_not_fill_the_room_made_for_photos(people: Any, log_in: Any) -> None:
    sent = {"unit": str(people.units.stones.uid), "text": "字" * 2_000_000}
    answer = log_in(people.xiaolin).post("/visits/new", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 413
    assert "文字不超过 1 MB" in answer.text


def test_the_tray_of_a_record_holds_what_it_shows(app: Flask, people: Any, log_in: Any) -> None:
    client = log_in(people.xiaolin)
    form = {"unit": str(people.units.stones.uid), "text": "渠道淤塞", "photos": files(drawn(1)), "captions": ["渠口"]}
    shown = client.post("/visits/new", data=form, content_type="multipart/form-data").headers["Location"]
    page = client.get(f"{shown}/edit").text
    assert re.findall(r'name="held" value="([0-9a-f]{64})"', page) == [sha(drawn(1))]
    assert 'value="渠口"' in page


def test_a_form_that_comes_back_says_which_photos_are_still_being_made(app: Flask, people: Any, log_in: Any) -> None:
    client, body = log_in(people.xiaolin), drawn(1)
    text = client.post("/visits/new", data={"text": "", "photos": files(body)}, content_type="multipart/form-data").text
    assert "处理中" in text
    assert f"/photos/{sha(body)}" not in text
    jobs.work_off()
    text = client.post("/visits/new", data={"text": "", "held": sha(body)}).text
    assert "处理中" not in text
    assert f"/photos/{sha(body)}?size=320" in text
    stranger = log_in(people.stranger).post("/visits/new", data={"held": sha(body)}).text
    assert "处理中" not in stranger


def test_the_tray_shows_photos_as_they_are_covered_now(app: Flask, people: Any, log_in: Any) -> None:
    """At an address of its own: that of the uncovered picture was good for a year."""
    [photo] = ready(people.xiaolin, drawn(1))
    visit = record_visit(people.xiaolin, VisitIn(unit=people.units.stones.uid, text="渠道", held=[photo.sha256]))
    covered = mosaic.cover(people.xiaolin, photo, "", [Box(x=0, y=0, width=1, height=1)])
    jobs.work_off()
    client, address = log_in(people.xiaolin), f"{photo.sha256}?size=320&amp;v={covered.mosaic_key}"
    assert address in client.get(f"/visits/{visit.uid}/edit").text
    held = {"held": photo.sha256, "text": "", "version": visit.version}
    assert address in client.post(f"/visits/{visit.uid}/edit", data=held).text
    stranger = log_in(people.stranger).post("/visits/new", data={"held": photo.sha256}).text
    assert covered.mosaic_key not in stranger


@pytest.mark.parametrize(
    ("agent", "several"),
    [
        ("Mozilla/5.0 (Linux; Android 12) Chrome/110 Mobile", True),
        ("Mozilla/5.0 (Linux; Android 12; wv) MicroMessenger/8.0.38", False),
    ],
)
def test_an_album_gives_several_photos_except_inside_other_apps(
    app: Flask, people: Any, log_in: Any, agent: str, several: bool
) -> None:
    """In WeChat for Android an input that takes several files opened no album (several versions)."""
    text = log_in(people.xiaolin).get("/visits/new", headers={"User-Agent": agent}).text
    assert ('accept="image/*" multiple' in text) == several
    assert 'capture="environment"' in text


def test_a_photo_whose_files_went_missing_is_kept_again_when_it_comes_again(app: Flask, people: Any) -> None:
    received(app, people.xiaolin, photos=files(drawn(1)))
    jobs.work_off()
    key = stored.derived_key(sha(drawn(1)), 320)
    stored.store().delete(key)
    received(app, people.xiaolin, photos=files(drawn(1)))
    jobs.work_off()
    assert stored.store().exists(key)
    assert Photo.select().count() == 1


def test_a_full_disk_is_told_as_such(app: Flask, people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    [file] = sent(drawn(1))
    monkeypatch.setattr(file, "save", full)
    with pytest.raises(StorageFull):
        actions.receive(people.xiaolin, [file])
    assert Photo.select().count() == 0
