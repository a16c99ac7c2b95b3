"""Typed and pasted text, freed of what no form, database or document should hold."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x9f"
_INVISIBLE = "\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb"  # not the joiners emoji need
_SURROGATES = "\ud800-\udfff"  # JSON can smuggle them in; no database takes them
_PLANE_ENDS = "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_NONCHARACTERS = f"\ufdd0-\ufdef{_PLANE_ENDS}"
_UNWANTED = re.compile(f"[{_CONTROLS}{_INVISIBLE}{_SURROGATES}{_NONCHARACTERS}]")


def clean(text: str) -> str:
    """The text in NFC, its line ends as LF, without control, invisible and non-characters.

    Tabs, emoji and Han beyond the basic plane stay. Cleaning a second time changes nothing.
    """
    return unicodedata.normalize("NFC", _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)))
