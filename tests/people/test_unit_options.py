"""The unit picker's list: found by Chinese, by pinyin, by nearness, and lately visited ones first."""

import re
from typing import Any

import pytest

from fieldwork.people import spelling
from fieldwork.people.models import Unit
from fieldwork.people.units import actions, recent
from fieldwork.people.units.near import Point, point_of
from fieldwork.people.units.options import OPTIONS_MAX, unit_options
from tests.support.cast import Cast

VILLAGES = ("青石坳村", "梨树坪村", "下渡口村", "重安镇", "100%实验学校", "a_b小学")


@pytest.fixture
def town(people: Cast) -> Cast:
    """The town with its units spelt, and some more."""
    for unit in Unit.select():
        Unit.update(**spelling.of_unit(unit.name)).where(Unit.id == unit.id).execute()
    for name in VILLAGES[1:]:
        add(people, name)
    return people


def add(people: Cast, name: str, **more: Any) -> Unit:
    return actions.add(
        people.admin, {"name": name, "area": people.terms.north_county, **spelling.of_unit(name), **more}
    )


def names(people: Cast, q: str = "", near: Point | None = None) -> list[str]:
    return [name for _, name, _ in unit_options(people.xiaolin, q, near)]


# --- by name


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("青石", "青石坳村"), ("石坳", "青石坳村"), ("坳", "青石坳村"), ("qsac", "青石坳村"), ("QS", "青石坳村"),
        ("qingshi", "青石坳村"), ("qing shi ao", "青石坳村"), ("nyncj", "市农业农村局"), ("shinong", "市农业农村局"),
        ("caz", "重安镇"), ("chongan", "重安镇"), ("ｌｓｐ", "梨树坪村"),
    ],
)  # fmt: skip
def test_a_unit_is_found_by_part_of_its_name_or_by_pinyin(q: str, found: str, town: Cast) -> None:
    assert found in names(town, q)


@pytest.mark.parametrize("q", ["没有的单位", "zzz", "石青", "%", "_", "\\", "'; DROP TABLE unit; --", "a%b"])
def test_what_matches_nothing_finds_nothing(q: str, town: Cast) -> None:
    expected = {"%": ["100%实验学校"], "_": ["a_b小学"]}
    assert names(town, q) == expected.get(q, [])


def test_a_unit_is_found_by_its_short_name_and_shown_under_it(town: Cast) -> None:
    add(town, "清垣市政务服务管理局", short_name="市政务局")
    assert names(town, "政务局") == ["市政务局"]


def test_what_begins_as_typed_comes_first(town: Cast) -> None:
    add(town, "东屏区青石坳村小学")
    assert names(town, "青石坳村") == ["青石坳村", "东屏区青石坳村小学"]


def test_a_unit_out_of_use_is_not_offered(town: Cast) -> None:
    actions.set_activity(town.admin, town.units.stones, is_active=False)
    assert names(town, "青石坳村") == []


def test_the_list_is_short(town: Cast) -> None:
    for number in range(20):
        add(town, f"第{number}中学")
    assert len(names(town, "中学")) == OPTIONS_MAX
    assert len(names(town)) == OPTIONS_MAX


def test_its_area_tells_villages_of_one_name_apart(town: Cast) -> None:
    add(town, "梨树坪村", parent=town.units.hospital, area=town.terms.east_county)
    assert {note for _, _, note in unit_options(town.xiaolin, "梨树坪")} == {"北峰县", "东屏区"}


# --- by nearness


def test_the_nearest_come_first_with_their_distance(town: Cast) -> None:
    options = unit_options(town.xiaolin, near=Point(31.8201, 105.6201))
    assert [name for _, name, _ in options][:2] == ["青石坳村", "北峰县直机关工委"]
    assert [note for _, _, note in options][:2] == ["0.0 公里", "2.9 公里"]


def test_near_and_text_together_keep_the_text(town: Cast) -> None:
    assert names(town, "工委", Point(31.5, 105.3)) == ["东屏区直机关工委", "北峰县直机关工委", "市直机关工委"]


def test_far_from_everything_the_list_is_not_filled_with_strangers(town: Cast) -> None:
    assert names(town, near=Point(-40.0, -70.0)) == []


def test_the_distance_over_ground_is_right() -> None:
    assert Point(39.9042, 116.4074).km_to(31.2304, 121.4737) == pytest.approx(1067, rel=0.005)
    assert Point(0, 179.9).km_to(0, -179.9) == pytest.approx(22.2, rel=0.01)


@pytest.mark.parametrize("text", ["", "31.8", "x,y", "nan,nan", "91,0", "0,181", "inf,0", "31.8,105.6,7"])
def test_rubbish_is_no_place(text: str) -> None:
    assert point_of(text) is None


# --- lately visited


def test_the_units_one_was_at_lately_are_offered_first(town: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    lately = [town.units.hospital.id, town.units.stones.id]
    monkeypatch.setattr(recent, "_sources", [])  # only this test's room knows
    recent.learn(lambda user, limit: lately if user == town.xiaolin else [])
    assert unit_options(town.xiaolin)[0][1:] == ("东屏区人民医院", "")
    assert names(town)[:2] == ["东屏区人民医院", "青石坳村"]
    others = [name for _, name, _ in unit_options(town.laoma)]
    assert others[:2] != ["东屏区人民医院", "青石坳村"]


# --- the fragment


def test_the_fragment_holds_a_radio_for_each_unit(town: Cast, log_in: Any) -> None:
    page = log_in(town.xiaolin).get("/units/options?q=qs&name=lead_unit").text
    assert f'name="lead_unit" value="{town.units.stones.uid}"' in page
    assert 'id="f-lead_unit-options"' in page
    assert "<html" not in page


def test_the_pickers_own_field_is_understood_as_the_question(town: Cast, log_in: Any) -> None:
    assert "青石坳村" in log_in(town.xiaolin).get("/units/options?name=unit&unit_q=qsac").text


def test_an_empty_answer_says_what_to_do(town: Cast, log_in: Any) -> None:
    assert "没有找到这个单位" in log_in(town.xiaolin).get("/units/options?q=没有的单位").text


@pytest.mark.parametrize("query", ["name=<script>", "name=" + "x" * 500, "q=%00%ff", "near=%00", "q=" + "长" * 5000])
def test_rubbish_in_the_address_breaks_nothing(query: str, town: Cast, log_in: Any) -> None:
    answer = log_in(town.xiaolin).get(f"/units/options?{query}")
    assert answer.status_code == 200
    assert not re.search(r"<script|xxxxx", answer.text)
