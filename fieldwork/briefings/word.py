"""A briefing as a Word document, laid out as an official 简报 that can be printed as it is."""

from fieldwork.briefings import labels
from fieldwork.briefings.sheet import Sheet, SheetItem
from fieldwork.briefings.word_foot import foot
from fieldwork.briefings.word_head import contents, head, note
from fieldwork.briefings.word_styles import STYLES
from fieldwork.core.word.blocks import body, source, title
from fieldwork.core.word.paper import Paper
from fieldwork.core.word.pictures import PictureBytes
from fieldwork.core.word.table import table

LEAST_CONTENTS = 3


def write_docx(sheet: Sheet, picture_bytes: PictureBytes) -> bytes:
    """The docx file of an issue: the same sheet and pictures give the same bytes.

    `picture_bytes` gives JPEG or PNG (another format is converted) for a picture's key; what it raises goes through.
    """
    paper = Paper(picture_bytes, STYLES)
    paper.extend(head(sheet))
    paper.extend(note(sheet.editors_note))
    if len(sheet.items) >= LEAST_CONTENTS:
        paper.extend(contents(sheet.items))
    for item in sheet.items:
        _add(paper, item)
    paper.extend(foot(sheet))
    return paper.to_bytes(f"{sheet.masthead} {labels.number(sheet.issue_no, sheet.total_no)}", sheet.date)


def _add(paper: Paper, item: SheetItem) -> None:
    paper.add(title(item.heading))
    if item.source_line:
        paper.add(source(item.source_line))
    paper.extend(body(item.paragraphs))
    paper.extend(table(item.table))
    paper.extend(paper.album.place(item.pictures))
