"""What people paste is freed of what no form should hold, and of nothing else."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldwork.core.hanzi.cleaning import clean

ANYTHING = st.text(st.characters(exclude_categories=[]))


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("一\r\n二\r三\n四", "一\n二\n三\n四"),
        ("一\u2028二\u2029三\v四\f五\x85六", "一\n二\n三\n四\n五\n六"),
        ("灌溉\x00渠\x1b[31m淤塞\x7f\x9f", "灌溉渠[31m淤塞"),
        ("表格\t一列", "表格\t一列"),
        ("\ufeff开头有\u200b零宽\u202e字符", "开头有零宽字符"),
        ("非字符\ufffe\uffff\U0001ffff\U0010fffe\ufdd0", "非字符"),
        ("半个表情\ud83d", "半个表情"),
        ("e\u0301", "\u00e9"),
        ("", ""),
    ],
)
def test_a_pasted_text_keeps_only_what_can_be_kept(pasted: str, kept: str) -> None:
    assert clean(pasted) == kept


@pytest.mark.parametrize("text", ["𠮷田村", "𱁬", "👨‍👩‍👧 👍🏽 ❤️ 🇨🇳", "（“一窗帮到底”）——①㎡", "  两端的空格  "])
def test_rare_han_emoji_and_punctuation_stay(text: str) -> None:
    assert clean(text) == text


@given(ANYTHING)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(ANYTHING)
def test_whatever_is_cleaned_can_be_stored(text: str) -> None:
    kept = clean(text)
    kept.encode()
    assert unicodedata.is_normalized("NFC", kept)
    assert {character for character in kept if unicodedata.category(character) in {"Cc", "Cs"}} <= {"\n", "\t"}
