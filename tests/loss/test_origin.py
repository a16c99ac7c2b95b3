"""What was found on a visit does not stay behind when the visit gets another id, or is thrown away on the phone."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.loss.desk import ask
from tests.loss.phone import Phone
from tests.loss.program import Program

VISIT, PROBLEM = "进村看了水渠", "末级渠道淤塞"


@pytest.fixture
def mine(phone: Any, line: Any, server: Any) -> Phone:
    """A phone with a visit whose id is another person's by now, and a problem that was found on it."""
    cadre: Phone = phone("xiaolin")
    cadre.open()
    line.lose_request("(PUT|POST|PATCH|HEAD) /api/v1/", times=None)
    cadre.write(VISIT)
    cadre.page.get_by_role("button", name="＋ 其中的问题").click()
    cadre.page.wait_for_url("**/problems/new*")
    expect(cadre.page.locator("form[data-ready]")).to_be_attached()
    cadre.page.locator("textarea[name=text]").fill(PROBLEM)
    cadre.save()
    other = Program(server.address, "stranger")
    taken = other.body("另一条走访", unit=other.unit("东屏区人民医院")) | {"id": cadre.entry(VISIT)["record"]}
    assert other.put(taken).status_code == 201
    line.good()
    cadre.send()
    cadre.arrive(VISIT, "blocked")
    cadre.wait(lambda: cadre.trouble(PROBLEM) == "visit")
    return cadre


def row(mine: Phone, text: str) -> Any:
    return mine.page.locator("[data-entry]", has_text=text)


def test_saved_under_a_new_id_the_visit_takes_along_what_was_found_on_it(mine: Phone, server: Any) -> None:
    row(mine, VISIT).get_by_role("button", name="另存为新记录").click()
    visit = mine.arrive(VISIT)["record"]
    assert mine.arrive(PROBLEM)["body"]["visit"] == visit
    linked = "SELECT v.text FROM problem p JOIN visit v ON v.id = p.visit_id"
    assert ask(server.folder, linked) == [(VISIT,)]


def test_without_its_visit_it_can_be_sent_alone(mine: Phone, server: Any) -> None:
    mine.page.once("dialog", lambda dialog: dialog.accept())
    row(mine, VISIT).get_by_role("button", name="删去").click()
    mine.wait(lambda: mine.find(VISIT) is None)
    mine.send()
    mine.arrive(PROBLEM, "blocked")
    expect(row(mine, PROBLEM).locator("[data-why]")).to_contain_text("走访")
    row(mine, PROBLEM).get_by_role("button", name="不带来源发送").click()
    mine.arrive(PROBLEM)
    assert ask(server.folder, "SELECT text, visit_id FROM problem") == [(PROBLEM, None)]
