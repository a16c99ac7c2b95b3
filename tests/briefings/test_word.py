"""The Word file of an issue, read back with python-docx."""

import dataclasses
import io
import zipfile
from datetime import date
from time import perf_counter

import pytest
from docx import Document
from docx.document import Document as Read
from docx.oxml.ns import qn
from PIL import Image

from fieldwork.briefings.sheet import Picture, Sheet, SheetItem, paragraphs_of
from fieldwork.briefings.word import write_docx

PRACTICE = """一、背景与起因
松涧镇下辖14个行政村，“走了多少户”说不清。
二、主要做法
（一）每次走访带回一张问题单。干部入户时只问三件事。
1. 能当场办的当场办。
（1）涉及资金的，不超过1.5万元。"""


def photo(width: int, height: int, kind: str = "JPEG", shade: int = 90) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), (shade, 120, 80)).save(made, kind)
    return made.getvalue()


PHOTOS = {
    "wide": photo(1600, 1200),
    "tall": photo(900, 1200),
    "small": photo(640, 480),
    "modern": photo(1600, 1200, "WEBP"),
}

CASE = SheetItem("case", "“走一趟、带一单、回一声”：松涧镇走访闭环工作法", "松涧镇党委", paragraphs_of(PRACTICE))
FIGURES = SheetItem(
    "figures",
    "11月走访调研情况",
    table=(("片区", "走访（次）", "说明"), ("中心城区片", "41", ""), ("北部山区片", "36")),
)
ISSUE = Sheet(
    masthead="《机关党建工作简报》",
    organ="中共清垣市委市直机关工委办公室",
    date=date(2026, 11, 23),
    year=2026,
    issue_no=12,
    total_no=236,
    editors_note="编者按：现予刊发，供学习借鉴。",
    items=(CASE, FIGURES),
    report_to="市委领导",
    send_to="市直各单位",
    distribute_to="各县（市、区）直机关工委",
    copies=120,
    internal_notice="内部资料　注意保存",
)


def written(sheet: Sheet) -> bytes:
    return write_docx(sheet, PHOTOS.__getitem__)


def opened(content: bytes) -> Read:
    return Document(io.BytesIO(content))


def with_items(*items: SheetItem) -> Sheet:
    return dataclasses.replace(ISSUE, items=items)


def lines(document: Read) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def look_of(document: Read, text: str) -> tuple[str, float | None, str | None]:
    """Font, size in points and colour of the style in which a paragraph beginning with this text is set."""
    style = next(p for p in document.paragraphs if p.text.startswith(text)).style
    assert style is not None
    fonts = style.element.rPr.find(qn("w:rFonts"))
    color = style.font.color.rgb
    return fonts.get(qn("w:eastAsia")), style.font.size.pt if style.font.size else None, str(color) if color else None


def widths_mm(document: Read) -> list[int]:
    return [round(int(shape.get("cx")) / 36000) for shape in document.element.iter(qn("wp:extent"))]


def test_the_head_holds_what_an_official_briefing_shows() -> None:
    text = lines(opened(written(ISSUE)))
    assert text[:4] == [
        "内部资料　注意保存",
        "机关党建工作简报",
        "第12期（总第236期）",
        "中共清垣市委市直机关工委办公室\t2026年11月23日",
    ]


def test_fonts_are_those_of_official_writing_by_the_names_users_own() -> None:
    document = opened(written(ISSUE))
    assert look_of(document, "机关党建工作简报") == ("方正小标宋简体", 72, "FF0000")
    assert look_of(document, "“走一趟") == ("方正小标宋简体", 22, None)
    assert look_of(document, "松涧镇下辖") == ("仿宋_GB2312", 16, None)
    assert look_of(document, "一、背景") == ("黑体", 16, None)
    assert look_of(document, "（一）每次") == ("楷体_GB2312", 16, None)
    assert look_of(document, "1. 能当场") == ("仿宋_GB2312", 16, None)


def test_text_that_runs_on_after_a_heading_is_set_as_body() -> None:
    heading = next(p for p in opened(written(ISSUE)).paragraphs if p.text.startswith("（一）"))
    assert [run.text for run in heading.runs] == ["（一）每次走访带回一张问题单。", "干部入户时只问三件事。"]
    assert heading.runs[1]._element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_the_page_is_a4_with_the_margins_and_the_line_grid_of_the_standard() -> None:
    section = opened(written(ISSUE)).sections[0]
    sizes = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    )
    assert [round(size.mm) for size in sizes if size is not None] == [210, 297, 37, 35, 28, 26]
    assert section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch")) == "579"


def test_body_lines_are_exact_and_letters_as_tight_as_28_a_line_need() -> None:
    style = opened(written(ISSUE)).styles["正文段落"].element
    spacing = style.pPr.find(qn("w:spacing"))
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("579", "exact")
    assert style.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"
    assert style.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    assert style.pPr.find(qn("w:widowControl")).get(qn("w:val")) == "0"


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    document = opened(written(ISSUE))
    assert document.settings.odd_and_even_pages_header_footer
    footers = (document.sections[0].footer, document.sections[0].even_page_footer)
    for footer, side in zip(footers, ("right", "left"), strict=True):
        paragraph = footer.paragraphs[0]
        assert paragraph.style is not None
        assert [text.text for text in paragraph._element.iter(qn("w:t"))] == ["— ", "1", " —"]
        assert paragraph._element.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
        assert paragraph.style.element.pPr.find(qn("w:jc")).get(qn("w:val")) == side


def test_curly_quotes_are_marked_as_chinese_in_every_run() -> None:
    document = opened(written(ISSUE))
    fonts = [run._element.rPr.rFonts for p in document.paragraphs for run in p.runs if "“" in run.text]
    assert fonts
    assert {font.get(qn("w:hint")) for font in fonts} == {"eastAsia"}


def test_the_editors_note_names_itself_once() -> None:
    assert "编者按：现予刊发，供学习借鉴。" in lines(opened(written(ISSUE)))
    silent = lines(opened(written(dataclasses.replace(ISSUE, editors_note=" \n"))))
    assert not [line for line in silent if "编者按" in line]


def test_contents_are_listed_from_three_items_on() -> None:
    assert "目　录" not in lines(opened(written(with_items(CASE, FIGURES))))
    listed = lines(opened(written(with_items(CASE, FIGURES, CASE))))
    assert listed[listed.index("目　录") + 2] == "● 11月走访调研情况"


def test_figures_become_a_table_whose_head_repeats_and_whose_short_rows_are_filled() -> None:
    table = opened(written(ISSUE)).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["片区", "走访（次）", "说明"],
        ["中心城区片", "41", ""],
        ["北部山区片", "36", ""],
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_foot_says_who_it_goes_to_and_how_many_are_printed_and_stands_at_the_bottom() -> None:
    foot = opened(written(ISSUE)).tables[-1]
    assert [row.cells[0].text for row in foot.rows] == [
        "报：市委领导",
        "送：市直各单位",
        "发：各县（市、区）直机关工委",
        "（共印120份）",
    ]
    assert foot._tbl.tblPr.find(qn("w:tblpPr")).get(qn("w:tblpYSpec")) == "bottom"


def test_empty_lines_of_the_foot_are_left_out() -> None:
    foot = opened(written(dataclasses.replace(ISSUE, report_to="", distribute_to=" ", copies=0))).tables[-1]
    assert [row.cells[0].text for row in foot.rows] == ["送：市直各单位"]


def test_a_draft_shows_the_place_of_its_number() -> None:
    draft = dataclasses.replace(ISSUE, issue_no=None, total_no=None)
    assert "第　期" in lines(opened(written(draft)))


def test_a_wide_picture_stands_alone_and_two_tall_ones_side_by_side() -> None:
    pictures = (
        Picture("wide", "入户走访", 1600, 1200),
        Picture("tall", "帮办", 900, 1200),
        Picture("tall", "回访", 900, 1200),
    )
    document = opened(written(with_items(dataclasses.replace(CASE, pictures=pictures))))
    pair = document.tables[0]
    assert [cell.text for cell in pair.rows[1].cells] == ["帮办", "回访"]
    assert "入户走访" in lines(document)
    assert widths_mm(document) == [113, 56, 56]


def test_small_pictures_share_a_line_and_are_not_blown_up() -> None:
    pictures = (Picture("small", "甲", 640, 480), Picture("small", "乙", 640, 480), Picture("small", "丙", 300, 200))
    document = opened(written(with_items(dataclasses.replace(CASE, pictures=pictures))))
    assert widths_mm(document) == [76, 76, 69]


def test_a_tiny_picture_does_not_make_its_neighbour_a_stamp() -> None:
    pictures = (Picture("small", "甲", 100, 73), Picture("tall", "乙", 450, 600), Picture("tall", "丙", 450, 600))
    document = opened(written(with_items(dataclasses.replace(CASE, pictures=pictures))))
    assert widths_mm(document) == [23, 56, 56]


def test_a_picture_without_words_is_told_by_its_number() -> None:
    pictures = (Picture("wide", "", 1600, 1200), Picture("tall", "帮办", 900, 1200))
    document = opened(written(with_items(dataclasses.replace(CASE, pictures=pictures))))
    assert [shape.get("descr") for shape in document.element.iter(qn("wp:docPr"))] == ["照片 1", "帮办"]


def test_a_picture_used_twice_is_stored_once_and_its_caption_is_its_alternative_text() -> None:
    item = dataclasses.replace(CASE, pictures=(Picture("wide", "入户走访", 1600, 1200),))
    content = written(with_items(item, item))
    stored = [name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if "media" in name]
    assert stored == ["word/media/image1.jpeg"]
    alternatives = [shape.get("descr") for shape in opened(content).element.iter(qn("wp:docPr"))]
    assert alternatives == ["入户走访", "入户走访"]


def test_a_picture_word_cannot_show_is_made_a_jpeg() -> None:
    content = written(with_items(dataclasses.replace(CASE, pictures=(Picture("modern", "", 1600, 1200),))))
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("word/media/image1.jpeg") as stored:
        assert Image.open(stored).format == "JPEG"


def test_a_missing_picture_is_an_error_and_never_a_gap() -> None:
    with pytest.raises(KeyError):
        written(with_items(dataclasses.replace(CASE, pictures=(Picture("gone", "", 10, 10),))))


def test_the_same_sheet_gives_the_same_bytes() -> None:
    sheet = with_items(dataclasses.replace(CASE, pictures=(Picture("wide", "入户走访", 1600, 1200),)), FIGURES)
    assert written(sheet) == written(Sheet.from_json(sheet.to_json()))


def test_the_file_tells_nothing_about_who_made_it_or_when() -> None:
    content = written(ISSUE)
    properties = opened(content).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created is not None
    assert properties.created.date() == ISSUE.date
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"python" not in b"".join(archive.read(name) for name in archive.namelist())


def test_markup_control_characters_rare_han_and_emoji_are_only_text() -> None:
    rough = "<w:p>&amp;\x00\x1b{{x}}𠮷😀\ud800\u202e" + "长" * 20_001
    sheet = dataclasses.replace(
        ISSUE,
        masthead=rough[:40],
        organ=rough[:40],
        editors_note=rough,
        items=(
            SheetItem(
                "text",
                rough[:90],
                rough[:40],
                paragraphs_of(rough),
                ((rough[:30],),),
                (Picture("wide", rough[:60], 16, 12),),
            ),
        ),
        report_to=rough[:40],
    )
    text = lines(opened(written(sheet)))
    assert "<w:p>&amp;{{x}}𠮷😀" + "长" * 20_001 in text


def test_a_sheet_comes_back_from_its_text_as_it_went_in() -> None:
    sheet = with_items(dataclasses.replace(CASE, pictures=(Picture("wide", "入户走访", 1600, 1200),)), FIGURES)
    assert Sheet.from_json(sheet.to_json()) == sheet
    assert Sheet.from_data(sheet.to_data()) == sheet
    assert Sheet.from_json(sheet.to_json()).to_json() == sheet.to_json()


def test_a_sheet_of_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format"):
        Sheet.from_data({**ISSUE.to_data(), "format": 99})


def test_twenty_cases_with_sixty_photos_are_written_within_two_seconds() -> None:
    photos = {f"{n}": photo(2400, 1800, shade=n) + b"\0" * 1_000_000 for n in range(60)}
    items = [
        dataclasses.replace(CASE, pictures=tuple(Picture(f"{n}", "说明", 2400, 1800) for n in range(3 * i, 3 * i + 3)))
        for i in range(20)
    ]
    start = perf_counter()
    content = write_docx(with_items(*items), photos.__getitem__)
    assert perf_counter() - start <= 2
    assert len(list(opened(content).element.iter(qn("wp:extent")))) == 60
