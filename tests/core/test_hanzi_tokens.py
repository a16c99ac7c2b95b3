"""Tokens: any run of Chinese characters a person looks for is found, from one character up."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldwork.core.hanzi.tokens import bigrams, is_han, normalise, unigrams, words

VILLAGE = "青石坳村三组灌溉渠淤塞约600米，春灌时末端80余亩水田供水不足"
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=30)


def test_a_text_falls_into_runs_of_han_and_whole_words() -> None:
    assert words("驻村帮扶 WT-2026-0012，5G网络") == ["驻村帮扶", "wt", "2026", "0012", "5g", "网络"]


def test_han_gives_single_characters_and_pairs_and_latin_stays_whole() -> None:
    assert unigrams("帮扶Excel表") == ["帮", "扶", "excel", "表"]
    assert bigrams("驻村帮扶，Excel表") == ["驻村", "村帮", "帮扶"]


def test_pairs_do_not_reach_over_punctuation() -> None:
    assert "塞春" not in bigrams("淤塞，春灌")


def test_full_width_and_upper_case_are_the_same_as_plain() -> None:
    assert normalise("ＡＢＣ１２３（ｘ）㎡Ⅳ") == normalise("abc123(x)m2iv")


def test_traditional_characters_stay_what_they_are() -> None:
    assert normalise("雙聯") == "雙聯"


def test_the_chinese_zero_and_the_repetition_mark_are_han() -> None:
    assert words("二〇二六年佐々木") == ["二〇二六年佐々木"]


@pytest.mark.parametrize("character", ["𠀀", "𪜀", "𫝀", "𫠠", "𬺰", "𮯰", "𰀀", "𱍐"])
def test_han_of_four_bytes_is_han(character: str) -> None:
    assert is_han(character)
    assert bigrams(f"甲{character}乙") == [f"甲{character}", f"{character}乙"]


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(), st.text())
def test_a_space_divides_words(left: str, right: str) -> None:
    assert words(f"{left} {right}") == words(left) + words(right)


# --- as SQLite's full-text search finds them


def new_index() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    columns = "bigrams, unigrams, content='', tokenize='unicode61 remove_diacritics 0'"
    connection.execute(f"CREATE VIRTUAL TABLE found USING fts5 ({columns})")
    return connection


@pytest.fixture
def index() -> Iterator[sqlite3.Connection]:
    with closing(new_index()) as connection:
        yield connection


def put(index: sqlite3.Connection, text: str) -> int:
    row = (" ".join(bigrams(text)), " ".join(unigrams(text)))
    return index.execute("INSERT INTO found (bigrams, unigrams) VALUES (?, ?)", row).lastrowid or 0


def find(index: sqlite3.Connection, query: str) -> list[int]:
    pairs = bigrams(query)
    phrase = f'bigrams : "{" ".join(pairs)}"' if pairs else f'unigrams : "{" ".join(unigrams(query))}"'
    return [row for (row,) in index.execute("SELECT rowid FROM found WHERE found MATCH ?", (phrase,))]


@pytest.mark.parametrize("query", ["渠", "淤塞", "灌溉渠", "青石坳村", "末端80", "600", "供水不足"])
def test_a_query_of_any_length_finds_the_text(index: sqlite3.Connection, query: str) -> None:
    row = put(index, VILLAGE)
    put(index, "白溪乡机关支部活动经费拨付偏晚")
    assert find(index, query) == [row]


@pytest.mark.parametrize("query", ["渠灌", "石青", "村组", "淤塞米"])
def test_characters_in_another_order_are_not_found(index: sqlite3.Connection, query: str) -> None:
    put(index, VILLAGE)
    assert find(index, query) == []


@pytest.mark.parametrize("rare", ["𠮷", "𰻝", "𱁬", "〇", "喆"])
def test_rare_characters_are_found_and_told_apart(index: sqlite3.Connection, rare: str) -> None:
    row = put(index, f"{rare}田村")
    put(index, "吉田村")
    assert find(index, rare) == [row]
    assert find(index, f"{rare}田") == [row]


@given(text=HAN, data=st.data())
def test_every_piece_of_a_text_finds_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    with closing(new_index()) as index:
        row = put(index, text)
        assert find(index, text[start:end]) == [row]
