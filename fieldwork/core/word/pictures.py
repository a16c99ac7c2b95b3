"""Pictures on the page: fitted to the text width, two side by side when both are narrow, each with its caption."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.shape import CT_Inline
from docx.parts.image import ImagePart
from docx.shared import Emu, Mm
from PIL import Image

from fieldwork.core.plain import one_line
from fieldwork.core.word import labels
from fieldwork.core.word.blocks import paragraph
from fieldwork.core.word.styles import CAPTION, GAP, PICTURE, TEXT_WIDTH_MM
from fieldwork.core.word.table import two_columns
from fieldwork.core.word.xml import Node, node

CELL_MM = 76
ROW_HEIGHT_MM = 75
SINGLE_HEIGHT_MM = 85
LEAST_SHARE = 0.6  # of its own height that a picture keeps beside a lower one
LEAST_DPI = 110  # below this a print looks coarse: a small picture stays small
FULL_WIDTH_PX = 900  # a picture narrower than this does not fill the text width well

PictureBytes: TypeAlias = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by the key of its bytes in the store; width and height in pixels, more than 0. `mark`: the lines of the
    watermark that is drawn on it; another mark is another key."""

    key: str
    caption: str
    width: int
    height: int
    mark: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1:
            raise ValueError(f"picture {self.key} has no size")

    @property
    def is_narrow(self) -> bool:
        """Whether it may share the line with another."""
        return self.height > self.width or self.width < FULL_WIDTH_PX


class Album:
    """Places pictures into one document; the bytes of a key are asked for and stored once."""

    def __init__(self, document: Document, picture_bytes: PictureBytes) -> None:
        self._part = document.part
        self._bytes_of = picture_bytes
        self._links: dict[str, str] = {}
        self._placed = 0

    def place(self, pictures: Sequence[Picture]) -> list[Node]:
        """The pictures in their order, as blocks of the document."""
        return [block for row in _rows(pictures) for block in (self._pair(*row) if len(row) == 2 else self._one(*row))]

    def _one(self, picture: Picture) -> list[Node]:
        width, height = _fit(picture, TEXT_WIDTH_MM, SINGLE_HEIGHT_MM)
        return [self._framed(picture, width, height), paragraph(CAPTION, picture.caption)]

    def _pair(self, left: Picture, right: Picture) -> list[Node]:
        """Two pictures of one height over their captions, in a table without rules that no page end splits."""
        height = min(_fit(picture, CELL_MM, ROW_HEIGHT_MM)[1] for picture in (left, right))
        frames = [self._framed(picture, height * picture.width / picture.height, height) for picture in (left, right)]
        captions = [paragraph(CAPTION, picture.caption) for picture in (left, right)]
        return [two_columns([frames, captions]), paragraph(GAP)]

    def _framed(self, picture: Picture, width_mm: float, height_mm: float) -> Node:
        self._placed += 1
        size = (Emu(max(1, int(Mm(1) * width_mm))), Emu(max(1, int(Mm(1) * height_mm))))
        inline = CT_Inline.new_pic_inline(self._placed, self._link(picture.key), f"{self._placed}", *size)
        inline.docPr.set("descr", one_line(picture.caption) or labels.UNNAMED_PICTURE.format(number=self._placed))
        return paragraph(PICTURE, node("w:r", node("w:drawing", inline)))

    def _link(self, key: str) -> str:
        """The relationship to the stored picture. By hand: python-docx hashes each picture against all others."""
        if key not in self._links:
            content, extension = _printable(self._bytes_of(key))
            name = PackURI(f"/word/media/image{len(self._links) + 1}.{extension}")
            part = ImagePart(name, f"image/{extension}", content)
            self._links[key] = self._part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        return self._links[key]


def _rows(pictures: Iterable[Picture]) -> list[list[Picture]]:
    rows: list[list[Picture]] = []
    for picture in pictures:
        last = rows[-1] if rows else []
        if len(last) == 1 and _go_together(last[0], picture):
            last.append(picture)
        else:
            rows.append([picture])
    return rows


def _go_together(left: Picture, right: Picture) -> bool:
    """Whether both are narrow, and neither would be made a stamp by the height of the other."""
    low, high = sorted(_fit(picture, CELL_MM, ROW_HEIGHT_MM)[1] for picture in (left, right))
    return left.is_narrow and right.is_narrow and low >= LEAST_SHARE * high


def _fit(picture: Picture, width_mm: float, height_mm: float) -> tuple[float, float]:
    """The largest size in mm that fits the room, keeps the proportions and does not print coarse."""
    scale = min(width_mm / picture.width, height_mm / picture.height, 25.4 / LEAST_DPI)
    return picture.width * scale, picture.height * scale


def _printable(content: bytes) -> tuple[bytes, str]:
    """JPEG and PNG as they are; anything else Word may not show is made a JPEG. Raises OSError if it is no picture."""
    if content.startswith(b"\xff\xd8\xff"):
        return content, "jpeg"
    if content.startswith(b"\x89PNG\r\n"):
        return content, "png"
    made = io.BytesIO()
    with Image.open(io.BytesIO(content)) as picture:
        picture.convert("RGB").save(made, "JPEG", quality=88)
    return made.getvalue(), "jpeg"
