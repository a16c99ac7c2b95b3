"""The phone finds in any text just what the server finds, with the server's patterns and words."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from fieldwork import clock
from fieldwork.core.hanzi import browsers, secrecy
from tests.browser.modules import call
from tests.core import test_hanzi_secrecy as examples

pytestmark = pytest.mark.browser

ID = examples.ID
CARD = examples.with_luhn("622202123456789012")
FOREIGN = examples.with_luhn("411111111111111")
MARKS = (
    *("绝密", "机密", "秘密", "机　密", "级", "★", "⭐", "*", "1年", "十个月", "长期"),
    *("密级：", "为“", "特急 ", "000012 "),
    *("【", "】", "（", "）", "〔2026〕3号", "[2026]第5号", "国", "清委密", "密电", "报告", "》", "投票"),
    *("\n", "\r", "\u2028", " ", "\u3000", "\t", "\u200b", "\ufeff", "😀"),
)
NUMBERS = (
    *(ID, ID.lower(), "１１０１０５", "19491231", "002X", "𝟏𝟏𝟎𝟏𝟎𝟓", "١٩٤٩", CARD, CARD[:6], CARD[6:], FOREIGN),
    *("13812345678", "138 1234 5678", "1381-234-5678", "+86 ", "0086", "１３８", "1234", "5678", "a", "x", "0", "9"),
    *("订单号", "No.", "编码", "：", "\n", " ", "\u3000", "\t", "-", "－", "−", ".", "😀", "𠮷", "\x1c", "\x00", "号"),
)
ASSIGNED = st.characters(exclude_categories=["Cs", "Cn", "Co"])  # browsers know newer characters than Python
TEXTS = {
    "marks": st.lists(st.sampled_from(MARKS), max_size=7).map("".join),
    "numbers": st.lists(st.sampled_from(NUMBERS), max_size=7).map("".join),
    "both": st.lists(st.sampled_from(MARKS + NUMBERS) | st.text(ASSIGNED, max_size=3), max_size=14).map("".join),
}


def by_phone(page: Page, texts: list[str]) -> list[list[dict[str, Any]]]:
    code = "return given.texts.map((text) => m.findings(text, given.rules))"
    return call(page, "sendable", code, {"texts": texts, "rules": browsers.rules()})  # type: ignore[no-any-return]


def by_server(text: str) -> list[dict[str, Any]]:
    """Its findings, at the places JavaScript counts: in halves of UTF-16."""

    def place(end: int) -> int:
        return len(text[:end].encode("utf-16-le")) // 2

    return [{**asdict(found), "start": place(found.start), "end": place(found.end)} for found in secrecy.findings(text)]


def texts_of_the_examples() -> list[str]:
    """Every text that the tests of the server's side name."""
    marks = [
        mark
        for test in vars(examples).values()
        if isinstance(test, Callable)  # type: ignore[arg-type]
        for mark in getattr(test, "pytestmark", [])
        if mark.name == "parametrize"
    ]
    texts = [value if isinstance(value, str) else value[0] for mark in marks for value in mark.args[1]]
    return [*texts, *(examples.with_luhn(text) for text in texts if text.isdecimal())]


def test_the_phone_finds_what_the_server_finds_in_every_example(page: Page) -> None:
    texts = texts_of_the_examples()
    assert len(texts) > 120
    found = by_phone(page, texts)
    assert dict(zip(texts, found, strict=True)) == {text: by_server(text) for text in texts}
    assert {one["kind"] for each in found for one in each} == {"secrecy_mark", "id_number", "bank_card", "phone"}


@pytest.mark.parametrize(
    "text",
    [
        f"订单号\n{FOREIGN}",
        f"订单号：\n\n{FOREIGN}",
        f"订单号😀😀😀😀{FOREIGN}",
        f"订单号😀😀😀😀😀😀😀{FOREIGN}",
        "110105\t19491231\t002X",
        "证110105\t19491231\t002X",
        "138\t1234\t5678",
        "关于会议\r秘密\r各县",
        "关于会议\r\n秘密\r\n各县",
        "关于会议\u2028秘密\u2028各县",
        "机密\ufeff\n下文",
        "\ufeff机密",
        "机密\u200b",
        "𠮷𠮷机密★1年😀13812345678",
        "𝟏𝟑𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖",
        "٠١٣٨١٢٣٤٥٦٧٨",
        "国密〔2021〕5号文，清委密〔2026〕3号",
        "\U000e0020机密\U000e0020",
        "\ufa6c机密★",
    ],
)
def test_the_phone_counts_characters_and_lines_as_the_server_does(page: Page, text: str) -> None:
    assert by_phone(page, [text]) == [by_server(text)]


@pytest.mark.parametrize("of", TEXTS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_phone_finds_what_the_server_finds_in_any_text(page: Page, of: str, data: st.DataObject) -> None:
    texts = data.draw(st.lists(TEXTS[of], min_size=10, max_size=20))
    assert by_phone(page, texts) == [by_server(text) for text in texts]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text(st.sampled_from("1358 -6２X"), min_size=11, max_size=60), min_size=5))
def test_the_phone_cuts_long_numbers_where_the_server_does(page: Page, texts: list[str]) -> None:
    assert by_phone(page, texts) == [by_server(text) for text in texts]


@pytest.mark.parametrize("moment", ["2026-11-22T15:59:00", "2026-11-22T16:00:00", "2026-11-23T15:59:00"])
def test_somebody_is_born_on_the_phone_when_it_is_that_day_in_china(chromium: Browser, site: str, moment: str) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    context = chromium.new_context(base_url=site, timezone_id="America/New_York")
    page = context.new_page()
    page.clock.set_fixed_time(now)
    page.goto("/login")
    texts = [number_of(birthday) for birthday in ("20261122", "20261123", "20261124", "20260229", "18991231")]
    with clock.at(now):
        assert by_phone(page, texts) == [by_server(text) for text in texts]
    context.close()


def number_of(birthday: str) -> str:
    start = f"110101{birthday}001"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return start + "10X98765432"[sum(int(d) * w for d, w in zip(start, weights, strict=True)) % 11]


def test_a_long_text_is_looked_through_before_anybody_notices(page: Page) -> None:
    text = ("走访记录，电话 13812345678，编号 1101051949123100 2 3 4 5 6 7。" * 500)[:20_000]
    code = "const began = performance.now(); m.findings(given.text, given.rules); return performance.now() - began"
    assert call(page, "sendable", code, {"text": text, "rules": browsers.rules()}) < 1500


def test_the_form_brings_the_rules_of_the_server(sit_down: Callable[..., Page]) -> None:
    page = sit_down("xiaolin")
    page.goto("/visits/new")
    brought = page.locator("form[data-rules]").get_attribute("data-rules")
    assert json.loads(brought or "") == json.loads(json.dumps(browsers.rules()))


def test_no_rule_asks_for_what_browsers_of_2021_do_not_know() -> None:
    sources = [mark["source"] for mark in browsers.rules()["marks"]] + [browsers.rules()["other_name"]]
    assert [source for source in sources if "(?<!" in source or "(?<=" in source or "(?P" in source] == []
