"""How names of people and units are spelt in pinyin: for the order of lists, and to be found by typed letters."""

from fieldwork.core.hanzi.pinyin import Reading, reading, reading_of_person

Spelling = dict[str, str]
"""Values of the columns sort_key, pinyin and initials."""


def of_person(name: str, override: str = "") -> Spelling:
    """A person's name; a surname is read as surnames are (曾 zeng, 单 shan)."""
    return _columns(reading_of_person(name, override))


def of_unit(name: str, override: str = "") -> Spelling:
    """A unit's name. `override` (zhong an zhen) is for names that the dictionary reads wrongly."""
    return _columns(reading(name, override))


def _columns(read: Reading) -> Spelling:
    return {"sort_key": read.sort_key, "pinyin": read.spelling, "initials": read.initials}
