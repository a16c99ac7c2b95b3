"""Marks of secrecy and personal numbers stop a text; talk about secrecy does not. All numbers here are invented."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldwork import clock
from fieldwork.core.hanzi.secrecy import findings, stops

ID = "11010519491231002X"  # the example of GB 11643


def kinds(text: str) -> list[str]:
    return [finding.kind for finding in findings(text)]


@pytest.mark.parametrize(
    "text",
    [
        "机密★1年",
        "绝密★长期",
        "秘密★",
        "秘　密★10年",
        "机 密 ★ 六个月",
        "机密⭐3年",
        "机密*1年",
        "机密＊",
        "机\u200d密★",
        "文件抬头为机密★1年，请收",
        "绝密",
        "  机　　密  ",
        "机密 10年",
        "秘密·长期",
        "机密级",
        "000012 机密",
        "特急 机密",
        "机密　加急",
        "关于召开会议的通知\n秘密\n各县（市、区）：",
        "【机密】关于……的报告",
        "[绝密]",
        "〔秘密〕",
        "［机密件］",
        "（机密）关于干部调整的方案",
        "关于干部调整的方案（秘密）",
        "《干部名册》（机密）",
        "密级：机密",
        "密级:秘密1年",
        "密级　绝密",
        "文件密级为“机密”",
        "保密等级：秘密",
        "涉密级别是机密",
        "清委密〔2026〕3号",
        "密电〔2026〕12号",
        "清密发[2026]第5号",
    ],
)
def test_a_mark_of_secrecy_is_found(text: str) -> None:
    assert kinds(text) == ["secrecy_mark"]


@pytest.mark.parametrize(
    "text",
    [
        "开展保密教育，签订保密承诺书",
        "本系统为非涉密系统，严禁上传、处理、传输国家秘密和工作秘密",
        "秘密武器",
        "泄露商业秘密",
        "数据的机密性、完整性",
        "机密文件由专人保管",
        "绝密级文件不得拍照",
        "内部文件 注意保存",
        "内部资料　注意保存",
        "采用无记名投票（秘密）方式",
        "（秘密）投票选举产生新一届支部委员会",
        "无记名投票（秘密）",
        "致富的秘密：走访梨树坪村",
        "保守这个秘密10年",
        "密级：公开",
        "密级：无",
        "密级为内部",
        "标有“机密”字样的文件",
        "五星★★★ 秘密花园农家乐",
        "村民反映树苗过密〔附图〕",
        "【保密提醒】",
        "**秘密**",
        "国密〔2021〕5号文",
        "秘书、密切、亲密、人口稠密",
        "加密机密钥★",
    ],
)
def test_talk_about_secrecy_is_no_mark(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize(
    "text",
    [
        ID,
        ID.lower(),
        "身份证号11010519491231002X。",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "110105-19491231-002X",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
        "序号3 110105 19491231 002X",
    ],
)
def test_an_id_number_is_found_however_it_is_written(text: str) -> None:
    assert kinds(text) == ["id_number"]


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",  # wrong check
        "990105194912310025",  # no such province
        "110105194913310020",  # no such month
        "11010518491231002X",  # nobody is that old
        "211010519491231002X",
        "11010519491231002X1",
        "91110105MA01ABCD2X",
        "WT-2026-0012",
        "2026112310123456789",
    ],
)
def test_other_long_numbers_are_no_id(text: str) -> None:
    assert "id_number" not in kinds(text)


def test_nobody_is_born_tomorrow() -> None:
    born = "11010120261123001"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    number = born + "10X98765432"[sum(int(d) * w for d, w in zip(born, weights, strict=True)) % 11]
    with clock.at(datetime(2026, 11, 23, 4, tzinfo=UTC)):
        assert kinds(number) == ["id_number"]
    with clock.at(datetime(2026, 11, 22, 4, tzinfo=UTC)):
        assert kinds(number) == []


def with_luhn(start: str) -> str:
    return next(start + str(last) for last in range(10) if passes_luhn(start + str(last)))


def passes_luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    return sum(d if i % 2 == 0 else d * 2 - 9 * (d > 4) for i, d in enumerate(digits)) % 10 == 0


@pytest.mark.parametrize("start", ["622202123456789", "62220212345678901", "622202123456789012", "955880123456789012"])
def test_a_chinese_bank_card_is_found(start: str) -> None:
    assert kinds(f"打入{with_luhn(start)}账户") == ["bank_card"]


@pytest.mark.parametrize("start", ["411111111111111", "555555555555444", "353011133330000"])
def test_a_foreign_bank_card_is_found_unless_it_is_called_an_order(start: str) -> None:
    assert kinds(f"卡 {with_luhn(start)}") == ["bank_card"]
    assert kinds(f"订单号：{with_luhn(start)}") == []


@pytest.mark.parametrize("gap", [" ", "-", "\u3000", "－"])
def test_a_card_in_groups_is_found(gap: str) -> None:
    number = with_luhn("622202123456789012")
    groups = gap.join(number[at : at + 4] for at in range(0, 19, 4))
    assert kinds(groups) == ["bank_card"]
    assert kinds(f"{number[:6]}{gap}{number[6:]}") == ["bank_card"]


@pytest.mark.parametrize("number", ["622202123456789012", "4111111111111111", "2026112300001234"])
def test_one_wrong_digit_makes_it_no_card(number: str) -> None:
    right = with_luhn(number[:-1])
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    assert findings(wrong) == []


@pytest.mark.parametrize(
    "start", ["202611230000123", "100000123456789", "42000012342026112312345678", "69012345678901234"]
)
def test_serial_numbers_are_no_cards_even_with_the_right_check(start: str) -> None:
    assert findings(with_luhn(start)) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("13812345678", ["138****5678"]),
        ("电话138 1234 5678、159-8765-4321", ["138****5678", "159****4321"]),
        ("1381-234-5678", ["138****5678"]),
        ("+86 13812345678", ["138****5678"]),
        ("8613812345678", ["138****5678"]),
        ("１３８１２３４５６７８", ["138****5678"]),
    ],
)
def test_a_phone_is_offered_and_shown_masked(text: str, shown: list[str]) -> None:
    found = findings(text)
    assert [finding.shown for finding in found] == shown
    assert stops(found) == []


@pytest.mark.parametrize(
    "text", ["12812345678", "113812345678", "138123456789", "13812345678a3f", "0512-65123456", "1381234567"]
)
def test_other_numbers_are_no_phone(text: str) -> None:
    assert findings(text) == []


def test_findings_come_in_order_and_not_over_each_other() -> None:
    text = f"机密★1年\n王某 {ID} 13812345678 {with_luhn('622202123456789012')}"
    found = findings(text)
    assert [finding.kind for finding in found] == ["secrecy_mark", "id_number", "phone", "bank_card"]
    assert [finding.kind for finding in stops(found)] == ["secrecy_mark", "id_number", "bank_card"]
    assert text[found[1].start : found[1].end] == ID
    assert found[1].shown == "110***********002X"


def test_an_id_number_that_could_be_a_card_is_named_once() -> None:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    for serial in range(1000):
        start = f"62010219900101{serial:03}"
        number = start + "10X98765432"[sum(int(d) * w for d, w in zip(start, weights, strict=True)) % 11]
        if number.isdecimal() and passes_luhn(number):
            assert kinds(number) == ["id_number"]
            return
    pytest.fail("there should be such a number")


def test_positions_are_those_of_the_text_as_typed() -> None:
    text = "前文㎡①：１１０１０５　１９４９１２３１　００２Ｘ后文"
    (found,) = findings(text)
    assert text[found.start : found.end] == "１１０１０５　１９４９１２３１　００２Ｘ"


@given(st.text(), st.text())
def test_an_id_number_is_found_in_any_text(before: str, after: str) -> None:
    assert "id_number" in kinds(f"{before}，{ID}。{after}")


@given(st.text(st.sampled_from("机密绝秘级★：（）【】0123456789xX -\n年")))
def test_any_text_is_looked_through(text: str) -> None:
    found = findings(text)
    assert all(0 <= one.start < one.end <= len(text) and one.shown for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
