"""Units and users from sheets: first a look without writing, then all of it or nothing."""

import html
import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from fieldwork import journal
from fieldwork.errors import Conflict
from fieldwork.people import passwords, queries
from fieldwork.people.importing import actions
from fieldwork.people.importing.plans import Plan, read_plan
from fieldwork.people.models import Unit, User
from tests.people.sheets import raw_sheet, sheet
from tests.support.cast import Cast

TOWN = {"name": "松涧镇", "area": "北峰县", "unit_type": "市直机关"}
VILLAGE = {"name": "梨树坪村", "parent": "松涧镇", "area": "北峰县", "unit_type": "村", "is_key": "是"}
CADRE = {"name": "曾敏之", "username": "zengmz", "unit": "北峰县直机关工委", "roles": "干部"}


def plan(kind: str, *rows: dict[str, Any]) -> Plan:
    return read_plan(kind, sheet(kind, *rows))


def faults(kind: str, *rows: dict[str, Any]) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.words) for fault in plan(kind, *rows).faults]


# --- units


def test_units_are_added_each_below_the_one_it_belongs_to_in_whatever_order(people: Cast) -> None:
    hamlet = {"name": "三组", "parent": "梨树坪村", "area": "北峰县", "unit_type": "村"}
    made = actions.import_units(people.office, plan("units", hamlet, VILLAGE, TOWN).entries)
    assert len(made) == 3
    kept = Unit.get(Unit.name == "三组")
    assert (kept.parent.name, kept.parent.parent.name) == ("梨树坪村", "松涧镇")
    village = Unit.get(Unit.name == "梨树坪村")
    assert (village.is_key, village.is_window, village.area.name, village.initials) == (True, False, "北峰县", "lspc")


def test_a_unit_may_stand_below_one_that_is_there(people: Cast) -> None:
    actions.import_units(people.office, plan("units", {**VILLAGE, "parent": "北峰县直机关工委"}).entries)
    assert Unit.get(Unit.name == "梨树坪村").parent == people.units.north_committee


def test_every_mistake_is_named_by_its_row_and_column(people: Cast) -> None:
    found = faults(
        "units",
        TOWN,
        {**VILLAGE, "area": "南峰县"},
        {**VILLAGE, "name": "", "is_key": "也许"},
        {**VILLAGE, "name": "下渡口村", "parent": "没有的镇", "lat": "91", "lon": "105"},
        {**VILLAGE, "name": "青石坳村", "sort_key_override": "青石", "lat": "31.8"},
        {"name": "市农业农村局", "area": "东屏区", "unit_type": "乡政府"},
    )
    assert found == [
        (3, "片区", "没有“南峰县”这个片区，请先在词表中新增，或改用已有名称"),
        (4, "单位名称", "请填写这一项"),
        (4, "重点单位", "请填“是”或“否”"),
        (5, "纬度", "应在 -90 到 90 之间"),
        (5, "上级单位", "没有“没有的镇”这个单位"),
        (6, "经度", "纬度和经度要么都填，要么都不填"),
        (6, "拼音", "只能用字母和空格，如 zhong an zhen"),
        (7, "单位类型", "没有“乡政府”这个单位类型，请先在词表中新增，或改用已有名称"),
        (7, "单位名称", "已有同名单位"),
    ]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{**VILLAGE, "parent": "没有的镇"}], "没有“没有的镇”这个单位"),
        ([TOWN, VILLAGE, VILLAGE], "与第 3 行重复"),
        ([{**TOWN, "parent": "梨树坪村"}, VILLAGE], "上级单位绕成了一圈"),
        ([{**TOWN, "parent": "松涧镇"}], "上级单位绕成了一圈"),
        ([], "表里没有可导入的行"),
    ],
)
def test_what_cannot_be_among_the_rows_is_said(rows: list[dict[str, Any]], words: str, people: Cast) -> None:
    assert words in [said for _, _, said in faults("units", *rows)]


def test_a_name_that_stands_for_two_is_told_apart_by_what_stands_above(people: Cast) -> None:
    actions.import_units(people.office, plan("units", TOWN, VILLAGE, {**VILLAGE, "parent": "东屏区人民医院"}).entries)
    below = {**VILLAGE, "name": "三组", "parent": "梨树坪村"}
    assert "不止一个" in faults("units", below)[0][2]
    actions.import_units(people.office, plan("units", {**below, "parent": "松涧镇/梨树坪村"}).entries)
    assert Unit.get(Unit.name == "三组").parent.parent.name == "松涧镇"


def test_an_area_may_be_written_with_its_district(people: Cast) -> None:
    assert faults("units", {**TOWN, "area": "北部片/北峰县"}) == []


def test_a_cell_that_looks_like_a_formula_is_text(people: Cast, log_in: Any) -> None:
    for name in ("'=1+1", "+86村", "-青石", "@村"):
        assert faults("units", {**TOWN, "name": name}) == []
    made = actions.import_units(people.office, plan("units", {**TOWN, "name": "@SUM(A1)村"}).entries)
    assert made[0].name == "@SUM(A1)村"


def test_a_real_formula_is_never_worked_out(people: Cast) -> None:
    assert faults("units", {**TOWN, "name": "=1+1"}) == [(2, "单位名称", "请填写这一项")]


def test_a_number_in_a_text_cell_is_its_digits(people: Cast) -> None:
    made = actions.import_units(people.office, plan("units", {**TOWN, "name": 110, "lat": 31.8, "lon": 105}).entries)
    assert (made[0].name, made[0].lat, made[0].lon) == ("110", 31.8, 105.0)


# --- files that are no sheets


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "这不是能读的 xlsx 表格"),
        (b"\0" * 1000, "这不是能读的 xlsx 表格"),
        ("姓名,用户名\n曾敏,zengmin".encode(), "这不是能读的 xlsx 表格"),
        (b"PK\x03\x04" + b"\0" * 100, "这不是能读的 xlsx 表格"),
        (b"PK" + b"x" * 5_000_001, "文件太大"),
    ],
    ids=["empty", "nul", "csv", "broken zip", "oversize"],
)
def test_a_file_that_is_no_sheet_is_refused_in_words(content: bytes, words: str, people: Cast, log_in: Any) -> None:
    answer = upload(log_in(people.office), "units", io.BytesIO(content))
    assert answer.status_code == 422
    assert words in answer.text


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(people: Cast, log_in: Any) -> None:
    assert upload(log_in(people.office), "units", io.BytesIO(b"0" * 6_000_000)).status_code == 413


def test_a_sheet_of_something_else_is_refused_in_words(people: Cast) -> None:
    said = [fault.words for fault in read_plan("units", raw_sheet([["日期", "金额"], ["2026", "100"]])).faults]
    assert said == ["没有找到列名，请使用模板"]
    missing = [fault.column for fault in read_plan("units", raw_sheet([["单位名称"], ["松涧镇"]])).faults]
    assert "片区" in missing


def test_two_thousand_rows_are_the_most(people: Cast) -> None:
    rows = [{**TOWN, "name": f"第{number}镇"} for number in range(2001)]
    assert [said for _, _, said in faults("units", *rows)] == ["一次最多 2000 行，请分几次导入"]


# --- users


def test_users_get_their_roles_and_a_password_each(people: Cast) -> None:
    second = {
        "name": "单青青",
        "username": "ＳhanQQ",
        "unit": "青石坳村",
        "roles": "干部，县级审核员",
        "scopes": "北峰县、民生保障",
    }
    made = actions.import_users(people.admin, plan("users", CADRE, second).entries)
    assert len({one.password for one in made}) == 2
    assert all(passwords.is_right(one.password, one.user.password_hash) for one in made)
    user = User.get(User.username == "shanqq")
    assert (user.unit, user.must_change_password, user.sort_key) == (people.units.stones, True, "shan0qing0qing")
    held = {(grant.role, grant.display_scope) for grant in queries.grants_of(user)}
    assert held == {("cadre", "本单位"), ("county", "北峰县"), ("county", "民生保障")}
    acts = journal.AuditEntry.select().where(journal.AuditEntry.action == "user.imported")
    assert [entry.detail for entry in acts] == [{"count": 2}]


def test_every_mistake_of_a_user_is_named(people: Cast) -> None:
    found = faults(
        "users",
        {**CADRE, "username": "xiaolin"},
        {**CADRE, "unit": "没有的单位"},
        CADRE,
        {**CADRE, "username": "林岚", "roles": "书记"},
        {**CADRE, "username": "second", "roles": "书记、县级审核员"},
        {**CADRE, "username": "third", "roles": "县级审核员", "scopes": "南峰县"},
    )
    assert found == [
        (2, "用户名", "这个用户名已经有人用了"),
        (3, "单位", "没有“没有的单位”这个单位"),
        (4, "用户名", "与第 3 行的用户名重复"),
        (5, "用户名", "用户名由 2 至 64 个小写字母、数字或 . _ - 组成，以字母或数字开头"),
        (5, "角色", "没有“书记”这个角色"),
        (6, "角色", "没有“书记”这个角色"),
        (6, "范围", "县级审核员要填片区或系统"),
        (7, "范围", "没有“南峰县”这个片区或系统"),
    ]


# --- all or nothing


def test_when_the_last_row_fails_nothing_is_written(people: Cast) -> None:
    entries = plan("users", CADRE, {**CADRE, "username": "second"}).entries
    User.create(username="second", name="先来的", unit=people.units.stones, password_hash="")
    before = (User.select().count(), journal.AuditEntry.select().count())
    with pytest.raises(Conflict):
        actions.import_users(people.admin, entries)
    assert (User.select().count(), journal.AuditEntry.select().count()) == before


# --- pages


def upload(client: FlaskClient, kind: str, file: io.BytesIO, name: str = "表.xlsx") -> Any:
    data = {"file": (file, name)}
    return client.post(f"/admin/imports/{kind}/", data=data, content_type="multipart/form-data")


def carried(page: str) -> str:
    return html.unescape(re.search(r'name="rows" value="([^"]*)"', page)[1])  # type: ignore[index]


def test_the_office_looks_first_and_writes_then(people: Cast, log_in: Any) -> None:
    client = log_in(people.office)
    preview = upload(client, "units", sheet("units", TOWN, VILLAGE))
    assert preview.status_code == 200
    assert "将新增 2 个单位" in preview.text
    assert "松涧镇" in preview.text
    assert Unit.select().count() == 6
    done = client.post("/admin/imports/units/confirmation", data={"rows": carried(preview.text)})
    assert (done.status_code, done.location) == (303, "/admin/units/")
    assert Unit.select().count() == 8
    assert "已导入 2 个单位" in client.get("/admin/units/").text


def test_a_sheet_with_mistakes_cannot_be_confirmed(people: Cast, log_in: Any) -> None:
    preview = upload(log_in(people.office), "units", sheet("units", TOWN, {**VILLAGE, "area": "南峰县"}))
    assert preview.status_code == 422
    assert "<td>3</td><td>片区</td>" in preview.text
    assert 'name="rows"' not in preview.text


def test_what_changed_between_looking_and_writing_is_found(people: Cast, log_in: Any) -> None:
    client = log_in(people.office)
    rows = carried(upload(client, "units", sheet("units", TOWN)).text)
    assert client.post("/admin/imports/units/confirmation", data={"rows": rows}).status_code == 303
    again = client.post("/admin/imports/units/confirmation", data={"rows": rows})
    assert again.status_code == 422
    assert "已有同名单位" in again.text
    assert Unit.select().where(Unit.name == "松涧镇").count() == 1


def test_rows_checked_for_one_person_are_worthless_for_another(people: Cast, log_in: Any) -> None:
    rows = carried(upload(log_in(people.office), "units", sheet("units", TOWN)).text)
    for forged in (rows, "x", "", rows[:-3]):
        answer = log_in(people.admin).post("/admin/imports/units/confirmation", data={"rows": forged})
        assert answer.status_code == 422
        assert "请重新上传" in answer.text
    assert Unit.select().count() == 6


def test_the_admin_gets_the_passwords_of_imported_users_as_a_sheet(people: Cast, log_in: Any) -> None:
    client = log_in(people.admin)
    rows = carried(upload(client, "users", sheet("users", CADRE)).text)
    done = client.post("/admin/imports/users/confirmation", data={"rows": rows})
    assert "只显示这一次" in done.text
    got = client.post("/admin/imports/users/passwords.xlsx", data={"rows": carried(done.text)})
    lines = list(load_workbook(io.BytesIO(got.data)).active.iter_rows(values_only=True))
    assert lines[0] == ("姓名", "用户名", "单位", "初始密码")
    assert lines[1][:3] == ("曾敏之", "zengmz", "北峰县直机关工委")
    assert log_in(None).post("/login", data={"username": "zengmz", "password": lines[1][3]}).location == "/me/password"


def test_the_office_may_not_import_users(people: Cast, log_in: Any) -> None:
    client = log_in(people.office)
    for method, address in (("GET", ""), ("POST", ""), ("GET", "template.xlsx"), ("POST", "confirmation")):
        assert client.open(f"/admin/imports/users/{address}", method=method).status_code == 403


@pytest.mark.parametrize("kind", ["units", "users"])
def test_the_template_is_what_the_import_reads(kind: str, people: Cast, log_in: Any) -> None:
    got = log_in(people.admin).get(f"/admin/imports/{kind}/template.xlsx")
    assert got.status_code == 200
    book = load_workbook(io.BytesIO(got.data))
    row = {"单位名称": "松涧镇", "片区": "北峰县", "单位类型": "村", "姓名": "曾敏之", "用户名": "zengmz"}
    row |= {"单位": "青石坳村", "角色": "干部"}
    for cell in book.active[1]:
        book.active.cell(2, cell.column, row.get(str(cell.value).rstrip("*")))
    filled = io.BytesIO()
    book.save(filled)
    filled.seek(0)
    assert read_plan(kind, filled).faults == []
    assert "北峰县" in str([cell.value for line in book["choices"].iter_rows() for cell in line])


def test_no_file_is_said_at_the_field(people: Cast, log_in: Any) -> None:
    answer = log_in(people.office).post("/admin/imports/units/", data={})
    assert answer.status_code == 422
    assert "请选择要导入的 xlsx 文件" in answer.text
