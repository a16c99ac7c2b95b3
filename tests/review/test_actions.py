"""Reviewers decide by turn, by name, on what they saw; never on what is their own."""

from typing import Any

import pytest

from fieldwork import journal
from fieldwork.cases import actions as authors
from fieldwork.cases.models import Case, Pin
from fieldwork.cases.schemas import CaseIn, Comment, Cultivation, Promotion, Reason, Return
from fieldwork.errors import Conflict, Forbidden, Stale
from fieldwork.people.models import Term
from fieldwork.review import actions, queries
from tests.review import making


def test_a_case_goes_from_county_to_city_to_leader_and_into_the_bank(app: Any, people: Any) -> None:
    case = making.submitted(people)
    assert (case.state, case.stage.name) == ("in_review", "待推荐")
    case = making.passed(case, people.county)
    assert case.stage.name == "待初审"
    case = making.passed(case, people.city)
    assert case.stage.name == "待审定"
    case = making.passed(case, people.leader)
    assert (case.state, case.stage_id) == ("banked", None)


def test_a_stage_switched_on_takes_its_turn(app: Any, people: Any) -> None:
    Term.update(position=Term.position * 10).where(Term.kind == "stage").execute()
    second = Term.get(Term.code == "examine").position + 1
    Term.create(kind="stage", code="second", name="待复审", role="city", position=second)
    case = making.passed(making.submitted(people), people.county, people.city)
    assert case.stage.name == "待复审"


def test_a_stage_switched_off_while_a_case_stands_there_is_passed_on_from(app: Any, people: Any) -> None:
    case = making.passed(making.submitted(people), people.county)
    Term.update(is_active=False).where(Term.code == "examine").execute()
    assert making.passed(case, people.city).stage.name == "待审定"


@pytest.mark.parametrize("name", ["east", "city", "leader", "office", "admin", "stranger", "village", "xiaolin"])
def test_nobody_decides_out_of_turn(app: Any, people: Any, name: str) -> None:
    case = making.submitted(people)
    with pytest.raises(Forbidden):
        actions.decide(getattr(people, name), case, "pass", case.version, Comment())
    assert Case.get_by_id(case.id).version == case.version


def test_the_head_of_a_sector_reviews_its_line_as_a_county_does_its_block(app: Any, people: Any) -> None:
    case = making.submitted(people, author=people.stranger, unit=people.units.hospital)
    assert making.passed(case, people.sector).stage.name == "待初审"


def test_a_reviewer_cannot_decide_on_a_case_of_her_own_unit(app: Any, people: Any) -> None:
    case = making.submitted(people, unit=people.units.north_committee)
    with pytest.raises(Forbidden) as refusal:
        actions.decide(people.county, case, "pass", case.version, Comment())
    assert refusal.value.reason == "own_unit"


def test_a_reviewer_cannot_promote_her_own_case(app: Any, people: Any) -> None:
    case = making.submitted(people, author=people.city)
    case = making.passed(case, people.county)
    with pytest.raises(Forbidden):
        actions.decide(people.city, case, "pass", case.version, Comment())


def test_the_second_of_two_reviewers_is_told_and_keeps_his_words(app: Any, people: Any) -> None:
    case = making.submitted(people)
    seen = case.version
    making.passed(case, people.county)
    stale = Case.get_by_id(case.id)
    stale.version, stale.state, stale.stage = seen, "in_review", Term.get(Term.code == "recommend")
    with pytest.raises(Stale) as refusal:
        actions.decide(people.county, stale, "return", seen, Return(reason="请补充数据"))
    assert refusal.value.yours["reason"] == "请补充数据"
    assert refusal.value.record.stage.name == "待初审"
    assert Pin.select().count() == 0


def test_a_return_opens_the_case_again_with_comments_at_its_fields(app: Any, people: Any) -> None:
    case = making.submitted(people)
    words = Return(reason="请补充", pins={"effect": "注明来源", "title": "  "})
    case = actions.decide(people.county, case, "return", case.version, words)
    assert (case.state, [(pin.field, pin.comment) for pin in case.pins]) == ("returned", [("effect", "注明来源")])
    said = CaseIn.model_validate({"unit": people.units.stones.uid, **making.WORDS, "effect": "议定37件（台账）。"})
    case = authors.correct(people.xiaolin, case, case.version, said)
    authors.tick(people.xiaolin, case, {case.pins[0].id})
    case = authors.move(people.xiaolin, case, "submit", case.version)
    assert (case.round, case.pins[0].done_at is not None) == (2, True)
    before = queries.last_submission(case)
    assert before is not None
    assert before.body["effect"] == "议定37件。"


def test_a_return_must_say_why() -> None:
    from fieldwork.core.schemas import read

    assert read(Return, {"reason": " "})[1] == {"reason": ["请填写这一项"]}


def test_declining_keeps_the_reason(app: Any, people: Any) -> None:
    case = making.submitted(people)
    case = actions.decide(people.county, case, "decline", case.version, Reason(reason="做法尚不成熟"))
    assert case.state == "declined"
    assert journal.last_of(case.uid).detail == {"reason": "做法尚不成熟", "stage": "待推荐"}


def test_cultivating_names_a_mentor(app: Any, people: Any) -> None:
    case = making.submitted(people)
    case = actions.decide(people.county, case, "cultivate", case.version, Cultivation(mentor="曾敏"))
    assert (case.state, case.mentor) == ("cultivating", "曾敏")


@pytest.mark.parametrize("grade", ["city", "demo"])
def test_a_county_grants_no_more_than_its_own_grade(app: Any, people: Any, grade: str) -> None:
    case = making.banked(people)
    with pytest.raises(Forbidden):
        actions.decide(people.county, case, "promote", case.version, Promotion(grade=grade, document="清委〔2026〕3号"))
    case = actions.decide(people.county, case, "promote", case.version, Promotion(grade="county"))
    assert (case.state, case.grade) == ("promoted", "county")


def test_a_demonstration_rests_on_a_document() -> None:
    from fieldwork.core.schemas import read

    assert "document" in read(Promotion, {"grade": "demo"})[1]
    assert read(Promotion, {"grade": "demo", "document": "清委〔2026〕3号"})[1] == {}


def test_a_model_is_seen_by_everybody_and_a_revoked_one_is_not(app: Any, people: Any) -> None:
    case = making.promoted(people)
    assert Case.visible_to(people.stranger).where(Case.id == case.id).exists()
    actions.decide(people.office, case, "revoke", case.version, Reason(reason="情况不实"))
    assert not Case.visible_to(people.stranger).where(Case.id == case.id).exists()


def test_an_author_cannot_change_a_case_in_review(app: Any, people: Any) -> None:
    case = making.submitted(people)
    said = CaseIn.model_validate({"unit": people.units.stones.uid, **making.WORDS})
    with pytest.raises(Conflict):
        authors.correct(people.xiaolin, case, case.version, said)
    case = authors.move(people.xiaolin, case, "withdraw", case.version)
    assert authors.correct(people.xiaolin, case, case.version, said).state == "withdrawn"


def test_the_same_form_sent_twice_is_one_case(app: Any, people: Any) -> None:
    first = making.draft(people)
    again = making.draft(people, id=str(first.uid))
    assert (again.id, Case.select().count()) == (first.id, 1)


def test_the_queue_shows_each_reviewer_what_waits_for_them(app: Any, people: Any) -> None:
    case = making.submitted(people)
    mine = {
        name: queries.waiting_count(getattr(people, name)) for name in ("county", "east", "city", "leader", "sector")
    }
    assert mine == {"county": 1, "east": 0, "city": 0, "leader": 0, "sector": 0}
    making.passed(case, people.county)
    assert [row.id for row in queries.queue(people.city, {})] == [case.id]
    assert queries.waiting_count(people.county) == 0


def test_the_queue_leaves_out_what_is_of_ones_own_unit(app: Any, people: Any) -> None:
    making.submitted(people, unit=people.units.north_committee)
    assert queries.waiting_count(people.county) == 0
