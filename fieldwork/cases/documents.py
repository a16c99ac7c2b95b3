"""A case as a Word file, made from the record as it stands."""

from fieldwork import clock
from fieldwork.cases.models import Case
from fieldwork.cases.word import CaseSheet, write_case_docx
from fieldwork.core.word.pictures import Picture
from fieldwork.photos import covering
from fieldwork.photos.queries import photos_of

PRINT_SIZE = 2400


def docx_of(case: Case) -> bytes:
    """The docx of this case with those of its photos that may be published."""
    shown = [photo for photo in photos_of("case", [case.id]).get(case.id, []) if photo.is_publishable]
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
        pictures=tuple(Picture(photo.sha256, photo.caption, photo.width, photo.height) for photo in shown),
    )
    return write_case_docx(sheet, lambda sha256: covering.picture(sha256, PRINT_SIZE))
