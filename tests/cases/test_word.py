"""The Word file of one case, read back with python-docx."""

import dataclasses
import io
from datetime import date

from docx import Document
from docx.document import Document as Read
from docx.oxml.ns import qn
from PIL import Image

from fieldwork.cases.word import CaseSheet, write_case_docx
from fieldwork.core.word.pictures import Picture

CASE = CaseSheet(
    title="“一窗帮到底”：市政务服务中心党员帮办队的做法",
    unit_line="市政务服务中心机关党委",
    date=date(2026, 11, 23),
    summary="党员轮值帮办、疑难事项会商、办结回访三步衔接。",
    background="针对“多头跑、反复问”，中心设立帮办队。",
    practice="（一）轮值帮办。每天两名党员在岗。\n（二）疑难会商\n1. 当日会商。",
    effect="一次办结比例明显提高（示例）。",
    lessons="从一件小事做起。",
    conditions="有综合窗口的政务服务中心。",
    pictures=(Picture("desk", "党员在窗口帮办", 1200, 900),),
)


def picture_bytes(key: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (1200, 900)).save(made, "JPEG")
    return made.getvalue()


def written(case: CaseSheet) -> Read:
    return Document(io.BytesIO(write_case_docx(case, picture_bytes)))


def lines(document: Read) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def test_a_case_reads_from_its_title_to_its_picture_in_official_order() -> None:
    text = lines(written(CASE))
    assert text[0].replace("\n", "") == CASE.title
    assert text[1:3] == ["市政务服务中心机关党委", "摘要：党员轮值帮办、疑难事项会商、办结回访三步衔接。"]
    headings = [line for line in text if line in {"背景与起因", "主要做法", "工作成效", "启示", "推广条件"}]
    assert headings == ["背景与起因", "主要做法", "工作成效", "启示", "推广条件"]
    assert text[-1] == "党员在窗口帮办"


def test_parts_that_are_empty_leave_no_heading_behind() -> None:
    text = lines(
        written(dataclasses.replace(CASE, summary="", background=" \n", lessons="", unit_line="", pictures=()))
    )
    assert "背景与起因" not in text
    assert "启示" not in text
    assert not [line for line in text if line.startswith("摘要")]
    assert text[-1] == CASE.conditions


def test_the_numbered_parts_of_the_practice_keep_their_levels() -> None:
    styles = {paragraph.text: paragraph.style for paragraph in written(CASE).paragraphs}
    assert [style.name for text, style in styles.items() if style and text.startswith(("（", "1."))] == [
        "二级标题",
        "二级标题",
        "正文段落",
    ]


def test_a_case_has_the_picture_with_its_caption_as_alternative_text() -> None:
    described = [shape.get("descr") for shape in written(CASE).element.iter(qn("wp:docPr"))]
    assert described == ["党员在窗口帮办"]


def test_a_case_of_one_sentence_is_a_document_too() -> None:
    bare = CaseSheet("标题", "", date(2026, 1, 1), practice="一句话。")
    assert lines(written(bare)) == ["标题", "主要做法", "一句话。"]


def test_the_same_case_gives_the_same_bytes_and_names_nobody() -> None:
    assert write_case_docx(CASE, picture_bytes) == write_case_docx(CASE, picture_bytes)
    assert written(CASE).core_properties.author == ""
