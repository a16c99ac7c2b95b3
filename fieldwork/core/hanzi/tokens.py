"""Text as search sees it: single characters and pairs of Han, whole words and numbers of everything else.

SQLite's unicode61 tokenizer and PostgreSQL's tsvector take these tokens as they are.
"""

import re
import unicodedata
from itertools import pairwise

HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"  # 々〆〇, and all planes of Han
_RUN = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")
_HAN_RUN = re.compile(f"[{HAN}]+")


def normalise(text: str) -> str:
    """Full width to half width, compatibility forms to plain ones, lower case; traditional characters stay."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())


def words(text: str) -> list[str]:
    """The runs of a text in their order: of Han, or of letters and digits. Punctuation divides and is left out."""
    return _RUN.findall(normalise(text))


def unigrams(text: str) -> list[str]:
    """Every Han character, and the other words whole: what finds a query of one character, or of Latin."""
    return [token for run in words(text) for token in (run if is_han(run) else (run,))]


def bigrams(text: str) -> list[str]:
    """Every two Han characters that follow each other in a run: what finds a query of two and more."""
    return [first + second for run in words(text) if is_han(run) for first, second in pairwise(run)]


def is_han(run: str) -> bool:
    """Whether a word is written in Han throughout."""
    return _HAN_RUN.fullmatch(run) is not None
