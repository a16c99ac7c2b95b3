"""What may be sent through a system that is not for secrets."""

import pytest

from fieldwork.core.hanzi.sending import sendable

ID = "11010519491231002X"
CARD = "6222021234567890128"


@pytest.mark.parametrize(
    "text", ["", "渠道淤塞约600米", "2026年11月23日，第12期", "0838-5551234", "面积13812345678901平方米"]
)
def test_ordinary_words_go_through_as_they_are(text: str) -> None:
    assert sendable(text) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("密级：机密★10年", "密级标志"),
        (f"王某，身份证{ID}", "身份证号 110***********002X"),
        (f"卡号{CARD}", "银行卡号 622************0128"),
        (f"{ID}，{CARD}", "银行卡号"),
    ],
)
def test_what_must_not_be_sent_is_named_without_being_repeated(text: str, words: str) -> None:
    with pytest.raises(ValueError, match="请删去") as stopped:
        sendable(text, mask=True, keep_phones=True)
    assert words in str(stopped.value)
    assert ID not in str(stopped.value)
    assert CARD not in str(stopped.value)


def test_everything_that_stops_it_is_said_at_once() -> None:
    with pytest.raises(ValueError, match=r"身份证号.*；.*银行卡号"):
        sendable(f"{ID}，{CARD}")


def test_a_phone_number_is_pointed_out_then_masked_or_kept() -> None:
    with pytest.raises(ValueError, match="手机号 138\\*\\*\\*\\*5678"):
        sendable("电话13812345678")
    assert sendable("电话13812345678", mask=True) == "电话138****5678"
    assert sendable("电话13812345678", keep_phones=True) == "电话13812345678"


def test_a_mask_never_hides_what_must_be_taken_out() -> None:
    with pytest.raises(ValueError, match="身份证号"):
        sendable(f"13812345678，{ID}", mask=True)
