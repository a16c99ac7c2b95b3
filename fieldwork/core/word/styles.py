"""Paragraph styles: every look stands in a named style, so that the office can change it in one place in Word.

Sizes in points: 2号 22, 3号 16, 4号 14, 小四 12. Lines are exact; 28.95 pt gives 22 lines on the page, and spacing
letters by -0.25 pt gives 28 characters a line (both measured; 29 pt gives 21 lines, -0.2 pt gives 27 characters).
"""

from dataclasses import dataclass

from fieldwork.core.word import labels
from fieldwork.core.word.xml import Node, flag, node, off

LINE = 28.95
TEXT_WIDTH_MM = 156
RED = "FF0000"


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style. `line` None means as high as its content; `indent` is the first line's, in characters."""

    id: str
    name: str
    font: str = labels.FANGSONG
    points: float = 16
    line: float | None = LINE
    align: str = "both"
    indent: float = 0
    before: float = 0
    after: float = 0
    color: str = ""
    outline: int | None = None
    keeps_with_next: bool = False
    side: float = 0  # indent of both sides, in points
    hanging: float = 0  # in characters
    right_tab: float = 0  # in points


TITLE = Style(
    "Title", labels.TITLE, labels.XIAOBIAOSONG, 22, line=34, align="center", before=LINE, after=8, outline=0,
    keeps_with_next=True,
)  # fmt: skip
SOURCE = Style("Source", labels.SOURCE, labels.KAITI, align="center", after=12, keeps_with_next=True)
BODY = Style("BodyText", labels.BODY, indent=2)
HEADING_1 = Style("Level1", labels.HEADING_1, labels.HEITI, indent=2)
HEADING_2 = Style("Level2", labels.HEADING_2, labels.KAITI, indent=2)
PICTURE = Style("Picture", labels.PICTURE, line=None, align="center", before=8, keeps_with_next=True)
CAPTION = Style("Caption", labels.CAPTION, labels.KAITI, 12, line=18, align="center", before=3, after=8)
GAP = Style("Gap", labels.GAP, points=6, line=6)
CELL = Style("Cell", labels.CELL, points=12, line=18, align="left", before=2, after=2)
CELL_SHORT = Style("CellShort", labels.CELL_SHORT, points=12, line=18, align="center", before=2, after=2)
CELL_HEAD = Style("CellHead", labels.CELL_HEAD, labels.HEITI, 12, line=18, align="center", before=2, after=2)
PAGE_ODD = Style("PageOdd", f"{labels.PAGE_NUMBER} 1", labels.SONGTI, 14, line=18, align="right", side=14)
PAGE_EVEN = Style("PageEven", f"{labels.PAGE_NUMBER} 2", labels.SONGTI, 14, line=18, align="left", side=14)

SHARED = (
    TITLE,
    SOURCE,
    BODY,
    HEADING_1,
    HEADING_2,
    PICTURE,
    CAPTION,
    GAP,
    CELL,
    CELL_SHORT,
    CELL_HEAD,
    PAGE_ODD,
    PAGE_EVEN,
)


def style_sheet(styles: tuple[Style, ...]) -> Node:
    """The whole w:styles part: the defaults, one base style without looks of its own, and the given styles."""
    defaults = node(
        "w:docDefaults",
        node("w:rPrDefault", _run(labels.FANGSONG, 16, "")),
        node("w:pPrDefault", node("w:pPr")),
    )
    base = node(
        "w:style", node("w:name", val="Normal"), node("w:qFormat"), type="paragraph", default=1, styleId="Normal"
    )
    return node("w:styles", defaults, base, *(_style(style) for style in styles))


def _style(style: Style) -> Node:
    return node(
        "w:style",
        node("w:name", val=style.name),
        node("w:basedOn", val="Normal"),
        node("w:qFormat"),
        _paragraph(style),
        _run(style.font, style.points, style.color),
        type="paragraph",
        customStyle=1,
        styleId=style.id,
    )


def _paragraph(style: Style) -> Node:
    return node(
        "w:pPr",
        flag("w:keepNext", style.keeps_with_next),
        off("w:widowControl"),
        node("w:tabs", node("w:tab", val="right", pos=_twips(style.right_tab))) if style.right_tab else None,
        off("w:snapToGrid"),
        _spacing(style),
        _indent(style),
        node("w:jc", val=style.align),
        None if style.outline is None else node("w:outlineLvl", val=style.outline),
    )


def _spacing(style: Style) -> Node:
    exact = {} if style.line is None else {"line": _twips(style.line), "lineRule": "exact"}
    return node("w:spacing", before=_twips(style.before), after=_twips(style.after), **exact)


def _indent(style: Style) -> Node:
    side = _twips(style.side + style.hanging * style.points)
    first = {"firstLineChars": round(style.indent * 100), "firstLine": _twips(style.indent * style.points)}
    if style.hanging:
        first = {"hanging": _twips(style.hanging * style.points)}
    return node("w:ind", left=side, right=_twips(style.side), **(first if style.indent or style.hanging else {}))


def _run(font: str, points: float, color: str) -> Node:
    latin = font if font in (labels.XIAOBIAOSONG, labels.HEITI) else labels.LATIN
    return node(
        "w:rPr",
        node("w:rFonts", ascii=latin, hAnsi=latin, eastAsia=font, cs=labels.LATIN),
        node("w:color", val=color) if color else None,
        node("w:spacing", val=-5),
        node("w:sz", val=round(points * 2)),
        node("w:szCs", val=round(points * 2)),
        node("w:lang", val="en-US", eastAsia="zh-CN"),
    )


def _twips(points: float) -> int:
    return round(points * 20)
