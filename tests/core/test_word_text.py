"""Plain text on its way into a document."""

import pytest

from fieldwork.core.plain import one_line, plain
from fieldwork.core.word.text import lead_of, paragraphs_of, title_lines, width_of


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、背景与起因", 1),
        ("十二、工作成效", 1),
        ("（一）每次走访带回一张问题单。", 2),
        ("(三)半角括号也算", 2),
        ("1. 能当场办的当场办。", 3),
        ("12．全角点", 3),
        ("3、顿号", 3),
        ("（1）涉及两个以上部门的", 4),
        ("(10)涉及资金的", 4),
        ("1.5万元以内由镇里解决", 0),
        ("2026年3月起试行", 0),
        ("一是抓走访", 0),
        ("（示例）数据待核", 0),
    ],
)
def test_numbered_lines_are_read_as_the_levels_of_official_writing(line: str, level: int) -> None:
    assert paragraphs_of(line) == ((level, line),)


def test_indents_blank_lines_and_every_kind_of_line_break_are_tidied_away() -> None:
    typed = "\u3000\u3000第一段\r\n\r\n  第二段\r第三段\u2028第四段\u00a0\n\t\n"
    assert paragraphs_of(typed) == ((0, "第一段"), (0, "第二段"), (0, "第三段"), (0, "第四段"))


def test_nothing_typed_gives_no_paragraph() -> None:
    assert paragraphs_of(" \n\u3000\n\x00") == ()


def test_control_characters_lone_surrogates_and_direction_marks_are_taken_out() -> None:
    assert plain("甲\x00\x08乙\ud800丙\ufffe丁\u202e戊\ufeff\x9f") == "甲乙丙丁戊"


def test_rare_han_and_emoji_stay_whole() -> None:
    text = "𠮷野家\U00031350👨‍👩‍👧"
    assert plain(text) == text


def test_a_text_on_one_line_keeps_its_wide_space() -> None:
    assert one_line("内部资料　注意\t\n保存") == "内部资料　注意 保存"


def test_a_numbered_heading_ends_at_its_first_full_stop() -> None:
    assert lead_of("（一）带回一张单。干部入户时只问三件事。") == ("（一）带回一张单。", "干部入户时只问三件事。")
    assert lead_of("一、背景与起因") == ("一、背景与起因", "")
    assert lead_of("（一）带回一张单。") == ("（一）带回一张单。", "")


def test_a_long_title_is_broken_after_its_colon() -> None:
    lines = title_lines("“走一趟、带一单、回一声”：松涧镇走访闭环工作法", 20)
    assert lines == ("“走一趟、带一单、回一声”：", "松涧镇走访闭环工作法")


def test_a_title_without_a_pause_is_broken_into_even_lines() -> None:
    title = "北峰县统筹双联单位与驻村工作队同一村一支队伍一张清单一次入户的探索"
    lines = title_lines(title, 20)
    assert "".join(lines) == title
    assert len(lines) == 2
    assert abs(len(lines[0]) - len(lines[1])) <= 2


def test_a_title_is_never_broken_inside_a_number_or_before_a_closing_mark() -> None:
    for title in (
        "关于下发二零二六年度全市机关党建2026年重点工作的通知稿",
        "市政务服务中心开展帮办代办工作的经验（“一窗通办”）做法介绍",
    ):
        first, second = title_lines(title, 20)
        assert not (first[-1].isascii() and second[0].isascii())
        assert first[-1] not in "（“"
        assert second[0] not in "）”"


def test_latin_letters_count_half_a_character() -> None:
    assert width_of("党建2026") == 4
