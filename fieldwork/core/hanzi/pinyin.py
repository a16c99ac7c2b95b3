"""Names in pinyin without tones: to sort by, to search by, and their initials.

The dictionary of pypinyin is imported when the first name is written, not at the start: it takes 58 MB and 0.2 s, and
the pages sort and search by what was stored.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from fieldwork.core.hanzi.numerals import number_of
from fieldwork.core.hanzi.readings import (
    COMPOUND_SURNAMES,
    FAMILY_PLACE_SECOND,
    LONG_PLACE_SECOND,
    PLACES,
    SURNAMES,
)
from fieldwork.core.hanzi.tokens import HAN, is_han, normalise

_RUN = re.compile(f"(?P<han>[{HAN}]+)|(?P<number>[0-9]+)|(?P<latin>[^\\W\\d_{HAN}]+)")
_NUMERAL = "[〇零一二三四五六七八九十百千]+"
_COUNTED = re.compile(f"(?<=第){_NUMERAL}|(?<=[{HAN}]){_NUMERAL}(?=[组期号届队社班栋楼])")
_OF_FAMILY = f"[{''.join(SURNAMES)}](?=家[{FAMILY_PLACE_SECOND}])"
_KNOWN = re.compile(f"({'|'.join(PLACES)}|长(?=[{LONG_PLACE_SECOND}])|{_OF_FAMILY})")
_UMLAUT = re.compile("(?<=[ln])[üǖǘǚǜ]")
_DIGITS_MAX = 9


@dataclass(frozen=True, slots=True)
class Part:
    """A syllable, word or number of a name: how it is spelled, its initials, and what it sorts by."""

    spelled: str
    initial: str
    key: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A name as it is read."""

    parts: tuple[Part, ...]

    @property
    def sort_key(self) -> str:
        """Only a-z and 0-9, so that every collation of every database orders it alike; 0 divides the syllables."""
        return "0".join(part.key for part in self.parts)

    @property
    def spelling(self) -> str:
        """In one piece, as people type it: qingshiaocun."""
        return "".join(part.spelled for part in self.parts)

    @property
    def initials(self) -> str:
        """The first letters: qsac. Words in Latin letters and numbers stay whole."""
        return "".join(part.initial for part in self.parts)


def reading(text: str, override: str | None = None) -> Reading:
    """How the name of a unit or place is read; `override` is its pinyin in words, where somebody knows better."""
    return _spelled_out(override) if override and override.strip() else Reading(tuple(_parts(text)))


def reading_of_person(name: str, override: str | None = None) -> Reading:
    """How a person's name is read: the surname as surnames are, and no numbers in it."""
    if override and override.strip():
        return _spelled_out(override)
    name = normalise(name).strip()
    surname = name[:2] if name[:2] in COMPOUND_SURNAMES else name[:1] if is_han(name[:1]) else ""
    known = COMPOUND_SURNAMES.get(surname) or SURNAMES.get(surname)
    family = map(_syllable, known.split()) if known else _parts(surname)
    return Reading((*family, *_parts(name[len(surname) :], counting=False)))


def sort_key(text: str, override: str | None = None) -> str:
    """What a name of a unit or place sorts by; see Reading.sort_key."""
    return reading(text, override).sort_key


def person_sort_key(name: str, override: str | None = None) -> str:
    """What a person's name sorts by; see Reading.sort_key."""
    return reading_of_person(name, override).sort_key


def initials(text: str, override: str | None = None) -> str:
    """The first letters of a name of a unit or place: 青石坳村 is qsac."""
    return reading(text, override).initials


def _spelled_out(pinyin: str) -> Reading:
    return Reading(tuple(_syllable(word) for word in map(_letters, pinyin.split()) if word))


def _parts(text: str, *, counting: bool = True) -> Iterator[Part]:
    for run in _RUN.finditer(normalise(text)):
        if run["han"]:
            yield from _han(run["han"]) if counting else _syllables(run["han"])
        elif run["number"]:
            yield Part(run["number"], run["number"], _number_key(run["number"]))
        elif letters := _letters(run["latin"]):
            yield Part(letters, letters, letters)


def _han(run: str) -> Iterator[Part]:
    """第十二期 sorts after 第二期: a Chinese number that counts is a number; one in a name (三峡, 十堰) is not."""
    done = 0
    for numeral in _COUNTED.finditer(run):
        try:
            number = number_of(numeral.group())
        except ValueError:
            continue
        yield from _syllables(run[done : numeral.start()])
        read = Reading(tuple(_syllables(numeral.group())))
        yield Part(read.spelling, read.initials, _number_key(str(number)))
        done = numeral.end()
    yield from _syllables(run[done:])


def _syllables(run: str) -> Iterator[Part]:
    for position, piece in enumerate(_KNOWN.split(run)):
        if position % 2:
            yield from map(_syllable, (PLACES.get(piece) or SURNAMES[piece]).split())
        elif piece:
            yield from map(_syllable, _dictionary()(piece, errors=list))


def _syllable(spelled: str) -> Part:
    if spelled.isascii():
        return Part(spelled, spelled[:1], spelled)
    # no dictionary reads it: it sorts last, by its place in Unicode
    return Part("", "", f"zz{ord(spelled):06x}")


def _number_key(digits: str) -> str:
    """The number behind its count of digits, so that 2 sorts before 12, and both before letters."""
    digits = digits.lstrip("0") or "0"
    return f"{min(len(digits), _DIGITS_MAX)}{digits}"


def _letters(word: str) -> str:
    """a-z and 0-9 of a word: accents and tone marks fall off, lü is lv as on the keyboard."""
    plain = unicodedata.normalize("NFD", _UMLAUT.sub("v", unicodedata.normalize("NFC", word.lower())))
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())


@cache
def _dictionary() -> Callable[..., list[str]]:
    from pypinyin import lazy_pinyin

    return lazy_pinyin
