"""Numbers as officials write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldwork.core.hanzi.numerals import MAX, hanzi_number, hanzi_year, number_of


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"),
        (7, "七"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (236, "二百三十六"),
        (1_001, "一千零一"),
        (1_010, "一千零一十"),
        (2_000, "二千"),
        (10_000, "一万"),
        (10_010, "一万零一十"),
        (100_000, "十万"),
        (120_000, "十二万"),
        (1_010_000, "一百零一万"),
        (10_000_001, "一千万零一"),
        (11_001_000, "一千一百万一千"),
        (99_999_999, "九千九百九十九万九千九百九十九"),
    ],
)
def test_a_count_is_written_in_chinese_and_read_back(number: int, written: str) -> None:
    assert hanzi_number(number) == written
    assert number_of(written) == number


@given(st.integers(0, MAX))
def test_every_count_is_read_back(number: int) -> None:
    assert number_of(hanzi_number(number)) == number


@pytest.mark.parametrize("number", [-1, MAX + 1])
def test_a_count_out_of_range_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="is not between"):
        hanzi_number(number)


def test_a_year_is_written_digit_by_digit_with_the_round_zero() -> None:
    assert hanzi_year(2026) == "二〇二六"


@given(st.integers(1000, 9999))
def test_every_year_is_read_back(year: int) -> None:
    assert number_of(hanzi_year(year)) == year


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("两百", 200),
        ("两千零五", 2005),
        ("一十二", 12),
        ("12", 12),
        ("１２", 12),
        ("〇", 0),
        ("二零二六", 2026),
        ("一二〇", 120),
    ],
)
def test_other_ways_of_writing_are_read_too(written: str, number: int) -> None:
    assert number_of(written) == number


@pytest.mark.parametrize(
    "text", ["", "十十", "二百三", "百万千", "万", "万一", "三峡", "第三", "一亿", "3.5", "-2", "一百零二十"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        number_of(text)
