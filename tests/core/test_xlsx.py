"""Spreadsheets on their way in: the template, and whatever people make of it."""

import io
import random
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from time import perf_counter
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from fieldwork.core.xlsx import Column, Reading, RowIn, SheetError, read_rows, reading, template

NAME = Column("name", "单位名称", required=True, width=24)
TYPE = Column("type", "单位类型", choices=("村", "社区", "窗口单位"))
SINCE = Column("since", "设立日期", kind="date")
PHONE = Column("phone", "联系电话")
COLUMNS = (NAME, TYPE, SINCE, PHONE)
TITLES = [column.title for column in COLUMNS]


def workbook(*rows: Sequence[Any]) -> io.BytesIO:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    made = io.BytesIO()
    book.save(made)
    return made


def read(*rows: Sequence[Any]) -> Reading:
    return read_rows(workbook(*rows), COLUMNS)


def repacked(file: io.BytesIO, name: str, content: bytes) -> io.BytesIO:
    """The same workbook with one part of it replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
    return made


def form() -> bytes:
    return template(COLUMNS, [{"name": "青石坳村", "type": "村"}], ["请从第二行填起。"], ("单位", "填写说明"))


def test_a_filled_row_comes_back_by_column_key_with_its_number() -> None:
    sheet = read(TITLES, ["青石坳村", "村", datetime(2021, 5, 1), "0991-1234567"])
    assert sheet.errors == ()
    assert list(sheet) == [
        RowIn(2, {"name": "青石坳村", "type": "村", "since": date(2021, 5, 1), "phone": "0991-1234567"})
    ]


def test_columns_may_stand_in_any_order_under_a_heading_with_stars_and_spaces() -> None:
    sheet = read(["清垣市单位名册"], [], ["联系电话", " 单位\n名称* "], ["123", "绿苑社区"])
    assert sheet.errors == ()
    assert sheet.rows == (RowIn(4, {"name": "绿苑社区", "type": "", "since": None, "phone": "123"}),)


def test_unknown_repeated_and_missing_columns_are_named() -> None:
    sheet = read(["单位类型", "排序", "单位类型"], ["村", "1", "社区"])
    assert set(sheet.errors) >= {
        SheetError(1, "排序", "unknown_column"),
        SheetError(1, "单位类型", "repeated_column"),
        SheetError(1, "单位名称", "missing_column"),
    }


def test_a_sheet_without_any_known_title_says_so_once() -> None:
    assert read(["甲", "乙"], ["1", "2"]).errors == (SheetError(0, "", "no_header"),)
    assert read().errors == (SheetError(0, "", "no_header"),)


def test_a_required_cell_left_empty_is_reported_with_its_row_and_the_other_rows_are_read() -> None:
    sheet = read(TITLES, ["", "村"], [None, None, None, None], ["梨树坪村", "村"])
    assert sheet.errors == (SheetError(2, "单位名称", "required"),)
    assert [row.number for row in sheet] == [2, 4]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (13800005678, "13800005678"), (12.0, "12"), (1.5, "1.5"), (True, "TRUE"), ("0012", "0012"), ("=1+1", ""),
        ("　 甲\u00a0", "甲"), ("甲\n乙", "甲\n乙"), ("甲_x000D_\n乙_x0007_", "甲\n乙"), ("𠮷😀\u202e", "𠮷😀"),
        (datetime(2026, 11, 23), "2026-11-23"),
    ],
)  # fmt: skip
def test_cells_are_read_as_the_text_people_meant(typed: object, text: str) -> None:
    assert read(TITLES, ["某村", "", "", typed]).rows[0].values["phone"] == text


@pytest.mark.parametrize(
    "typed",
    ["2026-11-03", "2026/11/3", "2026.11.3", "2026年11月3日", "20261103", datetime(2026, 11, 3, 9, 30), 46329, 46329.5],
)
def test_a_day_is_a_day_however_it_was_typed(typed: object) -> None:
    sheet = read(TITLES, ["某村", "", typed])
    assert (sheet.rows[0].values["since"], sheet.errors) == (date(2026, 11, 3), ())


@pytest.mark.parametrize("typed", ["去年", "2026-13-40", "11月3日", 7, 1e300])
def test_what_is_no_day_is_reported(typed: object) -> None:
    errors = read(TITLES, ["某村", "", typed]).errors
    assert [(error.row, error.column, error.code) for error in errors] == [(2, "设立日期", "not_a_date")]


def test_an_error_of_the_spreadsheet_program_is_reported_and_not_taken_as_text() -> None:
    sheet = read(TITLES, ["某村", "#N/A", "#REF!", ""])
    assert sheet.errors == (
        SheetError(2, "单位类型", "cell_error", "#N/A"),
        SheetError(2, "设立日期", "cell_error", "#REF!"),
    )
    assert sheet.rows[0].values["type"] == ""


def test_a_formula_counts_by_the_value_last_computed() -> None:
    file = workbook(TITLES, ["某村", "", "", "x"])
    content = zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml")
    inner = (
        content[: content.index(b'<c r="D2"')]
        + b'<c r="D2" t="str"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>'
    )
    assert read_rows(repacked(file, "xl/worksheets/sheet1.xml", inner), COLUMNS).rows[0].values["phone"] == "2"


def test_more_rows_than_allowed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    assert read(TITLES, *[["某村"]] * 3).errors == ()
    sheet = read(TITLES, *[["某村"]] * 4)
    assert (len(sheet), sheet.errors) == (3, (SheetError(5, "", "too_many_rows", "3"),))


def test_a_file_over_five_megabytes_is_refused_unread() -> None:
    assert read_rows(io.BytesIO(b"0" * 5_000_001), COLUMNS).errors == (SheetError(0, "", "too_large"),)


def test_a_small_file_that_would_unpack_to_more_than_a_hundred_megabytes_is_refused_unopened() -> None:
    bomb = repacked(workbook(TITLES), "xl/worksheets/sheet1.xml", b"0" * 100_000_001)
    assert bomb.seek(0, 2) < 1_000_000
    assert read_rows(bomb, COLUMNS).errors == (SheetError(0, "", "swells"),)


@pytest.mark.parametrize("part", ["worksheets/sheet1", "sharedStrings", "workbook", "styles"])
def test_entities_that_multiply_are_never_expanded(part: str) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{levels}]><worksheet>&e9;</worksheet>'.encode()
    start = perf_counter()
    sheet = read_rows(repacked(workbook(TITLES, ["某村"]), f"xl/{part}.xml", laughs), COLUMNS)
    assert perf_counter() - start < 2
    assert sheet.errors or sheet.rows == (RowIn(2, {"name": "某村", "type": "", "since": None, "phone": ""}),)


def test_a_row_that_claims_to_be_the_trillionth_is_not_waited_for() -> None:
    file = workbook(TITLES)
    inner = zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml")
    far = inner.replace(b"</sheetData>", b'<row r="999999999999"><c t="str"><v>x</v></c></row></sheetData>')
    assert read_rows(repacked(file, "xl/worksheets/sheet1.xml", far), COLUMNS).rows == ()


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0 old xls", "单位名称,单位类型".encode(), b"PK\x05\x06" + bytes(18)],
)
def test_what_is_no_workbook_is_said_to_be_none(content: bytes) -> None:
    assert read_rows(io.BytesIO(content), COLUMNS).errors == (SheetError(0, "", "not_a_workbook"),)


def test_a_damaged_workbook_never_breaks_the_reader() -> None:
    whole = workbook(TITLES, ["青石坳村", "村", datetime(2021, 5, 1), "1"]).getvalue()
    chance = random.Random(2026)
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        sheet = read_rows(io.BytesIO(bytes(damaged)), COLUMNS)
        assert sheet.rows or sheet.errors


def test_the_template_has_the_titles_stars_on_required_ones_and_their_widths() -> None:
    sheet = load_workbook(io.BytesIO(form()))["单位"]
    assert [cell.value for cell in sheet[1]] == ["单位名称*", "单位类型", "设立日期", "联系电话"]
    assert round(sheet.column_dimensions["A"].width) == 25
    assert sheet.freeze_panes == "A2"


def test_the_template_offers_the_choices_as_a_drop_down_however_many_there_are() -> None:
    many = tuple(f"第{n}类单位" for n in range(200))
    book = load_workbook(
        io.BytesIO(template([NAME, Column("type", "单位类型", choices=many)], [], [], ("单位", "说明")))
    )
    (rule,) = book["单位"].data_validations.dataValidation
    assert (rule.type, str(rule.sqref), rule.formula1) == ("list", "B2:B20001", "choices!$A$1:$A$200")
    assert book["choices"].sheet_state == "hidden"
    assert tuple(cell.value for cell in book["choices"]["A"]) == many


def test_the_template_explains_itself_with_an_example_on_the_second_sheet() -> None:
    sheet = load_workbook(io.BytesIO(form()))["填写说明"]
    assert sheet["A1"].value == "请从第二行填起。"
    assert [cell.value for cell in sheet[3]][:2] == ["单位名称*", "单位类型"]
    assert [cell.value for cell in sheet[4]][:2] == ["青石坳村", "村"]


def test_an_untouched_template_imports_nothing_and_a_filled_one_what_was_filled_in() -> None:
    assert read_rows(io.BytesIO(form()), COLUMNS) == Reading()
    book = load_workbook(io.BytesIO(form()))
    for place, value in (("A2", "下渡口村"), ("B2", "村"), ("C2", date(2020, 1, 2))):
        book["单位"][place] = value
    filled = io.BytesIO()
    book.save(filled)
    assert read_rows(filled, COLUMNS).rows == (
        RowIn(2, {"name": "下渡口村", "type": "村", "since": date(2020, 1, 2), "phone": ""}),
    )
