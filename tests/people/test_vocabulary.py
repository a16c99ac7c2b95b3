"""Vocabularies: data with years, edited by the office, never deleted."""

from typing import Any

import pytest

from fieldwork import journal
from fieldwork.core.schemas import read
from fieldwork.errors import Conflict
from fieldwork.people import queries
from fieldwork.people.models import TERM_KINDS, Term, Unit
from fieldwork.people.reach import reach_of
from fieldwork.people.vocabulary import actions, checks
from fieldwork.people.vocabulary import queries as asked
from fieldwork.people.vocabulary.schemas import TermIn
from tests.support.cast import Cast

SLUGS = [kind.replace("_", "-") for kind in TERM_KINDS]


def objections(kind: str, term: Term | None = None, **sent: Any) -> dict[str, list[str]]:
    form, errors = read(TermIn, {"name": "新词条", **sent})
    return errors if form is None else checks.checked(kind, form, term)[1]


def columns(kind: str, term: Term | None = None, **sent: Any) -> checks.Columns:
    form, errors = read(TermIn, {"name": "新词条", **sent})
    assert form is not None, errors
    values, found = checks.checked(kind, form, term)
    assert found == {}
    return values


def names(kind: str) -> list[str]:
    return [term.name for term, _, _ in asked.listed(kind)]


# --- years


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [(None, None, {2015, 2026, 2099}), (2020, None, {2026, 2099}), (None, 2020, {2015}), (2026, 2026, {2026})],
)
def test_an_entry_is_offered_in_its_years_only(
    first: int | None, last: int | None, years: set[int], people: Cast
) -> None:
    actions.add(people.office, "programme", columns("programme", name="挂包帮", first_year=first, last_year=last))
    offered = {
        year for year in (2015, 2026, 2099) if "挂包帮" in [t.name for t in queries.terms_in_use("programme", year)]
    }
    assert offered == years


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        ("name", {"name": ""}), ("name", {"name": "长" * 101}), ("first_year", {"first_year": "今年"}),
        ("first_year", {"first_year": "1900"}), ("last_year", {"first_year": "2026", "last_year": "2025"}),
        ("role", {"role": "king"}), ("parent", {"parent": "nonsense"}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_its_field(field: str, sent: dict[str, str], people: Cast) -> None:
    assert field in objections("area", **sent)


# --- trees


def test_a_new_county_stands_below_its_district(people: Cast) -> None:
    actions.add(people.office, "area", columns("area", name="云坪县", parent=str(people.terms.north.uid)))
    assert names("area") == ["北部片", "北峰县", "云坪县", "东部片", "东屏区"]


def test_a_reviewer_of_the_district_reaches_a_new_county_at_once(people: Cast) -> None:
    added = actions.add(
        people.office, "area", columns("area", name="云坪县", parent=str(people.terms.north_county.uid))
    )
    assert added.id in reach_of(people.county).area_ids


def test_categories_have_two_levels_and_no_third(people: Cast) -> None:
    assert objections("category", parent=str(people.terms.rural.uid)) == {}
    assert objections("category", parent=str(people.terms.roads.uid)) == {"parent": ["最多分2级"]}
    other = actions.add(people.office, "category", columns("category", name="机关党建"))
    assert objections("category", people.terms.rural, parent=str(other.uid)) == {"parent": ["最多分2级"]}


def test_nothing_stands_below_itself(people: Cast) -> None:
    north, county = people.terms.north, people.terms.north_county
    assert "parent" in objections("area", north, parent=str(north.uid))
    assert "parent" in objections("area", north, parent=str(county.uid))


def test_a_vocabulary_of_one_level_takes_no_parent(people: Cast) -> None:
    assert columns("sector", parent=str(people.terms.health.uid))["parent"] is None
    assert asked.parents_of("sector") == []


def test_a_term_of_another_vocabulary_is_no_parent(people: Cast) -> None:
    assert "parent" in objections("area", parent=str(people.terms.rural.uid))


def test_one_name_stands_once_among_its_neighbours(people: Cast) -> None:
    assert "name" in objections("area", name="北部片")
    assert "name" in objections("area", name="北峰县", parent=str(people.terms.north.uid))
    assert objections("area", name="北峰县", parent=str(people.terms.east.uid)) == {}
    assert objections("sector", name="北部片") == {}
    assert objections("area", people.terms.north, name="北部片") == {}


def test_a_code_is_free_again_in_another_vocabulary(people: Cast) -> None:
    codes = [actions.add(people.office, kind, columns(kind, name="水务")).code for kind in ("sector", "programme")]
    assert codes == ["shuiwu", "shuiwu"]


# --- order, use, names


def test_entries_move_up_and_down_among_their_neighbours(people: Cast) -> None:
    actions.move(people.office, people.terms.east, -1)
    assert names("area") == ["东部片", "东屏区", "北部片", "北峰县"]
    actions.move(people.office, people.terms.east, -1)
    assert names("area") == ["东部片", "东屏区", "北部片", "北峰县"]
    actions.move(people.office, people.terms.east, 1)
    assert names("area") == ["北部片", "北峰县", "东部片", "东屏区"]


def test_an_entry_out_of_use_is_offered_no_more_but_keeps_its_records(people: Cast) -> None:
    actions.set_activity(people.office, people.terms.village, is_active=False)
    assert "村" not in [term.name for term in queries.terms_in_use("unit_type")]
    assert Unit.get_by_id(people.units.stones.id).unit_type.name == "村"
    held = queries.choices("unit_type", held=[people.terms.village.uid])["unit_type"]
    assert "村" in [name for _, name in held]
    assert "村" not in [name for _, name in queries.choices("unit_type")["unit_type"]]


def test_a_new_name_shows_everywhere_at_once_and_its_code_stays(people: Cast) -> None:
    changed = actions.change(
        people.office, people.terms.village, 1, columns("unit_type", people.terms.village, name="行政村")
    )
    assert (changed.name, changed.code) == ("行政村", "village")
    assert Unit.get_by_id(people.units.stones.id).unit_type.name == "行政村"
    assert journal.history(changed.uid)[-1].detail == {"name": ["村", "行政村"]}


def test_a_stage_names_whose_turn_it_is(people: Cast) -> None:
    assert objections("stage") == {"role": ["请选择由谁办理"]}
    added = actions.add(people.office, "stage", columns("stage", name="待复审", role="city"))
    assert added.role == "city"
    assert columns("sector", role="city")["role"] is None


def test_one_review_stage_always_remains(people: Cast) -> None:
    stages = queries.terms_of("stage")
    for stage in stages[1:]:
        actions.set_activity(people.office, stage, is_active=False)
    with pytest.raises(Conflict):
        actions.set_activity(people.office, stages[0], is_active=False)
    assert Term.get_by_id(stages[0].id).is_active


def test_a_select_shows_what_stands_below_what(people: Cast) -> None:
    assert queries.term_options("area")[:2] == [("north", "北部片"), ("north-county", "北部片 / 北峰县")]
    assert ("roads", "乡村与基层 / 基础设施") in queries.term_options("category")


# --- pages


@pytest.mark.parametrize("slug", SLUGS)
def test_every_vocabulary_has_its_page(slug: str, people: Cast, log_in: Any) -> None:
    client = log_in(people.office)
    page = client.get(f"/admin/terms/{slug}/")
    assert page.status_code == 200
    added = client.post(f"/admin/terms/{slug}/", data={"name": "新词条", "role": "city", "first_year": "2026"})
    assert added.status_code == 303
    assert "新词条" in client.get(added.location).text
    assert "2026年起" in client.get(added.location).text


def test_there_is_no_page_for_a_vocabulary_nobody_has(people: Cast, log_in: Any) -> None:
    assert log_in(people.office).get("/admin/terms/nonsense/").status_code == 404


def test_a_mistake_keeps_what_was_typed(people: Cast, log_in: Any) -> None:
    answer = log_in(people.office).post("/admin/terms/area/", data={"name": "北部片", "first_year": "2026"})
    assert answer.status_code == 422
    assert 'id="f-name-fault"' in answer.text
    assert 'value="2026"' in answer.text


def test_two_who_rename_at_once_see_both_names(people: Cast, log_in: Any) -> None:
    address = f"/admin/terms/{people.terms.village.uid}"
    assert log_in(people.office).post(address, data={"name": "行政村", "version": "1"}).status_code == 303
    late = log_in(people.admin).post(address, data={"name": "村庄", "version": "1"})
    assert late.status_code == 409
    assert "行政村" in late.text
    assert "村庄" in late.text
    assert Term.get_by_id(people.terms.village.id).name == "行政村"


def test_the_office_reorders_and_stops_entries_on_the_page(people: Cast, log_in: Any) -> None:
    client = log_in(people.office)
    client.post(f"/admin/terms/{people.terms.east.uid}/place", data={"to": "up"})
    client.post(f"/admin/terms/{people.terms.east.uid}/place", data={"to": "sideways"})
    assert names("area")[0] == "东部片"
    client.post(f"/admin/terms/{people.terms.east_county.uid}/activity", data={"active": "0", "version": "1"})
    assert "已停用" in client.get("/admin/terms/area/").text
