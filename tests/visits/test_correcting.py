"""A visit after it was first saved: corrected, submitted from a draft, sent twice, changed by two at once."""

import hashlib
from typing import Any

import pytest

from fieldwork.photos.models import PhotoLink
from fieldwork.records.actions import versions_of
from fieldwork.visits import actions
from fieldwork.visits.models import Visit
from fieldwork.visits.schemas import VisitIn
from tests.photos.sending import drawn, files
from tests.records.form import post, standing_in


@pytest.fixture
def client(log_in: Any, people: Any) -> Any:
    return log_in(people.xiaolin)


def fields(people: Any, **more: Any) -> dict[str, Any]:
    return {"unit": str(people.units.stones.uid), "text": "渠道淤塞约600米", **more}


@pytest.fixture
def url(app: Any, people: Any, client: Any) -> str:
    """A visit of xiaolin's with a photo."""
    sent = fields(people, advice="建议清淤", photos=files(drawn(1)), captions=["渠口"])
    return str(post(client, "/visits/new", sent).headers["Location"])


def test_a_correction_begins_from_what_was_recorded(client: Any, people: Any, url: str) -> None:
    standing = standing_in(client.get(f"{url}/edit").text)
    assert standing["unit"] == [str(people.units.stones.uid)]
    assert (standing["text"], standing["advice"]) == (["渠道淤塞约600米"], ["建议清淤"])
    assert (standing["held_captions"], standing["version"]) == (["渠口"], ["1"])
    assert "gone" not in standing


def test_sent_as_it_stands_it_changes_nothing(client: Any, url: str) -> None:
    before = Visit.get()
    assert post(client, f"{url}/edit", standing_in(client.get(f"{url}/edit").text)).status_code == 303
    after = Visit.get()
    for name in (*Visit.versioned_fields, "lat", "lon", "captured_offset_min"):
        if name != "captured_at":
            assert getattr(after, name) == getattr(before, name), name
    assert after.captured_at == before.captured_at
    assert PhotoLink.get().caption == "渠口"


def test_a_photo_is_taken_off_and_given_other_words(client: Any, people: Any, url: str) -> None:
    standing = standing_in(client.get(f"{url}/edit").text)
    more = standing | {"held_captions": ["渠口，近看"], "photos": files(drawn(2)), "captions": ["末端"]}
    assert post(client, f"{url}/edit", more).status_code == 303
    assert [link.caption for link in PhotoLink.select().order_by(PhotoLink.position)] == ["渠口，近看", "末端"]
    standing = standing_in(client.get(f"{url}/edit").text)
    assert post(client, f"{url}/edit", standing | {"gone": standing["held"][:1]}).status_code == 303
    assert PhotoLink.get().caption == "末端"


def test_a_mark_to_take_a_photo_off_survives_a_mistake(client: Any, url: str) -> None:
    standing = standing_in(client.get(f"{url}/edit").text)
    answer = post(client, f"{url}/edit", standing | {"gone": standing["held"], "text": "", "title": ""})
    assert answer.status_code == 422
    assert standing_in(answer.text)["gone"] == standing["held"]
    assert PhotoLink.select().count() == 1


def test_the_versions_are_shown_and_say_what_changed(client: Any, people: Any, url: str) -> None:
    post(client, f"{url}/edit", fields(people, version="1", text="渠道淤塞约650米"))
    page = client.get(f"{url}/versions").text
    assert "渠道淤塞约600米" in page
    assert "渠道淤塞约650米" in page
    assert page.count("有改动") == 2  # the text, and the advice that was taken out
    assert len(versions_of(Visit.get())) == 2


# --- drafts


def test_a_draft_is_written_on_and_submitted(client: Any, people: Any, log_in: Any) -> None:
    url = post(client, "/visits/new", fields(people, draft="1")).headers["Location"]
    page = client.get(url).text
    assert "草稿已存，只有您能看到" in page
    assert log_in(people.city).get(url).status_code == 404
    kept = post(client, f"{url}/edit", fields(people, version="1", draft="1", text="改一改"))
    assert "草稿已存" in client.get(kept.headers["Location"]).text
    assert Visit.get().state == "draft"
    post(client, f"{url}/edit", fields(people, version="2"))
    assert Visit.get().state == "submitted"
    assert log_in(people.city).get(url).status_code == 200


def test_a_draft_is_submitted_by_one_button(client: Any, people: Any) -> None:
    url = post(client, "/visits/new", fields(people, draft="1")).headers["Location"]
    answer = client.post(f"{url}/submission", data={"version": "1"})
    assert "走访已提交" in client.get(answer.headers["Location"]).text
    assert client.post(f"{url}/submission", data={"version": "2"}).status_code == 409


# --- twice, and two at once


def test_a_form_sent_again_with_other_words_becomes_a_correction(client: Any, people: Any, url: str) -> None:
    sent = fields(people, id=url.rpartition("/")[2], text="渠道淤塞约700米", photos=files(drawn(2)), captions=["末端"])
    answer = post(client, "/visits/new", sent)
    assert answer.status_code == 409
    assert "您已发送过" in answer.text
    assert "渠道淤塞约600米" in answer.text
    assert "渠道淤塞约700米" in answer.text
    assert f'action="{url}/edit"' in answer.text
    kept = again(client, answer.text)
    assert kept.headers["Location"] == url
    assert (Visit.get().version, Visit.get().text) == (2, "渠道淤塞约700米")
    assert [link.caption for link in PhotoLink.select().order_by(PhotoLink.position)] == ["渠口", "末端"]


def test_two_corrections_at_once_keep_both_texts_and_the_photos(client: Any, people: Any, url: str) -> None:
    post(client, f"{url}/edit", fields(people, version="1", text="第一次更正"))
    late = fields(people, version="1", text="第二次更正", photos=files(drawn(2)), captions=["末端"])
    answer = post(client, f"{url}/edit", late)
    assert answer.status_code == 409
    assert "第一次更正" in answer.text
    assert "第二次更正" in answer.text
    assert str(people.units.stones.uid) not in answer.text.partition("<form")[0]
    assert again(client, answer.text).status_code == 303
    assert (Visit.get().version, Visit.get().text) == (3, "第二次更正")
    assert PhotoLink.get(PhotoLink.caption == "末端").photo.sha256 == hashlib.sha256(drawn(2)).hexdigest()


def test_a_late_submission_shows_how_the_visit_stands(client: Any, people: Any) -> None:
    url = post(client, "/visits/new", fields(people, draft="1")).headers["Location"]
    post(client, f"{url}/edit", fields(people, version="1", draft="1", text="改一改"))
    answer = client.post(f"{url}/submission", data={"version": "1"})
    assert answer.status_code == 409
    assert "改一改" in answer.text
    assert Visit.get().state == "draft"


def test_htmx_gets_both_texts_as_a_fragment(client: Any, people: Any, url: str) -> None:
    post(client, f"{url}/edit", fields(people, version="1", text="第一次更正"))
    late = fields(people, version="1", text="第二次更正")
    answer = client.post(f"{url}/edit", data=late, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "<html" not in answer.text


def again(client: Any, page: str) -> Any:
    """Press 用我的内容再交一次."""
    from_here = page[page.index('<section class="stale"') :]
    action = from_here.partition('action="')[2].partition('"')[0]
    return client.post(action, data=standing_in(from_here, start="<form"))


# --- others at the same unit


@pytest.mark.parametrize("place", ["/visits/new?unit={unit}", "/visits/{visit}"])
def test_another_team_at_the_unit_is_pointed_out_before_and_after(client: Any, people: Any, place: str) -> None:
    actions.record_visit(people.laoma, VisitIn(unit=people.units.stones.uid, text="一周内来过"))
    mine = actions.record_visit(people.xiaolin, VisitIn(unit=people.units.stones.uid, text="渠道淤塞"))
    page = client.get(place.format(unit=people.units.stones.uid, visit=mine.uid)).text
    assert "市农业农村局也在" in page
    assert "一周内来过" not in page


def test_a_visit_recorded_days_later_says_so_as_a_fact(client: Any, people: Any) -> None:
    shown = post(client, "/visits/new", fields(people, captured_at="2020-01-01T10:00:00+08:00")).headers["Location"]
    assert "天记录" in client.get(shown).text
    today = post(client, "/visits/new", fields(people)).headers["Location"]
    assert "天记录" not in client.get(today).text
