"""Recording a visit: one sentence is enough, nothing typed is lost, the same form twice is one visit."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fieldwork import clock, journal
from fieldwork.core import searching
from fieldwork.core.schemas import read
from fieldwork.errors import Conflict, Forbidden, NotFound, Stale
from fieldwork.ids import uuid7
from fieldwork.photos import actions as photos
from fieldwork.photos.queries import photos_of
from fieldwork.records.actions import versions_of
from fieldwork.visits import actions, queries
from fieldwork.visits.models import Visit
from fieldwork.visits.schemas import VisitIn
from tests.photos.sending import drawn, sent


def said(people: Any, **more: Any) -> VisitIn:
    return VisitIn.model_validate({"unit": people.units.stones.uid, "text": "渠道淤塞约600米", **more})


def test_a_unit_and_one_sentence_are_a_visit(app: Any, people: Any) -> None:
    visit = actions.record_visit(people.xiaolin, said(people))
    kept = Visit.get_by_id(visit.id)
    assert (kept.state, kept.text, kept.unit_id) == ("submitted", "渠道淤塞约600米", people.units.stones.id)
    assert (kept.area_id, kept.sector_id) == (people.units.stones.area_id, people.units.stones.sector_id)
    assert kept.author_unit_id == people.xiaolin.unit_id
    assert [entry.action for entry in journal.history(kept.uid)] == ["visit.created"]
    assert [match.record_id for match in searching.matches("淤塞")] == [kept.id]


def test_the_same_form_sent_twice_is_one_visit(app: Any, people: Any) -> None:
    form = said(people, id=uuid7())
    first, second = actions.record_visit(people.xiaolin, form), actions.record_visit(people.xiaolin, form)
    assert (first.id, Visit.select().count()) == (second.id, 1)


def test_photos_that_come_with_the_second_sending_are_added(app: Any, people: Any) -> None:
    uid = uuid7()
    first, second = (photos.receive(people.xiaolin, sent(drawn(shade))).photos[0].sha256 for shade in (1, 2))
    actions.record_visit(people.xiaolin, said(people, id=uid, held=[first]))
    visit = actions.record_visit(people.xiaolin, said(people, id=uid, held=[first, second]), {second: "末端"})
    assert [(shown.sha256, shown.caption) for shown in photos_of("visit", [visit.id])[visit.id]] == [
        (first, ""),
        (second, "末端"),
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"text": "另一段话"},
        {"title": "标题"},
        {"advice": "建议清淤"},
        {"programmes": ["pairs"]},
        {"method": "talk"},
        {"place_note": "渠首"},
    ],
)
def test_whatever_differs_the_second_time_is_not_dropped(app: Any, people: Any, other: dict[str, Any]) -> None:
    uid = uuid7()
    actions.record_visit(people.xiaolin, said(people, id=uid))
    with pytest.raises(Stale) as refusal:
        actions.record_visit(people.xiaolin, said(people, id=uid, **other))
    assert other.items() <= refusal.value.yours.items()


def test_a_form_sent_twice_at_another_unit_is_not_the_same(app: Any, people: Any) -> None:
    uid = uuid7()
    actions.record_visit(people.xiaolin, said(people, id=uid))
    with pytest.raises(Stale):
        actions.record_visit(people.xiaolin, said(people, id=uid, unit=people.units.hospital.uid))


def test_the_first_form_sent_again_after_a_correction_changes_nothing(app: Any, people: Any) -> None:
    form = said(people, id=uuid7())
    visit = actions.record_visit(people.xiaolin, form)
    actions.correct(people.xiaolin, visit, 1, said(people, text="渠道淤塞约650米"))
    again = actions.record_visit(people.xiaolin, form)
    assert (again.id, again.version, again.text) == (visit.id, 2, "渠道淤塞约650米")


def test_an_id_that_came_with_other_words_keeps_both(app: Any, people: Any) -> None:
    uid = uuid7()
    actions.record_visit(people.xiaolin, said(people, id=uid))
    with pytest.raises(Stale) as refusal:
        actions.record_visit(people.xiaolin, said(people, id=uid, text="另一段话"))
    assert refusal.value.yours["text"] == "另一段话"
    assert Visit.get().text == "渠道淤塞约600米"


def test_an_id_of_somebody_else_says_nothing(app: Any, people: Any) -> None:
    uid = uuid7()
    actions.record_visit(people.xiaolin, said(people, id=uid))
    with pytest.raises(NotFound):
        actions.record_visit(people.laoma, said(people, id=uid))


def test_an_administrator_records_nothing(app: Any, people: Any) -> None:
    with pytest.raises(Forbidden):
        actions.record_visit(people.admin, said(people))


def test_a_visit_to_a_unit_that_was_closed_meanwhile_is_kept(app: Any, people: Any) -> None:
    people.units.stones.is_active = False
    people.units.stones.save()
    assert actions.record_visit(people.xiaolin, said(people)).unit == people.units.stones


def test_a_unit_that_never_was_is_refused(app: Any, people: Any) -> None:
    with pytest.raises(Conflict):
        actions.record_visit(people.xiaolin, said(people, unit=uuid7()))


def test_the_phones_moment_and_offset_are_kept_beside_the_servers(app: Any, people: Any) -> None:
    visit = actions.record_visit(people.xiaolin, said(people, captured_at="2026-11-20T10:12:00+08:00"))
    kept = Visit.get_by_id(visit.id)
    assert kept.captured_at == datetime(2026, 11, 20, 2, 12, tzinfo=UTC)
    assert kept.captured_local.strftime("%H:%M") == "10:12"
    assert clock.now() - kept.received_at < timedelta(minutes=1)


def test_a_corrected_day_moves_the_visit(app: Any, people: Any) -> None:
    visit = actions.record_visit(people.xiaolin, said(people, on_day="2026-11-18", at_time="15:30"))
    assert Visit.get_by_id(visit.id).captured_local.strftime("%Y-%m-%d %H:%M") == "2026-11-18 15:30"


def test_a_correction_keeps_the_version_before(app: Any, people: Any) -> None:
    visit = actions.record_visit(people.xiaolin, said(people))
    fresh = actions.correct(people.xiaolin, visit, visit.version, said(people, text="渠道淤塞约650米"))
    assert (fresh.version, fresh.text) == (2, "渠道淤塞约650米")
    assert [version.body["text"] for version in versions_of(fresh)] == ["渠道淤塞约650米", "渠道淤塞约600米"]


def test_a_correction_on_an_old_version_is_stale(app: Any, people: Any) -> None:
    visit = actions.record_visit(people.xiaolin, said(people))
    actions.correct(people.xiaolin, visit, 1, said(people, text="甲"))
    with pytest.raises(Stale) as refusal:
        actions.correct(people.xiaolin, visit, 1, said(people, text="乙"))
    assert (refusal.value.record.text, refusal.value.yours["text"]) == ("甲", "乙")


def test_a_correction_takes_photos_off_and_the_journal_says_which(app: Any, people: Any) -> None:
    first, second = (photos.receive(people.xiaolin, sent(drawn(shade))).photos[0].sha256 for shade in (1, 2))
    visit = actions.record_visit(people.xiaolin, said(people, held=[first, second]))
    actions.correct(people.xiaolin, visit, 1, said(people, held=[second], gone=[first]), {second: "末端"})
    assert [(shown.sha256, shown.caption) for shown in photos_of("visit", [visit.id])[visit.id]] == [(second, "末端")]
    assert journal.history(visit.uid)[-1].detail == {"gone": [first]}


def test_a_stale_correction_takes_no_photo_off(app: Any, people: Any) -> None:
    [photo] = photos.receive(people.xiaolin, sent(drawn(1))).photos
    visit = actions.record_visit(people.xiaolin, said(people, held=[photo.sha256]))
    actions.correct(people.xiaolin, visit, 1, said(people, text="甲"))
    with pytest.raises(Stale):
        actions.correct(people.xiaolin, visit, 1, said(people, text="乙", gone=[photo.sha256]))
    assert len(photos_of("visit", [visit.id])[visit.id]) == 1


def test_thirty_photos_may_be_exchanged_for_others(app: Any, people: Any) -> None:
    old, new = (
        [photo.sha256 for photo in photos.receive(people.xiaolin, sent(*map(drawn, shades))).photos]
        for shades in (range(30), range(30, 60))
    )
    visit = actions.record_visit(people.xiaolin, said(people, held=old))
    actions.correct(people.xiaolin, visit, 1, said(people, held=new, gone=old))
    assert [shown.sha256 for shown in photos_of("visit", [visit.id])[visit.id]] == new


def test_a_colleague_cannot_correct_it(app: Any, people: Any) -> None:
    visit = actions.record_visit(people.xiaolin, said(people))
    with pytest.raises(Forbidden):
        actions.correct(people.city, visit, visit.version, said(people))


def test_a_draft_is_seen_by_its_author_alone_until_submitted(app: Any, people: Any) -> None:
    visit = actions.record_visit(people.xiaolin, said(people, draft=True))
    assert [Visit.visible_to(user).count() for user in (people.xiaolin, people.city, people.county)] == [1, 0, 0]
    actions.submit(people.xiaolin, visit, visit.version)
    assert [Visit.visible_to(user).count() for user in (people.xiaolin, people.city, people.county)] == [1, 1, 1]
    with pytest.raises(Conflict):
        actions.submit(people.xiaolin, Visit.get_by_id(visit.id), 2)


def test_another_team_at_the_same_unit_within_a_week_is_pointed_out(app: Any, people: Any) -> None:
    theirs = actions.record_visit(people.laoma, said(people))
    mine = actions.record_visit(people.xiaolin, said(people))
    found = queries.clashes(mine.unit, mine.author_unit_id, mine.captured_at)
    assert [visit.id for visit in found] == [theirs.id]
    assert queries.clashes(mine.unit, mine.author_unit_id, mine.captured_at + timedelta(days=8)) == []


def test_a_draft_of_another_team_is_not_told(app: Any, people: Any) -> None:
    actions.record_visit(people.laoma, said(people, draft=True))
    assert queries.clashes_ahead(people.xiaolin, people.units.stones) == []


def test_a_colleagues_visit_is_no_clash(app: Any, people: Any) -> None:
    actions.record_visit(people.city, said(people))
    assert people.city.unit_id == people.xiaolin.unit_id
    assert queries.clashes_ahead(people.xiaolin, people.units.stones) == []


def test_a_day_without_a_time_is_noon_and_the_same_day_changes_nothing(app: Any, people: Any) -> None:
    late = actions.record_visit(people.xiaolin, said(people, on_day="2026-11-18"))
    assert Visit.get_by_id(late.id).captured_local.strftime("%m-%d %H:%M") == "11-18 12:00"
    phone = {"captured_at": "2026-11-20T10:12:30+08:00", "on_day": "2026-11-20", "at_time": "10:12"}
    assert actions.record_visit(people.xiaolin, said(people, **phone)).captured_at.second == 30


def test_a_time_without_a_day_is_of_the_day_it_was_captured(app: Any, people: Any) -> None:
    phone = {"captured_at": "2026-11-20T10:12:30+08:00", "at_time": "08:40"}
    visit = actions.record_visit(people.xiaolin, said(people, **phone))
    assert Visit.get_by_id(visit.id).captured_local.strftime("%m-%d %H:%M") == "11-20 08:40"


def test_further_units_of_the_round_are_kept(app: Any, people: Any) -> None:
    units = [str(people.units.hospital.uid), str(people.units.stones.uid)]
    visit = actions.record_visit(people.xiaolin, said(people, more_units=units))
    assert [unit.name for unit in queries.further_units(visit)] == ["东屏区人民医院"]


def test_the_units_of_the_last_visits_come_first(app: Any, people: Any) -> None:
    for unit in (people.units.stones, people.units.hospital, people.units.stones):
        actions.record_visit(people.xiaolin, said(people, unit=unit.uid))
    assert queries.recent_unit_ids(people.xiaolin, 5) == [people.units.stones.id, people.units.hospital.id]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "字" * 20_001}, "text"),
        ({"unit": ""}, "unit"),
        ({"unit": "../../etc"}, "unit"),
        ({"lat": "91", "lon": "0"}, "lat"),
        ({"lat": "nan", "lon": "0"}, "lat"),
        ({"on_day": "昨天"}, "on_day"),
        ({"method": "飞行"}, "method"),
        ({"text": "密级：机密★10年"}, "text"),
        ({"text": "身份证号 11010519491231002X"}, "text"),
        ({"advice": "卡号 6222021234567890128"}, "advice"),
        ({"text": "电话 13812345678"}, "text"),
    ],
)
def test_what_cannot_be_kept_is_said_in_chinese_at_the_field(
    app: Any, people: Any, fields: dict[str, str], field: str
) -> None:
    data, errors = read(VisitIn, {"unit": str(people.units.stones.uid), "text": "一句话", **fields})
    assert data is None
    assert list(errors) == [field]
    assert all("一" <= message[0] <= "鿿" for message in errors[field])


def test_a_phone_number_is_masked_or_kept_as_the_person_says(people: Any) -> None:
    masked, _ = read(VisitIn, {"unit": str(people.units.stones.uid), "text": "电话 13812345678", "mask": "1"})
    kept, _ = read(VisitIn, {"unit": str(people.units.stones.uid), "text": "电话 13812345678", "keep_phones": "1"})
    assert masked is not None
    assert kept is not None
    assert (masked.text, kept.text) == ("电话 138****5678", "电话 13812345678")


def test_odd_characters_come_through_and_controls_do_not(app: Any, people: Any) -> None:
    visit = actions.record_visit(people.xiaolin, said(people, text="𠮷田村\x00 喆\ufffe 😀\r\n第二行"))
    assert Visit.get_by_id(visit.id).text == "𠮷田村 喆 😀\n第二行"
