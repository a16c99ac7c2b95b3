"""The settings of the whole site: what the footer, the login page and the briefings say."""

from typing import Any

import pytest

from fieldwork import journal, site
from tests.support.cast import Cast

SENT = {
    "name": "清垣市基层调研系统",
    "organ": "中共清垣市委市直机关工委",
    "masthead": "清垣机关党建",
    "host_organ": "市直机关工委办公室",
    "filing_no": "川ICP备00000000号",
    "support_phone": "0800-1234567",
    "version": "0",
}


def test_what_the_office_sets_stands_on_every_page(people: Cast, log_in: Any) -> None:
    assert log_in(people.office).post("/admin/settings", data=SENT).status_code == 303
    page = log_in(None).get("/login").text
    for key in ("name", "organ", "host_organ", "filing_no", "support_phone"):
        assert SENT[key] in page
    assert site.settings()["masthead"] == "清垣机关党建"
    entry = journal.AuditEntry.select().order_by(journal.AuditEntry.id.desc()).first()
    assert (entry.action, entry.detail["masthead"]) == ("settings.changed", ["", "清垣机关党建"])


def test_an_emptied_setting_goes_back_to_what_it_was(people: Cast, log_in: Any) -> None:
    client = log_in(people.office)
    client.post("/admin/settings", data=SENT)
    client.post("/admin/settings", data={"version": "1"})
    assert site.settings()["name"] == "基层调研与典型案例"


def test_two_who_change_them_at_once_see_both(people: Cast, log_in: Any) -> None:
    log_in(people.office).post("/admin/settings", data=SENT)
    late = log_in(people.admin).post("/admin/settings", data={**SENT, "name": "另一个名称"})
    assert late.status_code == 409
    assert "另一个名称" in late.text
    assert SENT["name"] in late.text
    assert 'name="version" value="1"' in late.text
    assert people.office.name in late.text
    assert site.settings()["name"] == SENT["name"]


@pytest.mark.parametrize(
    ("field", "value"), [("name", "长" * 51), ("masthead", "长" * 21), ("support_phone", "请打电话")]
)
def test_what_cannot_be_is_said_at_its_field(field: str, value: str, people: Cast, log_in: Any) -> None:
    answer = log_in(people.office).post("/admin/settings", data={**SENT, field: value})
    assert answer.status_code == 422
    assert f'id="f-{field}-fault"' in answer.text
    assert value in answer.text


def test_markup_in_a_setting_is_only_text(people: Cast, log_in: Any) -> None:
    log_in(people.office).post("/admin/settings", data={**SENT, "host_organ": "<script>alert(1)</script>"})
    assert "<script>alert" not in log_in(None).get("/login").text
