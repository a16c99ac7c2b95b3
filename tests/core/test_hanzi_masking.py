"""Masks show enough to recognise a number, and not enough to use it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldwork.core.hanzi.masking import mask_id, mask_name, mask_phone, mask_phones_in


@pytest.mark.parametrize(
    "phone", ["13812345678", "138 1234 5678", "138-1234-5678", "+86 138 1234 5678", "１３８１２３４５６７８"]
)
def test_a_phone_keeps_three_and_four_digits(phone: str) -> None:
    assert mask_phone(phone) == "138****5678"


def test_a_short_number_keeps_two() -> None:
    assert mask_phone("2345678") == "*****78"


def test_an_id_number_keeps_three_and_four_characters() -> None:
    assert mask_id("11010519491231002X") == "110***********002X"
    assert mask_id("1234567") == "*******"


def test_a_name_keeps_its_first_character() -> None:
    assert [mask_name(name) for name in ("张三", "欧阳修", " 王 ", "")] == ["张*", "欧*", "王*", ""]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("请联系王某13812345678，谢谢", "请联系王某138****5678，谢谢"),
        ("138 1234 5678或159-8765-4321", "138 **** 5678或159-****-4321"),
        ("电话：１３８１２３４５６７８", "电话：１３８****５６７８"),
        ("+8613812345678", "+86138****5678"),
        ("订单20261123138123456789", "订单20261123138123456789"),
        ("座机0512-6512345", "座机0512-6512345"),
        ("没有号码", "没有号码"),
    ],
)
def test_the_phones_of_a_text_are_masked_and_the_rest_stays(text: str, masked: str) -> None:
    assert mask_phones_in(text) == masked


@given(st.text())
def test_masking_keeps_the_length_and_leaves_no_phone(text: str) -> None:
    masked = mask_phones_in(f"{text}，13912345678。")
    assert len(masked) == len(text) + 13
    assert "13912345678" not in masked
    assert mask_phones_in(masked) == masked
