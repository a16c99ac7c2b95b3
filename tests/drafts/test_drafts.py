"""Drafts that go to the server early: for their author alone, opened again where they were left, gone once recorded."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from fieldwork import clock, ids
from fieldwork.records import drafts
from fieldwork.records.models import Draft
from tests.api.calling import Phone, body_of
from tests.records.form import standing_in
from tests.trash.making import KINDS, made, thrown

WORDS = "渠口淤塞，群众反映多次"
ROOMS = {"visit": "visits", "problem": "problems", "case": "cases"}


def keep(client: Any, uid: Any, kind: str = "visit", fields: Any = None) -> Any:
    """What the page on the phone does while somebody types."""
    return client.put(
        f"/drafts/{uid}", json={"kind": kind, "fields": fields if fields is not None else {"text": WORDS}}
    )


def form_at(client: Any, kind: str, uid: Any) -> dict[str, list[str]]:
    return standing_in(client.get(f"/{ROOMS[kind]}/new?draft={uid}").text)


@pytest.fixture
def uid() -> UUID:
    return ids.uuid7()


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_is_found_again_with_all_that_was_typed(kind: str, uid: UUID, people: Any, log_in: Any) -> None:
    client, unit = log_in(people.xiaolin), str(people.units.stones.uid)
    fields = [["text", f"{WORDS}\n第二行"], ["title", "看水渠"], ["unit", unit], ["programmes", "pairs"]]
    fields += [["programmes", "resident"], ["place_note", "三组"], ["gone_field", "旧表单里的"]]
    assert keep(client, uid, kind, fields).status_code == 204
    form = form_at(client, kind, uid)
    assert form["id"] == [str(uid)]
    assert form["text"] == [f"{WORDS}\n第二行"]
    assert form["title"] == ["看水渠"]
    assert form["programmes"] == ["pairs", "resident"]
    assert "青石坳村" in client.get(f"/{ROOMS[kind]}/new?draft={uid}").text


def test_fields_may_come_by_name_too(uid: UUID, people: Any, log_in: Any) -> None:
    client = log_in(people.xiaolin)
    keep(client, uid, fields={"text": WORDS, "programmes": ["pairs", "resident"]})
    assert form_at(client, "visit", uid)["programmes"] == ["pairs", "resident"]


def test_the_last_writing_stands(uid: UUID, people: Any, log_in: Any) -> None:
    client = log_in(people.xiaolin)
    for words in ("第一遍", "第二遍"):
        assert keep(client, uid, fields={"text": words}).status_code == 204
    assert form_at(client, "visit", uid)["text"] == ["第二遍"]
    assert Draft.select().count() == 1


def test_the_home_page_lists_what_was_not_sent(uid: UUID, people: Any, log_in: Any) -> None:
    client = log_in(people.xiaolin)
    assert "没有发出的草稿" not in client.get("/").text
    keep(client, uid, "problem")
    with clock.at(clock.now() - timedelta(hours=1)):
        keep(client, ids.uuid7(), fields={"text": ""})
    for page in (client.get("/").text, client.get("/drafts/").text):
        assert WORDS in page
        assert f'href="/problems/new?draft={uid}"' in page
        assert page.index(WORDS) < page.index("还没有写字")


# --- whose it is


def test_nobody_else_sees_changes_or_drops_it(uid: UUID, people: Any, log_in: Any) -> None:
    keep(log_in(people.xiaolin), uid)
    for other in (people.laoma, people.office, people.leader):
        client = log_in(other)
        assert WORDS not in client.get("/").text + client.get("/drafts/").text
        assert client.get(f"/visits/new?draft={uid}").status_code == 404
        assert keep(client, uid, fields={"text": "改掉"}).status_code == 404
        assert client.delete(f"/drafts/{uid}").status_code == 404
        assert client.post(f"/drafts/{uid}/removal").status_code == 404
    assert form_at(log_in(people.xiaolin), "visit", uid)["text"] == [WORDS]


def test_a_draft_opens_in_no_other_form(uid: UUID, people: Any, log_in: Any) -> None:
    client = log_in(people.xiaolin)
    keep(client, uid, "problem")
    assert client.get(f"/visits/new?draft={uid}").status_code == 404
    assert client.get(f"/cases/new?draft={uid}").status_code == 404
    assert client.get(f"/problems/new?draft={uid}").status_code == 200


@pytest.mark.parametrize("asked", ["", "x", "01900000-0000-7000-8000-000000000000"])
def test_a_draft_that_is_none_is_not_found(asked: str, people: Any, log_in: Any) -> None:
    assert log_in(people.xiaolin).get(f"/visits/new?draft={asked}").status_code == 404


def test_the_id_of_a_record_of_somebody_else_is_no_draft(people: Any, log_in: Any) -> None:
    record = made("visit", people.laoma, people.units.stones)
    assert keep(log_in(people.xiaolin), record.uid).status_code == 404
    assert not Draft.select().exists()


# --- gone once recorded


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_gone_once_the_form_was_sent(kind: str, uid: UUID, people: Any, log_in: Any) -> None:
    client = log_in(people.xiaolin)
    keep(client, uid, kind, {"text": WORDS, "unit": str(people.units.stones.uid)})
    keep(client, ids.uuid7(), kind, {"text": "另一份"})
    assert client.post(f"/{ROOMS[kind]}/new", data=form_at(client, kind, uid)).status_code == 303
    assert [row.fields for row in Draft.select()] == [[["text", "另一份"]]]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_gone_once_the_phone_has_sent_it(kind: str, uid: UUID, app: Any, people: Any, log_in: Any) -> None:
    keep(log_in(people.xiaolin), uid, kind)
    assert Phone(app, people.xiaolin).put(body_of(kind, people.units.stones, id=str(uid))).status_code == 201
    assert not Draft.select().exists()


@pytest.mark.parametrize("bring", [made, thrown])
def test_what_is_recorded_already_becomes_no_draft_again(bring: Any, people: Any, log_in: Any) -> None:
    record = bring("visit", people.xiaolin, people.units.stones)
    assert keep(log_in(people.xiaolin), record.uid).status_code == 409
    assert not Draft.select().exists()


def test_its_author_drops_it(uid: UUID, people: Any, log_in: Any) -> None:
    client = log_in(people.xiaolin)
    keep(client, uid)
    assert client.delete(f"/drafts/{uid}").status_code == 204
    assert client.delete(f"/drafts/{uid}").status_code == 404
    keep(client, uid)
    assert client.post(f"/drafts/{uid}/removal").location == "/drafts/"
    assert WORDS not in client.get("/drafts/").text


# --- what is not kept


@pytest.mark.parametrize(("text", "said"), [("此件为机密★3年", "密级标志"), ("身份证11010519491231002X", "身份证号")])
def test_text_that_must_not_leave_the_phone_is_not_kept(
    text: str, said: str, uid: UUID, people: Any, log_in: Any
) -> None:
    client = log_in(people.xiaolin)
    keep(client, uid)
    answer = keep(client, uid, fields=[["text", WORDS], ["advice", text]])
    assert answer.status_code == 422
    assert said in answer.json["errors"][0]["message"]
    assert form_at(client, "visit", uid)["text"] == [WORDS]
    assert text not in str(list(Draft.select().dicts()))


def test_a_telephone_number_is_no_reason_to_lose_a_draft(uid: UUID, people: Any, log_in: Any) -> None:
    assert keep(log_in(people.xiaolin), uid, fields={"text": "电话 13800138000"}).status_code == 204


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "briefing", "fields": {}}, 422),
        ({"kind": "visit"}, 422),
        ({"kind": "visit", "fields": "text"}, 422),
        ({"kind": "visit", "fields": [["text"]]}, 422),
        ({"kind": "visit", "fields": [["TEXT<script>", "x"]]}, 422),
        ({"kind": "visit", "fields": [["text", {"a": 1}]]}, 422),
        ({"kind": "visit", "fields": [["text", "x"]] * 501}, 422),
        ({"kind": "visit", "fields": {"text": "长" * 20_001}}, 422),
        ([], 400),
        ({"kind": "visit", "fields": {f"f{n}": "字" * 10_000 for n in range(10)}}, 413),
    ],
)
def test_what_is_no_draft_is_refused(body: Any, status: int, uid: UUID, people: Any, log_in: Any) -> None:
    assert log_in(people.xiaolin).put(f"/drafts/{uid}", json=body).status_code == status
    assert not Draft.select().exists()


def test_what_is_no_json_is_refused(uid: UUID, people: Any, log_in: Any) -> None:
    client = log_in(people.xiaolin)
    assert client.put(f"/drafts/{uid}", data="{", content_type="application/json").status_code == 400
    assert client.put(f"/drafts/{uid}", data={"kind": "visit"}).status_code == 415


def test_nul_and_emoji_do_no_harm(uid: UUID, people: Any, log_in: Any) -> None:
    client = log_in(people.xiaolin)
    assert keep(client, uid, fields={"text": "渠\x00口😀𠮷"}).status_code == 204
    assert form_at(client, "visit", uid)["text"] == ["渠口😀𠮷"]


def test_another_site_cannot_write_drafts(uid: UUID, people: Any, log_in: Any) -> None:
    client = log_in(people.xiaolin)
    body = {"kind": "visit", "fields": {"text": WORDS}}
    assert client.put(f"/drafts/{uid}", json=body, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_beyond_the_limit_no_other_is_begun_and_none_is_lost(uid: UUID, people: Any, log_in: Any) -> None:
    client = log_in(people.xiaolin)
    kept = [ids.uuid7() for _ in range(drafts.KEPT_MAX)]
    Draft.insert_many(
        [{"uid": one, "kind": "visit", "author": people.xiaolin, "fields": [["text", WORDS]]} for one in kept]
    ).execute()
    assert keep(client, uid).status_code == 409
    assert keep(client, kept[0], fields={"text": "接着写"}).status_code == 204
    assert keep(log_in(people.laoma), ids.uuid7()).status_code == 204
    client.delete(f"/drafts/{kept[1]}")
    assert keep(client, uid).status_code == 204
    assert Draft.select().where(Draft.author == people.xiaolin).count() == drafts.KEPT_MAX


def test_brackets_without_end_are_no_draft(people: Any, log_in: Any) -> None:
    sent = {"data": b"[" * 90_000, "content_type": "application/json"}
    assert log_in(people.xiaolin).put(f"/drafts/{ids.uuid7()}", **sent).status_code == 400
