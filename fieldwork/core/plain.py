"""Text as documents and tables can hold it: what XML forbids, or what turns the reading order round, is taken out."""

import re

_NEWLINES = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_FORBIDDEN = re.compile(r"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = re.compile(r"[\t\n]+")
_INVISIBLE = re.compile(r"[\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]")


def plain(text: str) -> str:
    """The text with `\\n` as its only line break, without control characters, lone surrogates and direction marks."""
    if text.isprintable():  # the common case, and several times faster: printable text holds none of them
        return text
    return _INVISIBLE.sub("", _FORBIDDEN.sub("", _NEWLINES.sub("\n", text)))


def one_line(text: str) -> str:
    """The same with every run of line breaks and tabs as one space; spaces at the ends stay."""
    return _BREAKS.sub(" ", plain(text))
