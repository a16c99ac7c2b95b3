"""The problem ledger as a spreadsheet, read back with openpyxl."""

import dataclasses
import io
import re
import tracemalloc
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from fieldwork.problems import ledger_labels
from fieldwork.problems.ledger_xlsx import LedgerHead, LedgerRow, write_ledger

HEAD = LedgerHead(
    organ="清垣市市直机关工委",
    counted_on=date(2026, 11, 23),
    filled_by="李某",
    checked_by="张某",
    areas=("中心城区片", "北部山区片"),
    categories=("基础设施", "民生保障"),
)
DITCH = LedgerRow(
    number="WT-2026-0012",
    area="北部山区片",
    unit="青石坳村",
    programmes=("双联", "驻村帮扶"),
    found_on=date(2026, 3, 9),
    category="基础设施",
    description="三组灌溉渠淤塞约600米。\n末端80余亩水田供水不足。",
    lead_unit="北峰县水利局",
    co_units=("松涧镇", "青石坳村"),
    person="王某",
    measure="清淤并加盖",
    due_on=date(2026, 12, 31),
    progress="已完成测量",
    standing="open",
    closed_on=None,
    verdict="",
    note="",
)
CLOSED = dataclasses.replace(
    DITCH,
    number="WT-2026-0013",
    area="中心城区片",
    category="审批办事",
    standing="closed",
    closed_on=date(2026, 11, 1),
    verdict="满意",
    co_units=(),
)
PARKED = dataclasses.replace(DITCH, number="WT-2026-0014", area="", standing="parked")


def written(rows: Iterable[LedgerRow], head: LedgerHead = HEAD) -> bytes:
    made = io.BytesIO()
    write_ledger(rows, head, made)
    return made.getvalue()


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def ledger_of(*rows: LedgerRow) -> Worksheet:
    return opened(written(rows))["问题台账"]


def values(sheet: Worksheet, row: int) -> list[object]:
    return [cell.value for cell in sheet[row]]


def test_the_head_says_what_is_counted_by_whom_and_until_when() -> None:
    sheet = ledger_of(DITCH)
    assert sheet["A1"].value == "清垣市市直机关工委走访调研问题台账"
    assert [sheet[place].value for place in ("A2", "H2", "M2")] == [
        "填报单位：清垣市市直机关工委",
        "统计截止：2026年11月23日",
        "单位：件",
    ]
    assert "A1:Q1" in {str(merged) for merged in sheet.merged_cells.ranges}


def test_the_seventeen_columns_stand_in_official_order() -> None:
    names = [re.sub(r"\s", "", str(name)) for name in values(ledger_of(DITCH), 3)]
    assert names == [
        "序号", "编号", "片区", "单位", "工作载体", "发现时间", "问题类别", "问题描述", "责任单位（牵头/配合）",
        "责任人", "解决措施", "完成时限", "进展情况", "是否销号", "销号时间", "群众（基层）评价", "备注",
    ]  # fmt: skip


def test_a_problem_fills_one_row_with_real_dates() -> None:
    sheet = ledger_of(DITCH, CLOSED)
    row = values(sheet, 4)
    assert row[:7] == [1, "WT-2026-0012", "北部山区片", "青石坳村", "双联、驻村帮扶", sheet["F4"].value, "基础设施"]
    assert sheet["F4"].value.date() == date(2026, 3, 9)
    assert sheet["F4"].number_format == "yyyy-mm-dd"
    assert row[8] == "牵头：北峰县水利局\n配合：松涧镇、青石坳村"
    assert row[13:15] == ["否", None]
    assert values(sheet, 5)[8] == "北峰县水利局"
    assert values(sheet, 5)[13] == "是"


def test_the_line_for_signatures_closes_the_list() -> None:
    line = str(ledger_of(DITCH, CLOSED)["A6"].value)
    assert re.sub(r"\s", "", line) == "填表人：李某审核人：张某填报日期：2026年11月23日"


def test_it_prints_on_a4_across_with_its_head_on_every_page() -> None:
    sheet = ledger_of(DITCH)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth in (None, 1)  # one page wide is the format's default
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.freeze_panes == "C4"
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"


def test_cells_are_ruled_wrapped_and_set_in_official_fonts() -> None:
    sheet = ledger_of(DITCH)
    cell = sheet["H4"]
    assert (cell.border.left.style, cell.alignment.wrap_text, cell.alignment.vertical) == ("thin", True, "top")
    assert [sheet[place].font.name for place in ("A1", "A3", "H4")] == ["方正小标宋简体", "黑体", "仿宋_GB2312"]
    assert sheet["Q4"].border.right.style == "thin"


def test_a_row_is_high_enough_for_its_longest_text() -> None:
    heights = ledger_of(DITCH, dataclasses.replace(DITCH, description="长" * 130)).row_dimensions
    assert heights[4].height < 6 * 14
    assert heights[5].height >= 10 * 14


@pytest.mark.parametrize(
    "typed", ["=1+1", "+86 138", "-3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "http://example.org"]
)
def test_nothing_typed_by_a_person_becomes_a_formula_or_a_link(typed: str) -> None:
    content = written([dataclasses.replace(DITCH, unit=typed, description=typed, note=typed)])
    cell = opened(content)["问题台账"]["H4"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (typed, "s", None)
    assert bool(cell.quotePrefix) == (typed[0] in "=+-@\t")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_control_characters_are_dropped_and_rare_han_kept() -> None:
    sheet = ledger_of(dataclasses.replace(DITCH, description="甲\x00\x07乙\ud800𠮷😀", progress="<b>&amp;"))
    assert sheet["H4"].value == "甲乙𠮷😀"
    assert sheet["M4"].value == "<b>&amp;"


@pytest.mark.parametrize("character", ["长", "𠮷"])
def test_a_text_longer_than_a_cell_holds_is_cut_and_says_so(character: str) -> None:
    text = str(ledger_of(dataclasses.replace(DITCH, description=character * 32_768))["H4"].value)
    assert len(text.encode("utf-16-le")) // 2 <= 32_767
    assert text.endswith(character + ledger_labels.CUT)


def test_a_day_no_spreadsheet_knows_is_written_as_text() -> None:
    assert ledger_of(dataclasses.replace(DITCH, found_on=date(1899, 1, 1)))["F4"].value == "1899-01-01"


def test_the_summary_counts_by_area_and_category_in_the_order_given() -> None:
    summary = opened(written([DITCH, CLOSED, PARKED]))["汇总"]
    assert [values(summary, row) for row in range(1, 6)] == [
        ["片区", "总数", "办结", "办理中", "挂账"],
        ["中心城区片", 1, 1, 0, 0],
        ["北部山区片", 1, 0, 1, 0],
        ["未填", 1, 0, 0, 1],
        ["合计", 3, 1, 1, 1],
    ]
    assert [values(summary, row)[:2] for row in range(7, 12)] == [
        ["问题类别", "总数"],
        ["基础设施", 2],
        ["民生保障", 0],
        ["审批办事", 1],
        ["合计", 3],
    ]


def test_a_ledger_without_problems_is_a_form_with_its_heads() -> None:
    book = opened(written([], LedgerHead("清垣市工委", date(2026, 1, 5))))
    assert str(book["问题台账"]["A4"].value).startswith("填表人")
    assert values(book["汇总"], 2) == ["合计", 0, 0, 0, 0]


def test_the_file_names_nobody_as_its_maker() -> None:
    properties = opened(written([DITCH])).properties
    assert not properties.creator
    assert not properties.lastModifiedBy


def test_memory_does_not_grow_with_the_number_of_rows(tmp_path_factory: pytest.TempPathFactory) -> None:
    def many(count: int) -> Iterator[LedgerRow]:
        return (
            dataclasses.replace(DITCH, number=f"WT-2026-{n:06}", description=f"{n}{DITCH.description}")
            for n in range(count)
        )

    def peak_bytes(count: int) -> int:
        tracemalloc.start()
        with (tmp_path_factory.mktemp("ledger") / "ledger.xlsx").open("wb") as to:
            write_ledger(many(count), HEAD, to)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    peak_bytes(10)
    assert peak_bytes(3_000) < peak_bytes(300) + 1_000_000


def test_the_file_is_named_by_its_day() -> None:
    assert ledger_labels.file_name(date(2026, 11, 23)) == "问题台账_20261123.xlsx"
