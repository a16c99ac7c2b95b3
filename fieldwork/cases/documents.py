"""A case as a Word file, made from the record as it stands."""

from fieldwork import clock
from fieldwork.cases.models import Case
from fieldwork.cases.word import CaseSheet, write_case_docx
from fieldwork.core.word.pictures import Picture
from fieldwork.photos import keeping
from fieldwork.photos.printing import all_printed
from fieldwork.photos.queries import ShownPhoto, photos_of
from fieldwork.records.marking import marks_of

PRINT_SIZE = 2400


def docx_of(case: Case, watermark: str) -> bytes:
    """The docx of this case with those of its photos that may be published. `watermark`: on which (records.marking)."""
    shown = [photo for photo in photos_of("case", [case.id]).get(case.id, []) if photo.is_publishable]
    marks = marks_of("case", {case.id: shown}, watermark)
    sheet = CaseSheet(
        title=case.shown_title,
        unit_line=case.unit.name,
        date=clock.local(case.updated_at).date(),
        summary=case.summary,
        background=case.background,
        practice=case.text,
        effect=case.effect,
        lessons=case.lessons,
        conditions=case.conditions,
        pictures=tuple(_picture(photo, marks.get((case.id, photo.sha256), ())) for photo in shown),
    )
    pictures = {picture.key: picture for picture in sheet.pictures}
    return write_case_docx(sheet, all_printed(pictures, PRINT_SIZE).__getitem__)


def _picture(photo: ShownPhoto, mark: tuple[str, ...]) -> Picture:
    return Picture(keeping.key_of(photo, mark), photo.caption, photo.width, photo.height, mark)
