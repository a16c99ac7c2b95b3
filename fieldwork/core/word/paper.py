"""A Word document under way: blocks are added from top to bottom, then it is taken as bytes."""

import io
from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from docx import Document

from fieldwork.core.plain import one_line
from fieldwork.core.word.archive import packed
from fieldwork.core.word.pictures import Album, PictureBytes
from fieldwork.core.word.skeleton import skeleton
from fieldwork.core.word.styles import SHARED, Style
from fieldwork.core.word.xml import Node

_LONGEST_PROPERTY = 255


class Paper:
    """An official A4 page with the shared styles and those of the one who writes on it."""

    def __init__(self, picture_bytes: PictureBytes, styles: tuple[Style, ...] = ()) -> None:
        self._document = Document(io.BytesIO(skeleton((*SHARED, *styles))))
        self._end = self._document.element.body.sectPr
        self.album = Album(self._document, picture_bytes)

    def add(self, *blocks: Node) -> None:
        """Put the blocks below what stands there."""
        self.extend(blocks)

    def extend(self, blocks: Iterable[Node]) -> None:
        for block in blocks:
            self._end.addprevious(block)

    def to_bytes(self, title: str, on: date) -> bytes:
        """The docx file. It names its title and day, no author; the same blocks give the same bytes."""
        moment = datetime.combine(on, time(), UTC).replace(tzinfo=None)
        properties = self._document.core_properties
        properties.title = one_line(title).strip()[:_LONGEST_PROPERTY]
        properties.author = properties.last_modified_by = ""
        properties.created = properties.modified = moment
        return packed(self._document.part.package)
