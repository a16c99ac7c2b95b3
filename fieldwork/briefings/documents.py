"""The files of an issue. An issued one is rendered once from its frozen sheet and kept: the same file for ever."""

import base64
import hashlib
import logging

from fieldwork.briefings import compose, queries
from fieldwork.briefings.models import Briefing, BriefingItem
from fieldwork.briefings.sheet import Sheet
from fieldwork.briefings.word import write_docx
from fieldwork.errors import Conflict, NotFound
from fieldwork.photos import files
from fieldwork.photos.printing import all_printed, printed

log = logging.getLogger(__name__)
PRINT_SIZE = 2400
SCREEN_SIZE = 1280


def standing_sheet(briefing: Briefing, items: list[BriefingItem]) -> Sheet:
    """What the issue says: frozen when it is issued, as it stands while it is a draft."""
    if briefing.frozen is not None:
        return Sheet.from_data(briefing.frozen)
    photos = queries.photos_by_hash(queries.chosen_in(items))
    return compose.sheet_of(briefing, items, photos)


def docx_of(briefing: Briefing) -> bytes:
    """The Word file; of an issued one always the same bytes, checked against the hash taken when it was first made."""
    if not briefing.is_issued:
        return _rendered(briefing)
    key = f"briefings/{briefing.uid}.docx"
    store = files.store()
    if not briefing.docx_sha256:
        body = _rendered(briefing)
        store.put(key, body)
        Briefing.update(docx_sha256=hashlib.sha256(body).hexdigest()).where(
            Briefing.id == briefing.id, Briefing.docx_sha256 == ""
        ).execute()
        return body
    kept = store.read(key) if store.exists(key) else b""
    if hashlib.sha256(kept).hexdigest() == briefing.docx_sha256:
        return kept
    log.error("briefing.file_differs", extra={"uid": str(briefing.uid)})
    return _restored(briefing, key)


def _restored(briefing: Briefing, key: str) -> bytes:
    """The file made once more from what was frozen, when the kept one is lost or not what it was.

    Raises:
        Conflict: not even this gives the file that was issued.
    """
    body = _rendered(briefing)
    if hashlib.sha256(body).hexdigest() != briefing.docx_sha256:
        raise Conflict("briefing_file_lost")
    files.store().put(key, body)
    return body


def picture(sheet: Sheet, key: str, size: int) -> bytes:
    """The JPEG of a picture of the sheet for print or screen.

    Raises:
        NotFound: the sheet has no such picture.
    """
    if key not in sheet.pictures:
        raise NotFound
    return printed(key, sheet.pictures[key].mark, size)


def embedded(sheet: Sheet, key: str) -> str:
    """The screen picture as a data: address, so that the page for the website is one file."""
    return "data:image/jpeg;base64," + base64.b64encode(picture(sheet, key, SCREEN_SIZE)).decode("ascii")


def _rendered(briefing: Briefing) -> bytes:
    sheet = standing_sheet(briefing, queries.items_of(briefing))
    return write_docx(sheet, all_printed(sheet.pictures, PRINT_SIZE).__getitem__)
