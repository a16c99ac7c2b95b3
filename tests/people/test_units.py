"""Units as the office keeps them: added, changed, taken out of use, found in the list."""

from typing import Any

import pytest

from fieldwork import journal
from fieldwork.core.schemas import read
from fieldwork.errors import NotFound, Stale
from fieldwork.ids import uuid7
from fieldwork.people.models import Unit
from fieldwork.people.units import actions, checks, queries
from fieldwork.people.units.schemas import UnitIn
from tests.support.cast import Cast

NOBODYS = "01900000-0000-7000-8000-000000000000"


def sent(people: Cast, **more: Any) -> dict[str, Any]:
    """What the form of a unit sends."""
    area, unit_type = people.terms.north_county.uid, people.terms.village.uid
    return {"name": "梨树坪村", "area": str(area), "unit_type": str(unit_type), **more}


def columns(people: Cast, unit: Unit | None = None, **more: Any) -> checks.Columns:
    form, errors = read(UnitIn, sent(people, **more))
    assert form is not None, errors
    values, objections = checks.checked(form, unit)
    assert objections == {}
    return values


def objections(people: Cast, unit: Unit | None = None, **more: Any) -> dict[str, list[str]]:
    form, errors = read(UnitIn, sent(people, **more))
    return errors if form is None else checks.checked(form, unit)[1]


# --- added


def test_a_new_unit_knows_its_pinyin_and_its_place_in_the_tree(people: Cast) -> None:
    parent = str(people.units.north_committee.uid)
    unit = actions.add(people.office, columns(people, parent=parent, flags=["is_key"], lat="31.8", lon="105.6"))
    kept = queries.unit_of(unit.uid)
    assert (kept.sort_key, kept.pinyin, kept.initials) == ("li0shu0ping0cun", "lishupingcun", "lspc")
    assert (kept.parent.name, kept.area.name, kept.unit_type.name) == ("北峰县直机关工委", "北峰县", "村")
    assert (kept.is_key, kept.is_window, kept.lat, kept.lon) == (True, False, 31.8, 105.6)
    assert [entry.action for entry in journal.history(unit.uid)] == ["unit.created"]


def test_photos_are_marked_only_for_units_that_want_it_and_the_journal_says_since_when(people: Cast) -> None:
    unit = actions.add(people.office, columns(people))
    assert not unit.has_watermark
    changed = actions.change(people.office, unit, unit.version, columns(people, unit, has_watermark="1"))
    assert changed.has_watermark
    assert queries.form_of(queries.unit_of(unit.uid))["has_watermark"]
    assert journal.history(unit.uid)[-1].detail["has_watermark"] == ["", "带"]


def test_a_wrong_reading_is_put_right_by_hand(people: Cast) -> None:
    unit = actions.add(people.office, columns(people, name="六安路社区", sort_key_override="Lu an  lu she qu"))
    assert (unit.pinyin, unit.initials, unit.sort_key_override) == ("luanlushequ", "lalsq", "lu an lu she qu")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""), ("name", "  "), ("name", "长" * 101), ("area", ""), ("area", "x"), ("area", NOBODYS),
        ("unit_type", ""), ("sector", NOBODYS), ("parent", NOBODYS), ("lat", "91"), ("lat", "abc"),
        ("lat", "nan"), ("sort_key_override", "重安"), ("flags", ["is_secret"]),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_its_field(field: str, value: Any, people: Cast) -> None:
    found = objections(people, **{field: value})
    assert any(name.partition(".")[0] in {field, "lon"} for name in found)


def test_half_a_place_is_no_place(people: Cast) -> None:
    assert objections(people, lat="31.8") == {"lon": ["纬度和经度要么都填，要么都不填"]}
    assert objections(people, lon="105.6") == {"lon": ["纬度和经度要么都填，要么都不填"]}


def test_a_term_of_another_vocabulary_is_no_area(people: Cast) -> None:
    assert "area" in objections(people, area=str(people.terms.health.uid))


def test_two_villages_of_one_name_stand_under_different_towns_only(people: Cast) -> None:
    north, east = str(people.units.north_committee.uid), str(people.units.east_committee.uid)
    actions.add(people.office, columns(people, parent=north))
    assert objections(people, parent=north) == {"name": ["同一上级下已有同名单位"]}
    assert objections(people, parent=east) == {}


# --- changed


def test_a_change_is_written_down_word_by_word(people: Cast) -> None:
    unit = people.units.stones
    changed = actions.change(people.office, unit, 1, columns(people, unit, name="青石坳新村", flags=["is_window"]))
    assert (changed.name, changed.version, changed.initials) == ("青石坳新村", 2, "qsaxc")
    entry = journal.history(unit.uid)[-1]
    assert entry.detail["name"] == ["青石坳村", "青石坳新村"]
    assert entry.detail["flags"] == ["", "窗口单位"]
    assert "area" not in entry.detail


def test_its_code_is_its_pinyin_with_a_number_when_another_has_it(people: Cast) -> None:
    north, east = str(people.units.north_committee.uid), str(people.units.east_committee.uid)
    first = actions.add(people.office, columns(people, parent=north))
    second = actions.add(people.office, columns(people, parent=east))
    nameless = actions.add(people.office, columns(people, name="……"))
    assert [first.code, second.code, nameless.code] == ["lishupingcun", "lishupingcun-2", "x"]


def test_its_code_never_changes(people: Cast) -> None:
    unit = people.units.stones
    assert actions.change(people.office, unit, 1, columns(people, unit)).code == "stones"


def test_a_unit_is_not_its_own_parent_nor_below_its_children(people: Cast) -> None:
    above = people.units.north_committee
    below = actions.add(people.office, columns(people, parent=str(above.uid)))
    for parent in (above, below):
        assert objections(people, above, name="北峰工委", parent=str(parent.uid)) == {
            "parent": ["上级单位不能是本单位或其下属单位"]
        }


def test_the_second_of_two_who_change_at_once_is_refused_and_nothing_is_written(people: Cast) -> None:
    unit = people.units.stones
    actions.change(people.office, unit, 1, columns(people, unit, contact="王主任"))
    with pytest.raises(Stale) as refused:
        actions.change(people.admin, Unit.get_by_id(unit.id), 1, columns(people, unit, contact="李主任"))
    assert refused.value.yours["contact"] == "李主任"
    assert refused.value.record.contact == "王主任"
    assert Unit.get_by_id(unit.id).contact == "王主任"
    assert len(journal.history(unit.uid)) == 1


# --- pages


def test_the_office_adds_a_unit_on_its_page(people: Cast, log_in: Any) -> None:
    client = log_in(people.office)
    answer = client.post("/admin/units/new", data=sent(people, flags=["is_key", "is_window"]))
    assert answer.status_code == 303
    assert "梨树坪村" in client.get(answer.location).text
    assert Unit.get(Unit.name == "梨树坪村").is_window


def test_a_mistake_keeps_everything_typed(people: Cast, log_in: Any) -> None:
    typed = sent(people, name="", short_name="梨坪", contact="王主任", flags=["is_key"], lat="31.8")
    typed["parent"] = str(people.units.north_committee.uid)
    answer = log_in(people.office).post("/admin/units/new", data=typed)
    assert answer.status_code == 422
    assert 'id="f-name-fault"' in answer.text
    for kept in ('value="梨坪"', 'value="王主任"', 'value="is_key" checked', 'value="31.8"'):
        assert kept in answer.text
    assert f'value="{typed["parent"]}" checked' in answer.text
    assert f'value="{people.terms.north_county.uid}" selected' in answer.text


def test_without_scripts_the_search_for_a_parent_keeps_the_form(people: Cast, log_in: Any) -> None:
    typed = sent(people, name="", contact="王主任", find="1", parent_q="农业农村")
    answer = log_in(people.office).post("/admin/units/new", data=typed)
    assert answer.status_code == 200
    assert str(people.units.agency.uid) in answer.text
    assert 'value="王主任"' in answer.text
    assert 'class="fault"' not in answer.text


def test_two_admins_at_once_see_both_texts_and_the_second_can_go_on(people: Cast, log_in: Any) -> None:
    office, admin, unit = log_in(people.office), log_in(people.admin), people.units.stones
    address, typed = f"/admin/units/{unit.uid}", sent(people, name="青石坳村", version="1")
    assert office.post(address, data={**typed, "contact": "王主任"}).status_code == 303
    late = admin.post(address, data={**typed, "contact": "李主任"})
    assert late.status_code == 409
    assert "王主任" in late.text
    assert "李主任" in late.text
    assert 'name="version" value="2"' in late.text
    assert admin.post(address, data={**typed, "contact": "李主任", "version": "2"}).status_code == 303
    assert Unit.get_by_id(unit.id).contact == "李主任"


def test_a_unit_taken_out_of_use_is_marked_and_can_come_back(people: Cast, log_in: Any) -> None:
    client, unit = log_in(people.office), people.units.stones
    client.post(f"/admin/units/{unit.uid}/activity", data={"active": "0", "version": "1"})
    assert not Unit.get_by_id(unit.id).is_active
    assert "已停用" in client.get(f"/admin/units/{unit.uid}").text
    client.post(f"/admin/units/{unit.uid}/activity", data={"active": "1", "version": "2"})
    assert Unit.get_by_id(unit.id).is_active
    assert [entry.action for entry in journal.history(unit.uid)] == ["unit.deactivated", "unit.activated"]


def test_the_list_narrows_by_text_area_type_and_use(people: Cast, log_in: Any) -> None:
    client = log_in(people.office)
    actions.set_activity(people.admin, people.units.agency, is_active=False)

    def listed(**asked: Any) -> set[str]:
        page = client.get("/admin/units/", query_string=asked).text
        return {unit.name for unit in Unit.select() if f">{unit.name}</a>" in page}

    assert len(listed()) == 6
    assert listed(q="青石") == {"青石坳村"}
    assert listed(area=people.terms.north.uid) == {"青石坳村", "北峰县直机关工委"}
    assert listed(type=people.terms.window.uid) == {"东屏区人民医院"}
    assert listed(state="off") == {"市农业农村局"}
    assert listed(area="nonsense") == set()


def test_a_long_list_is_read_page_by_page_without_gap_or_repeat(people: Cast) -> None:
    for number in range(120):
        actions.add(people.admin, columns(people, name=f"第{number}村"))
    seen: list[str] = []
    cursor = None
    while True:
        found = queries.unit_page({}, cursor)
        seen += [unit.name for unit in found]
        cursor = found.next
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 126
    assert [name for name in seen if name.startswith("第")] == [f"第{number}村" for number in range(120)]


def test_there_is_no_unit_of_another_uid(app: Any) -> None:
    with pytest.raises(NotFound):
        queries.unit_of(uuid7())
