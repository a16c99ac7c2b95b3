"""A case as a Word document in official layout."""

from dataclasses import dataclass
from datetime import date

from fieldwork.cases.word_labels import SECTION_STYLE, SECTIONS, SUMMARY, SUMMARY_STYLE
from fieldwork.core.word import labels
from fieldwork.core.word.blocks import body, named, paragraph, source, title
from fieldwork.core.word.paper import Paper
from fieldwork.core.word.pictures import Picture, PictureBytes
from fieldwork.core.word.styles import Style
from fieldwork.core.word.text import paragraphs_of
from fieldwork.core.word.xml import Node

SUMMARY_TEXT = Style("Summary", SUMMARY_STYLE, labels.KAITI, indent=2)
SECTION = Style("Section", SECTION_STYLE, labels.HEITI, indent=2, before=8, outline=1, keeps_with_next=True)


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """What a case's document shows; empty parts are left out. `unit_line` stands under the title."""

    title: str
    unit_line: str
    date: date
    summary: str = ""
    background: str = ""
    practice: str = ""
    effect: str = ""
    lessons: str = ""
    conditions: str = ""
    pictures: tuple[Picture, ...] = ()


def write_case_docx(case: CaseSheet, picture_bytes: PictureBytes) -> bytes:
    """The docx file of one case: the same sheet and pictures give the same bytes."""
    paper = Paper(picture_bytes, (SUMMARY_TEXT, SECTION))
    paper.add(title(case.title))
    if case.unit_line:
        paper.add(source(case.unit_line))
    paper.extend(named(SUMMARY_TEXT, SUMMARY, case.summary))
    for field, heading in SECTIONS.items():
        paper.extend(_section(heading, getattr(case, field)))
    paper.extend(paper.album.place(case.pictures))
    return paper.to_bytes(case.title, case.date)


def _section(heading: str, text: str) -> list[Node]:
    """The part under its heading. The heading has no number of its own: the text may well bring one."""
    blocks = body(paragraphs_of(text))
    return [paragraph(SECTION, heading), *blocks] if blocks else []
