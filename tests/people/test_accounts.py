"""Accounts as the administrator keeps them: one-time passwords, several roles, closing, two admins at once."""

import logging
import re
from typing import Any

import pytest

from fieldwork import journal
from fieldwork.core.schemas import read
from fieldwork.errors import Conflict, Stale
from fieldwork.people import passwords, queries
from fieldwork.people.accounts import actions, checks
from fieldwork.people.accounts import queries as asked
from fieldwork.people.accounts.schemas import AccountIn
from fieldwork.people.models import Grant, User
from tests.support.cast import Cast

NOBODYS = "01900000-0000-7000-8000-000000000000"


def sent(people: Cast, *grants: tuple[str, Any], **more: Any) -> dict[str, Any]:
    """What the form of an account sends; `grants` are pairs of a role and a term (or None)."""
    pairs = grants or (("cadre", None),)
    return {
        "name": "曾敏之",
        "username": "zengmz",
        "unit": str(people.units.north_committee.uid),
        "role": [role for role, _ in pairs] + [""],
        "scope": [str(term.uid) if term else "" for _, term in pairs] + [""],
        **more,
    }


def columns(people: Cast, *grants: Any, user: User | None = None, **more: Any) -> tuple[Any, Any]:
    form, errors = read(AccountIn, sent(people, *grants, **more))
    assert form is not None, errors
    values, granted, objections = checks.checked(form, user)
    assert objections == {}
    return values, granted


def objections(people: Cast, *grants: Any, **more: Any) -> dict[str, list[str]]:
    form, errors = read(AccountIn, sent(people, *grants, **more))
    return errors if form is None else checks.checked(form)[2]


# --- made


def test_a_new_account_opens_with_its_one_time_password_which_must_be_changed(people: Cast) -> None:
    made = actions.add(people.admin, *columns(people))
    user = User.get_by_id(made.user.id)
    assert passwords.is_right(made.password, user.password_hash)
    assert user.must_change_password
    assert (user.sort_key, user.pinyin, user.initials) == ("zeng0min0zhi", "zengminzhi", "zmz")
    entry = journal.history(user.uid)[-1]
    assert (entry.action, entry.detail["roles"]) == ("user.created", ["cadre"])
    assert made.password not in str(entry.detail)


def test_a_person_holds_several_roles_each_over_its_own_part(people: Cast) -> None:
    grants = (("county", people.terms.north_county), ("county", people.terms.health), ("cadre", None))
    user = actions.add(people.admin, *columns(people, *grants)).user
    held = [(grant.display_role, grant.display_scope) for grant in queries.grants_of(user)]
    assert held == [("县级审核员", "北峰县"), ("县级审核员", "民生保障"), ("干部", "本单位")]


def test_a_cadre_and_an_admin_are_never_bound_to_a_part(people: Cast) -> None:
    _, granted = columns(people, ("cadre", people.terms.north_county), ("admin", people.terms.health))
    assert [(grant["area"], grant["sector"]) for grant in granted] == [(None, None), (None, None)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""), ("name", "长" * 51), ("username", ""), ("username", "x"), ("username", "林岚"),
        ("username", "a b"), ("username", "../admin"), ("username", "xiaolin"), ("username", "XIAOLIN"),
        ("unit", ""), ("unit", NOBODYS), ("role", []), ("role", ["", ""]), ("role", ["king"]),
        ("phone", "1" * 21), ("sort_key_override", "曾"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_its_field(field: str, value: Any, people: Cast) -> None:
    assert field in objections(people, **{field: value})


def test_a_county_reviewer_needs_a_county_or_a_sector(people: Cast) -> None:
    assert objections(people, ("county", None)) == {"role": ["县级审核员要选定片区或系统"]}


def test_one_role_over_one_part_is_said_once(people: Cast) -> None:
    twice = ("county", people.terms.north_county)
    assert "role" in objections(people, twice, twice)


def test_a_part_must_be_an_area_or_a_sector(people: Cast) -> None:
    assert "role" in objections(people, ("county", people.terms.village))
    assert "scope" in objections(people, role=["county"], scope=["nonsense"])


# --- changed


def test_a_change_of_roles_is_written_down_and_holds_from_the_next_request(people: Cast, log_in: Any) -> None:
    client = log_in(people.laoma)
    assert client.get("/admin/").status_code == 403
    values, granted = columns(people, ("office", None), user=people.laoma, username="laoma", name="马骁")
    actions.change(people.admin, people.laoma, 1, values, granted)
    assert client.get("/admin/").status_code == 200
    entry = journal.history(people.laoma.uid)[-1]
    assert entry.detail["role"] == ["干部（本单位）、责任单位（本单位）", "办公室（全市）"]


def test_the_second_of_two_admins_is_refused_and_no_role_is_touched(people: Cast) -> None:
    first = columns(people, ("cadre", None), user=people.laoma, username="laoma", post="科长")
    actions.change(people.admin, people.laoma, 1, *first)
    with pytest.raises(Stale) as refused:
        late = columns(people, ("admin", None), user=people.laoma, username="laoma", post="处长")
        actions.change(people.admin, asked.account_of(people.laoma.uid), 1, *late)
    assert (refused.value.record.post, refused.value.yours["post"]) == ("科长", "处长")
    assert [grant.role for grant in queries.grants_of(people.laoma)] == ["cadre"]


def test_somebody_must_always_be_able_to_administer(people: Cast, log_in: Any) -> None:
    values = columns(people, ("cadre", None), user=people.admin, username="admin")
    with pytest.raises(Conflict):
        actions.change(people.admin, people.admin, 1, *values)
    assert Grant.select().where(Grant.role == "admin").count() == 1
    typed = sent(people, ("cadre", None), username="admin", name="何静", version="1", post="主任科员")
    answer = log_in(people.admin).post(f"/admin/users/{people.admin.uid}", data=typed)
    assert answer.status_code == 422
    assert "至少要有一名管理员" in answer.text
    assert 'value="主任科员"' in answer.text


def test_a_person_may_stop_administering_when_another_does(people: Cast) -> None:
    Grant.create(user=people.office, role="admin")
    values = columns(people, ("cadre", None), user=people.admin, username="admin")
    actions.change(people.admin, people.admin, 1, *values)
    assert Grant.select().where(Grant.role == "admin").count() == 1


# --- reset, closed, opened


def test_a_reset_password_logs_the_person_out_and_opens_once(people: Cast, log_in: Any) -> None:
    client = log_in(people.xiaolin)
    made = actions.reset_password(people.admin, people.xiaolin)
    assert client.get("/me/").status_code == 303
    assert passwords.is_right(made.password, User.get_by_id(people.xiaolin.id).password_hash)
    assert User.get_by_id(people.xiaolin.id).must_change_password
    assert journal.history(people.xiaolin.uid)[-1].action == "user.password_reset"


def test_a_closed_account_keeps_its_name_on_what_it_recorded(people: Cast) -> None:
    actions.set_activity(people.admin, people.xiaolin, is_active=False)
    assert not User.get_by_id(people.xiaolin.id).is_active
    actions.set_activity(people.admin, people.xiaolin, is_active=True)
    acts = [entry.action for entry in journal.history(people.xiaolin.uid)]
    assert acts == ["user.deactivated", "user.activated"]


def test_nobody_closes_their_own_account(people: Cast, log_in: Any) -> None:
    answer = log_in(people.admin).post(f"/admin/users/{people.admin.uid}/activity", data={"active": "0"})
    assert answer.status_code == 409
    assert "不能停用自己的账号" in answer.text


def test_the_last_admin_is_not_closed_by_somebody_else_either(people: Cast) -> None:
    Grant.create(user=people.office, role="admin")
    Grant.delete().where(Grant.user == people.office).execute()
    with pytest.raises(Conflict):
        actions.set_activity(people.office, people.admin, is_active=False)
    assert User.get_by_id(people.admin.id).is_active


# --- pages


def test_the_admin_makes_an_account_and_sees_its_password_once(people: Cast, log_in: Any) -> None:
    client = log_in(people.admin)
    answer = client.post("/admin/users/new", data=sent(people, ("county", people.terms.north_county)))
    shown = re.search(r"(?<=>)[A-Za-z2-9]{4}-[A-Za-z2-9]{4}-[A-Za-z2-9]{4}(?=<)", answer.text)
    assert shown
    newcomer = log_in(None)
    entered = newcomer.post("/login", data={"username": "zengmz", "password": shown[0]})
    assert entered.location == "/me/password"
    user = User.get(User.username == "zengmz")
    assert shown[0] not in client.get(f"/admin/users/{user.uid}").text


def test_a_mistake_keeps_everything_typed_the_roles_too(people: Cast, log_in: Any) -> None:
    typed = sent(people, ("county", people.terms.north_county), ("leader", None), username="", post="科长")
    answer = log_in(people.admin).post("/admin/users/new", data=typed)
    assert answer.status_code == 422
    assert 'id="f-username-fault"' in answer.text
    assert 'value="科长"' in answer.text
    assert 'value="county" selected' in answer.text
    assert f'value="{people.terms.north_county.uid}" selected' in answer.text
    assert 'value="leader" selected' in answer.text
    assert f'value="{people.units.north_committee.uid}" checked' in answer.text


def test_two_admins_at_once_see_both_texts_roles_included(people: Cast, log_in: Any) -> None:
    address = f"/admin/users/{people.laoma.uid}"
    first = sent(people, ("office", None), username="laoma", version="1")
    late = sent(people, ("county", people.terms.north_county), username="laoma", version="1")
    client = log_in(people.admin)
    assert client.post(address, data=first).status_code == 303
    answer = client.post(address, data=late)
    assert answer.status_code == 409
    assert "办公室（全市）" in answer.text
    assert "县级审核员（北峰县）" in answer.text
    assert answer.text.count('name="role"') == 2
    assert client.post(address, data={**late, "version": "2"}).status_code == 303
    assert [grant.role for grant in queries.grants_of(people.laoma)] == ["county"]


def test_without_scripts_the_search_for_a_unit_keeps_the_form(people: Cast, log_in: Any) -> None:
    typed = sent(people, username="", find="1", unit_q="农业农村")
    answer = log_in(people.admin).post("/admin/users/new", data=typed)
    assert answer.status_code == 200
    assert str(people.units.agency.uid) in answer.text
    assert 'value="曾敏之"' in answer.text


def test_saving_a_form_unchanged_changes_nothing(people: Cast, log_in: Any) -> None:
    before = [(grant.role, grant.area_id, grant.sector_id) for grant in queries.grants_of(people.county)]
    form = asked.form_of(people.county)
    data = {**form, "unit": str(form["unit"]), "scope": [str(scope) for scope in form["scope"]], "version": "1"}
    assert log_in(people.admin).post(f"/admin/users/{people.county.uid}", data=data).status_code == 303
    assert [(grant.role, grant.area_id, grant.sector_id) for grant in queries.grants_of(people.county)] == before
    assert journal.history(people.county.uid)[-1].detail == {}


@pytest.mark.parametrize(
    ("q", "found"), [("曾", "曾敏"), ("敏", "曾敏"), ("county", "曾敏"), ("zm", "曾敏"), ("zengm", "曾敏")]
)
def test_people_are_found_by_name_username_and_pinyin(q: str, found: str, people: Cast, log_in: Any) -> None:
    values = columns(people, ("county", people.terms.north_county), user=people.county, username="county", name="曾敏")
    actions.change(people.admin, people.county, 1, *values)
    page = log_in(people.admin).get("/admin/users/", query_string={"q": q}).text
    assert f">{found}</a>" in page
    assert ">林岚</a>" not in page


def test_people_are_listed_by_role_and_by_use(people: Cast, log_in: Any) -> None:
    client = log_in(people.admin)
    actions.set_activity(people.admin, people.laoma, is_active=False)
    leaders = client.get("/admin/users/?role=leader").text
    assert ">唐岩</a>" in leaders
    assert ">林岚</a>" not in leaders
    closed = client.get("/admin/users/?state=off").text
    assert ">马骁</a>" in closed
    assert ">林岚</a>" not in closed


def test_the_list_asks_the_database_no_more_for_forty_people_than_for_ten(
    people: Cast, log_in: Any, caplog: pytest.LogCaptureFixture
) -> None:
    client = log_in(people.admin)

    def queries_of_the_page() -> int:
        caplog.clear()
        with caplog.at_level(logging.DEBUG, "peewee"):
            assert client.get("/admin/users/").status_code == 200
        return len(caplog.records)

    few = queries_of_the_page()
    for number in range(30):
        actions.add(people.admin, *columns(people, ("county", people.terms.north_county), username=f"more{number}"))
    assert queries_of_the_page() == few


def test_surnames_sort_as_they_are_read(people: Cast) -> None:
    for number, name in enumerate(("曾一", "单二", "解三", "仇四", "区五", "盖六", "赵七")):
        actions.add(people.admin, *columns(people, name=name, username=f"sorted{number}"))
    listed = [user.name for user in asked.account_page({"q": "sorted"}, None)]
    assert listed == ["盖六", "区五", "仇四", "单二", "解三", "曾一", "赵七"]
