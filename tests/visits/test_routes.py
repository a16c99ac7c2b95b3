"""记一笔 by the form: six questions to every page, photos, nothing typed lost."""

import io
import re
from typing import Any

import pytest

from fieldwork.visits import actions
from fieldwork.visits.models import Visit
from fieldwork.visits.schemas import VisitIn


@pytest.fixture
def visit(app: Any, people: Any) -> Visit:
    return actions.record_visit(people.xiaolin, VisitIn(unit=people.units.stones.uid, text="渠道淤塞约600米"))


def form(people: Any, **more: Any) -> dict[str, Any]:
    return {"unit": str(people.units.stones.uid), "text": "渠道淤塞", **more}


def test_the_form_has_an_id_of_its_own_and_says_what_is_needed(log_in: Any, people: Any) -> None:
    page = log_in(people.xiaolin).get("/visits/new").text
    assert re.search(r'name="id" value="[0-9a-f-]{36}"', page)
    assert 'name="photos" accept="image/*" capture="environment"' in page
    assert 'name="photos" accept="image/*" multiple>' in page
    assert page.count(" multiple") == 1  # the camera gives one


def test_a_visit_is_recorded_and_shown(log_in: Any, people: Any) -> None:
    client = log_in(people.xiaolin)
    answer = client.post("/visits/new", data=form(people, programmes=["pairs"]))
    assert answer.status_code == 303
    shown = client.get(answer.headers["Location"]).text
    assert "渠道淤塞" in shown
    assert "双联" in shown


def test_a_form_sent_twice_leads_to_the_same_visit(log_in: Any, people: Any) -> None:
    client = log_in(people.xiaolin)
    page = client.get("/visits/new").text
    uid = re.search(r'name="id" value="([0-9a-f-]{36})"', page)[1]
    answers = [client.post("/visits/new", data=form(people, id=uid)) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == [f"/visits/{uid}"] * 2
    assert Visit.select().count() == 1


@pytest.mark.parametrize(("then", "path"), [("problem", "/problems/new"), ("case", "/cases/new")])
def test_a_problem_or_practice_goes_on_from_the_visit(log_in: Any, people: Any, then: str, path: str) -> None:
    client = log_in(people.xiaolin)
    answer = client.post("/visits/new", data=form(people, then=then))
    assert answer.headers["Location"] == f"{path}?visit={Visit.get().uid}"
    assert str(people.units.stones.uid) in client.get(answer.headers["Location"]).text


def test_what_is_missing_is_said_at_its_field_and_everything_typed_stays(log_in: Any, people: Any) -> None:
    answer = log_in(people.xiaolin).post("/visits/new", data={"text": "", "advice": "建议清淤", "participants": "林岚"})
    assert answer.status_code == 422
    assert "请写一句话" in answer.text
    assert "建议清淤" in answer.text
    assert 'value="林岚"' in answer.text
    assert Visit.select().count() == 0


def test_without_javascript_a_unit_is_looked_for_by_a_button(log_in: Any, people: Any) -> None:
    sent = {"text": "渠道淤塞", "unit_q": "医院", "find": "1"}
    answer = log_in(people.xiaolin).post("/visits/new", data=sent)
    assert answer.status_code == 200
    assert str(people.units.hospital.uid) in answer.text
    assert "渠道淤塞" in answer.text


def test_htmx_gets_the_form_alone(log_in: Any, people: Any) -> None:
    answer = log_in(people.xiaolin).post("/visits/new", data={"text": ""}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert answer.text.lstrip().startswith("<form")
    assert "HX-Request" in answer.headers["Vary"]


def test_a_stranger_finds_nothing(log_in: Any, people: Any, visit: Visit) -> None:
    assert log_in(people.stranger).get(f"/visits/{visit.uid}").status_code == 404


def test_who_sees_it_may_not_therefore_correct_it(log_in: Any, people: Any, visit: Visit) -> None:
    assert log_in(people.county).get(f"/visits/{visit.uid}/edit").status_code == 403


def test_a_correction_on_an_old_version_shows_both_texts(log_in: Any, people: Any, visit: Visit) -> None:
    client, url = log_in(people.xiaolin), f"/visits/{visit.uid}/edit"
    assert client.post(url, data=form(people, version="1", text="第一次更正")).status_code == 303
    answer = client.post(url, data=form(people, version="1", text="第二次更正"))
    assert answer.status_code == 409
    assert "第一次更正" in answer.text
    assert "第二次更正" in answer.text
    assert 'name="version" value="2"' in answer.text


def test_nobody_gets_to_the_form_without_a_login(log_in: Any, visit: Visit) -> None:
    answer = log_in(None).get("/visits/new")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login?next=/visits/new")


def test_a_form_from_another_site_is_refused(log_in: Any, people: Any) -> None:
    answer = log_in(people.xiaolin).post("/visits/new", data=form(people), headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert Visit.select().count() == 0


def test_the_list_shows_what_the_person_sees(log_in: Any, people: Any, visit: Visit) -> None:
    assert "青石坳村" in log_in(people.county).get("/visits/").text
    rows = log_in(people.stranger).get("/visits/?q=淤塞").text
    assert str(visit.uid) not in rows


@pytest.mark.parametrize(
    "query", ["q=淤", "q=淤塞", "state=submitted", "area=north", "type=village", "sector=farming", "unit=stones"]
)
def test_filters_find_it(log_in: Any, people: Any, visit: Visit, query: str) -> None:
    assert str(visit.uid) in log_in(people.county).get(f"/visits/?{query}").text


@pytest.mark.parametrize(
    "query", ["q=不在", "state=draft", "area=east", "type=window", "from=2100-01-01", "to=2000-01-01"]
)
def test_filters_leave_it_out(log_in: Any, people: Any, visit: Visit, query: str) -> None:
    assert str(visit.uid) not in log_in(people.county).get(f"/visits/?{query}").text


def test_a_broken_photo_is_told_and_the_good_one_is_held(log_in: Any, people: Any, drawn_jpeg: bytes) -> None:
    photos = [(io.BytesIO(drawn_jpeg), "../../好.jpg"), (io.BytesIO(b"not a photo"), "坏.jpg")]
    client = log_in(people.xiaolin)
    answer = client.post("/visits/new", data=form(people, photos=photos), content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "这次选的第 2 张（" in answer.text
    held = re.findall(r'name="held" value="([0-9a-f]{64})"', answer.text)
    assert len(held) == 1
    again = client.post("/visits/new", data=form(people, held=held, held_captions=["渠口"]))
    assert "渠口" in client.get(again.headers["Location"]).text


def test_a_photo_somebody_else_sent_cannot_be_claimed(log_in: Any, people: Any, drawn_jpeg: bytes) -> None:
    sent = form(people, photos=[(io.BytesIO(drawn_jpeg), "a.jpg")])
    log_in(people.stranger).post("/visits/new", data=sent, content_type="multipart/form-data")
    import hashlib

    sha = hashlib.sha256(drawn_jpeg).hexdigest()
    assert log_in(people.xiaolin).post("/visits/new", data=form(people, held=[sha])).status_code == 404
