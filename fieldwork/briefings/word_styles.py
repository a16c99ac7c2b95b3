"""The styles only a briefing has: its head, the editor's note, the contents, and the foot."""

from fieldwork.briefings.labels import STYLE_NAMES
from fieldwork.core.word import labels
from fieldwork.core.word.styles import RED, TEXT_WIDTH_MM, Style

NOTICE = Style("Notice", STYLE_NAMES["notice"], labels.HEITI, align="left")
MASTHEAD = Style(
    "Masthead", STYLE_NAMES["masthead"], labels.XIAOBIAOSONG, 72, line=None, align="center", color=RED, after=6
)
NUMBER = Style("Number", STYLE_NAMES["number"], align="center", after=4)
ORGAN = Style("Organ", STYLE_NAMES["organ"], align="left", after=12, right_tab=TEXT_WIDTH_MM * 72 / 25.4)
NOTE = Style("Note", STYLE_NAMES["note"], labels.KAITI, indent=2)
CONTENTS_HEAD = Style(
    "ContentsHead", STYLE_NAMES["contents_head"], labels.HEITI, align="center", before=14, keeps_with_next=True
)
CONTENTS = Style("Contents", STYLE_NAMES["contents"], align="left", side=16, hanging=1.5)
FOOT = Style("Foot", STYLE_NAMES["foot"], points=14, line=24, align="left", side=14, hanging=2)
COPIES = Style("Copies", STYLE_NAMES["copies"], points=14, line=24, align="right", side=14)

STYLES = (NOTICE, MASTHEAD, NUMBER, ORGAN, NOTE, CONTENTS_HEAD, CONTENTS, FOOT, COPIES)
