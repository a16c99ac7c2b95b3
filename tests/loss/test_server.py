"""Rows 46, 50, 51, 53: what the server makes of what comes, and when something may go or be told."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import expect

from fieldwork.photos import expecting
from tests.api.calling import Phone as Caller
from tests.api.calling import body_of
from tests.api.calling import photo as listed
from tests.loss.desk import Desk, ask
from tests.loss.phone import picture
from tests.loss.program import sha256

SHUFFLES = 20
GONE = "原来选的（现已停用）"


def test_row_46_field_order_and_unknown_fields(program: Any, tried: Any) -> None:
    mine, photo = program("xiaolin"), picture(460)
    place = {"lat": 31.82, "lon": 105.62, "accuracy_m": 12.5}
    body = mine.body("字段换个顺序", "problem", [photo], place=place, programmes=["pairs"], urgency="urgent")
    mine.upload(photo)
    first = mine.put(body)
    chance = random.Random(46)
    for version in range(SHUFFLES):
        other = _shuffled({**body, "battery": version, "new_in_2031": {"a": [1, None]}}, chance)
        other["place"] = _shuffled({**place, "floor": 3}, chance)
        other["photos"] = [_shuffled({**one, "blur": 0.1}, chance) for one in body["photos"]]
        again = mine.put(_shuffled(other, chance))
        assert (again.status_code, again.json()) == (200, first.json())
    tried(SHUFFLES)
    held = mine.get(f"/problems/{body['id']}").json()
    assert (first.status_code, held["version"], held["text"], held["place"]) == (201, 1, body["text"], place)
    assert len(mine.listed("problems")) == 1


def test_row_50_nothing_is_deleted_for_good_before_thirty_days(server: Any, program: Any) -> None:
    mine, photo = program("xiaolin"), picture(500)
    thrown, kept = mine.body("扔进回收站的", photos=[photo]), mine.body("一直在的")
    for body in (thrown, kept):
        mine.put(body)
    mine.upload(photo)
    Desk(server.address, "xiaolin").submit(f"/visits/{thrown['id']}", "/trash")
    assert mine.put(thrown).status_code == 410

    _thrown_away_days_ago(server, 29)
    assert server.command("purge").returncode == 0
    assert _texts(server) == ["一直在的", "扔进回收站的"]
    Desk(server.address, "xiaolin").submit("/trash/", "/return")  # it can still be put back, as it was
    assert mine.get(f"/visits/{thrown['id']}").json()["text"] == "扔进回收站的"
    assert sha256(mine.photo(sha256(photo))) == sha256(photo)

    Desk(server.address, "xiaolin").submit(f"/visits/{thrown['id']}", "/trash")
    _thrown_away_days_ago(server, 31)
    assert server.command("purge").returncode == 0
    assert _texts(server) == ["一直在的"]
    assert mine.put(thrown).status_code == 410  # an old phone is told so, and keeps its copy
    assert server.command("verify").returncode == 0


def test_row_51_events_only_when_a_record_is_complete(app: Any, people: Any) -> None:
    mine, photos = Caller(app, people.xiaolin), [picture(510), picture(511)]
    heard: list[tuple[str, int]] = []

    def listener(record: Any) -> None:
        heard.append((str(record.uid), len(expecting.expected_of(record.kind, record.id))))

    expecting.on_completion(listener)
    try:
        body = body_of("visit", people.units.stones, photos=[listed(sha256(photo)) for photo in photos])
        assert mine.put(body).json["photos_missing"] == [sha256(photo) for photo in photos]
        mine.send_photo(photos[0])
        mine.put(body)
        assert heard == []
        mine.send_photo(photos[1])
        assert heard == [(body["id"], 0)]
        assert mine.put(body).json["photos_missing"] == []
        assert heard == [(body["id"], 0)]  # the receipt asked for again is no second event
    finally:
        expecting._listeners.remove(listener)


def test_row_53_a_unit_programme_or_category_gone_while_in_use(
    phone: Any, line: Any, server: Any, program: Any
) -> None:
    mine = phone("xiaolin")
    line.lose_request("(PUT|POST|PATCH|HEAD) /api/v1/", times=None)
    mine.open("problem")
    mine.write("写的时候单位和载体都还在")
    _tick(mine.page, "pairs")
    mine.save()
    mine.open("problem")
    mine.write("写的时候分类还在")
    _choose(mine.page, "category", "roads")
    mine.save()
    ask(server.folder, "UPDATE unit SET is_active = 0 WHERE name = '青石坳村'")
    ask(server.folder, "UPDATE term SET last_year = 2020 WHERE code = 'pairs'")
    ask(server.folder, "DELETE FROM term WHERE code = 'roads'")
    line.good()
    mine.send()

    mine.arrive("写的时候单位和载体都还在")
    held = program("xiaolin").listed("problems")
    assert [(one["unit_name"], one["programmes"]) for one in held] == [("青石坳村", ["pairs"])]

    mine.arrive("写的时候分类还在", "blocked")
    row = mine.page.locator("[data-entry]", has_text="写的时候分类还在")
    expect(row.locator("[data-why]")).to_have_text("没有收下：没有这个类别，请重新选择")
    _forget_pages(mine.page)
    row.locator("[data-open]").click()
    expect(mine.page.locator("form[data-ready]")).to_be_attached()
    expect(mine.page.locator("select[name=category] option:checked")).to_have_text(GONE)  # the page is of today
    expect(mine.page.locator("#f-category-fault")).to_have_text("没有这个类别，请重新选择")
    expect(mine.page.locator("textarea[name=text]")).to_have_value("写的时候分类还在")
    _choose(mine.page, "category", "rural")
    mine.save()
    mine.arrive("写的时候分类还在")

    mine.open("problem")
    mine.write("草稿里选的分类后来停用了", unit="")
    mine.page.locator("[data-units] label.chip").first.click()
    _choose(mine.page, "category", "rural")
    expect(mine.page.locator("[data-kept]")).to_contain_text("已存")
    assert ["category", "rural"] in mine.entry("草稿里选的分类后来停用了")["fields"]
    ask(server.folder, "UPDATE term SET last_year = 2020 WHERE code = 'rural'")
    _forget_pages(mine.page)
    mine.open("problem")
    expect(mine.page.locator("select[name=category] option:checked")).to_have_text(GONE)
    mine.save()
    mine.arrive("草稿里选的分类后来停用了")
    whole = [program("xiaolin").get(f"/problems/{one['id']}").json() for one in program("xiaolin").listed("problems")]
    assert sorted((one["text"], one["category"]) for one in whole) == [
        ("写的时候分类还在", "rural"),
        ("写的时候单位和载体都还在", ""),
        ("草稿里选的分类后来停用了", "rural"),
    ]


def _shuffled(fields: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    return dict(chance.sample(list(fields.items()), len(fields)))


def _thrown_away_days_ago(server: Any, days: int) -> None:
    at = datetime.now(UTC) - timedelta(days=days)
    ask(
        server.folder,
        "UPDATE visit SET deleted_at = ? WHERE deleted_at IS NOT NULL",
        f"{at.replace(tzinfo=None)}",
    )


def _texts(server: Any) -> list[str]:
    return sorted(text for (text,) in ask(server.folder, "SELECT text FROM visit"))


def _forget_pages(page: Any) -> None:
    """The phone fetches its pages anew, as they are today."""
    page.evaluate("caches.keys().then((all) => Promise.all(all.map((name) => caches.delete(name))))")


def _tick(page: Any, value: str) -> None:
    page.evaluate("value => document.querySelector(`form[data-capture] input[value='${value}']`).click()", value)


def _choose(page: Any, name: str, value: str) -> None:
    page.evaluate(
        """([name, value]) => {
          const one = document.querySelector(`form[data-capture] [name='${name}']`);
          if (one.matches("select")) { one.value = value; one.dispatchEvent(new Event("change", {bubbles: true})); }
          else document.querySelector(`form[data-capture] [name='${name}'][value='${value}']`).click();
        }""",
        [name, value],
    )
