"""An issue is filled from what the office may see, ordered, edited, and frozen for ever when it is issued."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from docx import Document
from peewee import fn

from fieldwork import clock, journal
from fieldwork.briefings import actions, documents, queries
from fieldwork.briefings.models import Briefing, BriefingItem
from fieldwork.briefings.schemas import BriefingIn, ItemChosen, ItemIn
from fieldwork.cases.models import Case
from fieldwork.errors import Conflict, Forbidden, NotFound, Stale
from fieldwork.problems.actions import record_problem
from fieldwork.problems.models import Problem
from fieldwork.problems.schemas import ProblemIn
from tests.briefings import making
from tests.review import making as cases


@pytest.fixture
def model(app: Any, people: Any) -> Case:
    return cases.promoted(people, contact="村支部 13812345678", effect="电话13812345678可查", keep_phones=True)


@pytest.fixture
def problem(app: Any, people: Any) -> Problem:
    made = record_problem(people.xiaolin, ProblemIn(unit=people.units.stones.uid, text="渠道淤塞约600米"))
    Problem.update(state="closed").where(Problem.id == made.id).execute()
    return Problem.get_by_id(made.id)


def texts_of(body: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(body)).paragraphs)


def test_a_model_and_a_problem_come_with_their_words(app: Any, people: Any, model: Case, problem: Problem) -> None:
    briefing = making.draft(people)
    for kind, record in (("case", model), ("problem", problem)):
        making.with_item(people, briefing, kind, record)
    items = queries.items_of(briefing)
    assert [(item.item_kind, item.heading) for item in items] == [
        ("case", "板凳议事会"),
        ("problem", "渠道淤塞约600米"),
    ]
    assert "一、主要做法\n党员楼长召集" in items[0].body
    assert "该问题已验收销号" in items[1].body


def test_the_contact_stays_inside_and_phone_numbers_are_masked(app: Any, people: Any, model: Case) -> None:
    briefing = making.draft(people)
    item = making.with_item(people, briefing, "case", model)
    assert "13812345678" not in item.body
    assert "138****5678" in item.body
    assert "村支部" not in item.body


def test_only_models_are_offered(app: Any, people: Any, model: Case) -> None:
    cases.banked(people, title="尚未推广")
    briefing = making.draft(people)
    assert [case.id for case in queries.models_to_pick(people.office, briefing, "")] == [model.id]
    assert queries.models_to_pick(people.office, briefing, "不在其中") == []
    making.with_item(people, briefing, "case", model)
    assert queries.models_to_pick(people.office, briefing, "") == []


def test_nothing_is_picked_twice(app: Any, people: Any, model: Case) -> None:
    briefing = making.draft(people)
    making.with_item(people, briefing, "case", model)
    with pytest.raises(Conflict):
        making.with_item(people, briefing, "case", model)
    assert BriefingItem.select().count() == 1


def test_what_the_office_cannot_see_cannot_be_picked(app: Any, people: Any) -> None:
    hidden = cases.draft(people)
    with pytest.raises(NotFound):
        making.with_item(people, making.draft(people), "case", hidden)


@pytest.mark.parametrize("name", ["county", "city", "leader", "admin", "xiaolin"])
def test_only_the_office_edits(app: Any, people: Any, name: str) -> None:
    briefing = making.draft(people)
    with pytest.raises(Forbidden):
        actions.add_item(getattr(people, name), briefing, 1, ItemChosen(item_kind="text"))


def test_items_move_up_and_down_and_out(app: Any, people: Any) -> None:
    briefing = making.draft(people)
    items = [making.with_item(people, briefing, "text") for _ in range(3)]

    def order() -> list[int]:
        return [item.id for item in queries.items_of(briefing)]

    actions.move_item(people.office, making.fresh(briefing), items[0].uid, making.fresh(briefing).version, "down")
    assert order() == [items[1].id, items[0].id, items[2].id]
    actions.move_item(people.office, making.fresh(briefing), items[1].uid, making.fresh(briefing).version, "up")
    assert order() == [items[1].id, items[0].id, items[2].id]
    actions.remove_item(people.office, making.fresh(briefing), items[0].uid, making.fresh(briefing).version)
    assert order() == [items[1].id, items[2].id]


def test_the_second_of_two_editors_is_told(app: Any, people: Any) -> None:
    briefing = making.draft(people)
    item = making.with_item(people, briefing, "text")
    seen = making.fresh(briefing)
    actions.edit_item(people.office, seen, item.uid, seen.version, ItemIn(heading="甲", body="甲文"))
    with pytest.raises(Stale) as refusal:
        actions.edit_item(people.office, seen, item.uid, seen.version, ItemIn(heading="乙", body="乙文"))
    assert refusal.value.yours == {"heading": "乙", "body": "乙文"}
    assert BriefingItem.get_by_id(item.id).heading == "甲"


def test_numbers_are_taken_at_issue_one_after_the_other(app: Any, people: Any) -> None:
    numbers = []
    for year in (2026, 2026, 2027):
        with clock.at(datetime(year, 6, 1, tzinfo=UTC)):
            briefing = making.draft(people)
            making.with_item(people, briefing, "text")
            assert making.fresh(briefing).issue_no is None
            issued = making.issued(people, briefing)
            numbers.append((issued.year, issued.issue_no, issued.total_no))
    assert numbers == [(2026, 1, 1), (2026, 2, 2), (2027, 1, 3)]


def test_another_masthead_counts_for_itself(app: Any, people: Any) -> None:
    for masthead in ("工委简报", "工委简报增刊"):
        briefing = making.draft(people, masthead=masthead)
        making.with_item(people, briefing, "text")
        assert making.issued(people, briefing).total_no == 1


def test_an_empty_issue_is_not_issued(app: Any, people: Any) -> None:
    with pytest.raises(Conflict):
        making.issued(people, making.draft(people))


def test_an_issued_one_is_frozen_for_ever(app: Any, people: Any, model: Case) -> None:
    briefing = making.draft(people)
    item = making.with_item(people, briefing, "case", model)
    issued = making.issued(people, briefing)
    first = documents.docx_of(issued)
    Case.update(text="改过的做法", title="改过的标题").execute()
    BriefingItem.update(body="改过").execute()
    again = making.fresh(briefing)
    assert documents.docx_of(again) == first
    assert again.docx_sha256
    assert "党员楼长召集" in texts_of(first)
    for change in (
        lambda: actions.edit_item(people.office, again, item.uid, again.version, ItemIn(heading="a", body="b")),
        lambda: actions.remove_item(people.office, again, item.uid, again.version),
        lambda: actions.edit(people.office, again, again.version, BriefingIn.model_validate(making.HEAD)),
    ):
        with pytest.raises(Conflict):
            change()


def test_the_word_file_holds_texts_and_photos(app: Any, people: Any, model: Case, drawn_jpeg: bytes) -> None:
    making.photo_of(people, model, drawn_jpeg, "议事现场")
    briefing = making.draft(people)
    making.with_item(people, briefing, "case", model)
    body = documents.docx_of(making.issued(people, briefing))
    text = texts_of(body)
    assert all(words in text for words in ("板凳议事会", "党员楼长召集", "供学习借鉴", "第1期（总第1期）"))
    assert len(Document(io.BytesIO(body)).inline_shapes) == 1


def test_a_leader_sees_what_waits_for_a_signature_and_others_only_what_is_issued(app: Any, people: Any) -> None:
    briefing = making.draft(people)
    making.with_item(people, briefing, "text")

    def seen() -> dict[str, int]:
        names = ("office", "leader", "county", "xiaolin")
        return {
            name: Briefing.visible_to(getattr(people, name)).select(fn.COUNT(Briefing.id)).scalar() for name in names
        }

    assert seen() == {"office": 1, "leader": 0, "county": 0, "xiaolin": 0}
    now = making.fresh(briefing)
    now = actions.move(people.office, now, "ask", now.version, {})
    assert seen() == {"office": 1, "leader": 1, "county": 0, "xiaolin": 0}
    now = actions.move(people.leader, now, "hand_back", now.version, {"comment": "按语再改"})
    assert (now.state, journal.last_of(now.uid).detail) == ("draft", {"comment": "按语再改"})
    making.issued(people, now)
    assert seen() == {"office": 1, "leader": 1, "county": 1, "xiaolin": 0}
