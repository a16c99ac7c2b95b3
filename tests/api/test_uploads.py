"""Uploads by tus 1.0: begun, continued where they stand, whole or not at all, each for its owner alone."""

import base64
import errno
import hashlib
import os
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from fieldwork import clock
from fieldwork.core import jobs
from fieldwork.photos import expecting, files, uploads
from fieldwork.photos.models import Photo, PhotoUpload, Upload
from tests.api.calling import Phone, body_of, photo
from tests.photos.sending import drawn

TUS = {"Tus-Resumable": "1.0.0"}
CHUNK = {**TUS, "Content-Type": "application/offset+octet-stream"}


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def said(**values: str) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in values.items())


@pytest.fixture
def phone(app: Flask, people: Any) -> Phone:
    return Phone(app, people.xiaolin, "send")


@pytest.fixture
def picture() -> bytes:
    return drawn(7)


def begin(phone: Phone, content: bytes, **more: Any) -> Any:
    headers = {
        **TUS,
        "Upload-Length": str(len(content)),
        "Upload-Metadata": said(sha256=sha(content), filename="照片.jpg"),
    }
    return phone.call("POST", "/uploads", headers={**headers, **more})


def path_of(answer: Any) -> str:
    return str(answer.headers["Location"]).partition("/api/v1")[2]


def send(phone: Phone, path: str, offset: int, chunk: bytes, **more: str) -> Any:
    return phone.call("PATCH", path, data=chunk, headers={**CHUNK, "Upload-Offset": str(offset), **more})


def test_a_photo_comes_in_pieces_and_is_held(phone: Phone, picture: bytes, people: Any) -> None:
    made = begin(phone, picture)
    assert (made.status_code, made.headers["Upload-Offset"], made.headers["Tus-Resumable"]) == (201, "0", "1.0.0")
    path, half = path_of(made), len(picture) // 2
    assert send(phone, path, 0, picture[:half]).headers["Upload-Offset"] == str(half)
    known = phone.call("HEAD", path, headers=TUS)
    assert (known.headers["Upload-Offset"], known.headers["Upload-Length"]) == (str(half), str(len(picture)))
    assert known.headers["Cache-Control"] == "no-store"
    last = send(phone, path, half, picture[half:])
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(picture)))
    held = Photo.get(Photo.sha256 == sha(picture))
    assert PhotoUpload.get(photo=held).user == people.xiaolin
    assert sha(files.store().read(files.original_key(held.sha256))) == held.sha256
    jobs.work_off()
    assert files.are_held(Photo.get_by_id(held.id))
    again = phone.call("HEAD", path, headers=TUS)
    assert again.headers["Upload-Offset"] == str(len(picture))


def test_asking_where_it_stands_keeps_it_for_seven_days_more(phone: Phone, picture: bytes) -> None:
    path, begun = path_of(begin(phone, picture)), clock.now()
    for day in (6, 12, 18):
        with clock.at(begun + timedelta(days=day)):
            told = phone.call("HEAD", path, headers=TUS)
            until = parsedate_to_datetime(told.headers["Upload-Expires"])
            assert until > clock.now() + timedelta(days=6, hours=23)
    with clock.at(begun + timedelta(days=24)):
        assert send(phone, path, 0, picture).status_code == 204


def test_asking_does_not_bring_back_what_has_expired(phone: Phone, picture: bytes) -> None:
    path = path_of(begin(phone, picture))
    with clock.at(clock.now() + timedelta(days=8)):
        assert phone.call("HEAD", path, headers=TUS).status_code == 410


def test_a_photo_may_come_whole_with_its_announcement(phone: Phone, picture: bytes) -> None:
    made = phone.call(
        "POST", "/uploads", data=picture,
        headers={**CHUNK, "Upload-Length": str(len(picture)), "Upload-Metadata": said(sha256=sha(picture))},
    )  # fmt: skip
    assert (made.status_code, made.headers["Upload-Offset"]) == (201, str(len(picture)))
    assert Photo.select().where(Photo.sha256 == sha(picture)).exists()


def test_it_is_linked_to_the_record_that_lists_it(phone: Phone, picture: bytes, people: Any) -> None:
    body = body_of("visit", people.units.stones, photos=[photo(sha(picture), "渠口")])
    assert phone.put(body).json["photos_missing"] == [sha(picture)]
    send(phone, path_of(begin(phone, picture)), 0, picture)
    assert phone.put(body).json["photos_held"] == [sha(picture)]
    assert expecting.ExpectedPhoto.select().count() == 0


def test_a_chunk_at_another_place_is_refused_and_costs_nothing(phone: Phone, picture: bytes) -> None:
    path = path_of(begin(phone, picture))
    send(phone, path, 0, picture[:100])
    assert send(phone, path, 50, picture[50:]).status_code == 409
    assert send(phone, path, 0, picture).status_code == 409
    assert send(phone, path, 100, picture[100:]).status_code == 204


def test_what_a_crash_left_behind_the_offset_is_written_over(phone: Phone, picture: bytes) -> None:
    path = path_of(begin(phone, picture))
    send(phone, path, 0, picture[:100])
    with uploads._part(Upload.get()).open("ab") as part:
        part.write(b"half a chunk that nobody counted")
    assert send(phone, path, 100, picture[100:]).status_code == 204


def test_other_bytes_than_announced_begin_anew(phone: Phone, picture: bytes) -> None:
    path = path_of(begin(phone, picture))
    other = picture[:-1] + bytes([picture[-1] ^ 1])
    refused = send(phone, path, 0, other)
    assert refused.status_code == 460
    assert "不一致" in refused.json["detail"]
    assert phone.call("HEAD", path, headers=TUS).headers["Upload-Offset"] == "0"
    assert send(phone, path, 0, picture).status_code == 204


@pytest.mark.parametrize("name", ["sha1", "sha256"])
def test_a_chunk_that_changed_on_the_way_is_told_by_its_checksum(phone: Phone, picture: bytes, name: str) -> None:
    path = path_of(begin(phone, picture))
    good = base64.b64encode(hashlib.new(name, picture).digest()).decode()
    assert send(phone, path, 0, picture[::-1], **{"Upload-Checksum": f"{name} {good}"}).status_code == 460
    assert send(phone, path, 0, picture, **{"Upload-Checksum": "md5 x"}).status_code == 400
    assert send(phone, path, 0, picture, **{"Upload-Checksum": f"{name} {good}"}).status_code == 204


def test_what_is_no_picture_is_refused_in_words_every_time(phone: Phone) -> None:
    text = b"%PDF-1.7 not a picture at all" * 20
    for _ in range(2):
        refused = send(phone, path_of(begin(phone, text)), 0, text)
        assert (refused.status_code, refused.mimetype) == (422, "application/problem+json")
        assert "照片" in refused.json["detail"]
    assert Upload.select().count() == 0
    assert Photo.select().count() == 0


def test_nobody_else_finds_an_upload(app: Flask, phone: Phone, picture: bytes, people: Any) -> None:
    path, other = path_of(begin(phone, picture)), Phone(app, people.laoma)
    assert other.call("HEAD", path, headers=TUS).status_code == 404
    assert send(other, path, 0, picture).status_code == 404
    assert other.call("DELETE", path, headers=TUS).status_code == 404


def test_a_cancelled_upload_is_gone(phone: Phone, picture: bytes) -> None:
    path = path_of(begin(phone, picture))
    assert phone.call("DELETE", path, headers=TUS).status_code == 204
    assert phone.call("HEAD", path, headers=TUS).status_code == 404
    assert not (uploads._folders[0] / path.rpartition("/")[2]).exists()


def test_seven_days_of_silence_end_an_upload_and_each_touch_begins_them_anew(
    phone: Phone, picture: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, then = path_of(begin(phone, picture)), clock.now()
    monkeypatch.setattr(clock, "now", lambda: then + timedelta(days=6))
    assert send(phone, path, 0, picture[:10]).status_code == 204
    monkeypatch.setattr(clock, "now", lambda: then + timedelta(days=12))
    assert phone.call("HEAD", path, headers=TUS).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: then + timedelta(days=20))
    assert phone.call("HEAD", path, headers=TUS).status_code == 410
    begin(phone, drawn(8))
    assert Upload.select().count() == 1
    assert not (uploads._folders[0] / path.rpartition("/")[2]).exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Length": "25000001"}, 413),
        ({"Upload-Length": "0"}, 400),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "１２"}, 400),
        ({"Upload-Length": "9" * 30}, 400),
        ({"Upload-Length": "½"}, 400),
        ({"Upload-Metadata": "sha256 !!!"}, 400),
        ({"Upload-Metadata": "sha256 照片"}, 400),
        ({"Upload-Metadata": "filename /w=="}, 400),
        ({"Upload-Metadata": said(sha256="zz")}, 400),
        ({"Upload-Metadata": said(record="no-uuid")}, 400),
    ],
)
def test_what_makes_no_sense_is_told_in_words(
    phone: Phone, picture: bytes, headers: dict[str, str], status: int
) -> None:
    refused = begin(phone, picture, **{name: value.encode().decode("latin-1") for name, value in headers.items()})
    assert refused.status_code == status
    assert refused.json["detail"]
    assert refused.headers["Tus-Resumable"] == "1.0.0"
    assert Upload.select().count() == 0


def test_a_name_that_no_database_takes_costs_no_photo(phone: Phone, picture: bytes) -> None:
    name = "a\0b" + "照" * 300 + "🌾.jpg"
    made = begin(phone, picture, **{"Upload-Metadata": said(filename=name, sha256=sha(picture).upper())})
    assert made.status_code == 201
    assert len(Upload.get().filename) == 255
    assert send(phone, path_of(made), 0, picture).status_code == 204


@pytest.mark.parametrize(
    ("chunk", "headers", "status"),
    [
        (b"x" * 4_194_305, {}, 413),
        (b"x", {"Upload-Checksum": "sha1 AAAA"}, 460),
        (b"", {}, 400),
    ],
)
def test_a_first_chunk_that_is_refused_leaves_no_upload_that_nobody_knows(
    phone: Phone, chunk: bytes, headers: dict[str, str], status: int
) -> None:
    announced = {**CHUNK, "Upload-Length": "5000000", **headers}
    assert phone.call("POST", "/uploads", data=chunk, headers=announced).status_code == status
    assert Upload.select().count() == 0


def test_whoever_asks_with_an_empty_chunk_whether_all_has_come_is_told_so(phone: Phone, picture: bytes) -> None:
    path = path_of(begin(phone, picture))
    send(phone, path, 0, picture)
    assert send(phone, path, 0, picture).status_code == 409  # the reply was lost, it comes again
    assert phone.call("HEAD", path, headers=TUS).headers["Upload-Offset"] == str(len(picture))
    asked = send(phone, path, len(picture), b"")
    assert (asked.status_code, asked.headers["Upload-Offset"]) == (204, str(len(picture)))


def test_another_version_is_told_which_one_is_spoken_and_no_refusal_is_kept(phone: Phone, picture: bytes) -> None:
    path = path_of(begin(phone, picture))
    calls = [("POST", "/uploads"), ("HEAD", path), ("PATCH", path), ("DELETE", path)]
    for method, where in calls:
        refused = phone.call(method, where, headers={"Tus-Resumable": "0.2.2"})
        assert (refused.status_code, refused.headers["Tus-Version"]) == (412, "1.0.0")
        assert refused.headers["Cache-Control"] == "no-store"
    missing = phone.call("HEAD", "/uploads/01900000-0000-7000-8000-000000000000", headers=TUS)
    assert (missing.status_code, missing.headers["Cache-Control"]) == (404, "no-store")
    assert "Upload-Offset" not in missing.headers


def test_a_full_disk_is_told_in_words_and_the_phone_goes_on_later(
    phone: Phone, picture: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = path_of(begin(phone, picture))
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        refused = send(phone, path, 0, picture)
    assert refused.status_code == 507
    assert "存储空间已满" in refused.json["detail"]
    assert phone.call("HEAD", path, headers=TUS).headers["Upload-Offset"] == "0"
    assert send(phone, path, 0, picture).status_code == 204


def test_a_failing_disk_is_not_told_as_a_broken_picture(
    phone: Phone, picture: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: Any, **__: Any) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    path = path_of(begin(phone, picture))
    with monkeypatch.context() as patched:
        patched.setattr(Image, "open", failing)
        assert send(phone, path, 0, picture).status_code == 503
    assert phone.call("HEAD", path, headers=TUS).headers["Upload-Offset"] == "0"
    assert send(phone, path, 0, picture).status_code == 204


def test_chunks_have_a_size_and_a_kind(phone: Phone, picture: bytes) -> None:
    path = path_of(begin(phone, picture))
    assert send(phone, path, 0, b"x" * 4_194_305).status_code == 413
    assert send(phone, path, 0, b"").status_code == 400
    assert send(phone, path, 0, picture, **{"Content-Type": "text/plain"}).status_code == 415
    assert send(phone, path, 0, picture + b"more").status_code == 413
    assert send(phone, path, 0, picture).status_code == 204


def test_anybody_may_ask_what_is_spoken(app: Flask) -> None:
    told = app.test_client().options("/api/v1/uploads").headers
    assert told["Tus-Version"] == "1.0.0"
    assert {"creation", "creation-with-upload", "checksum", "termination", "expiration"} == set(
        told["Tus-Extension"].split(",")
    )
    assert told["Tus-Max-Size"] == "25000000"
