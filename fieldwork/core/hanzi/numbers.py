"""Mobile, ID and bank card numbers in running text: in any width, with or without spaces and hyphens between digits."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fieldwork import clock

_PHONE = re.compile(
    r"(?<!\d)(?:(?:\+|00)?86[ -]?)?(?P<number>1[3-9]\d(?:\d{8}|(?:[ .-]\d{4}){2}|\d[ .-]\d{3}[ .-]\d{4}))(?![\dA-Za-z])"
)
_ID = re.compile(r"(?<!\d)(?=(?P<number>[1-8](?:[ -]{0,2}\d){16}[ -]{0,2}[\dXx])(?!\d))")
_CARD = re.compile(r"(?<!\d)(?=(?P<number>\d{16,19}|\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?|\d{6}[ -]\d{10,13})(?!\d))")
_SURELY_A_CARD = re.compile(r"62\d{14,17}|9558\d{15}")
_PERHAPS_A_CARD = re.compile(r"(?:4\d|5[1-5]|35)\d{14}")
OTHER_NAME = re.compile(r"(?:[编单流批案件票货文]号|流水|编码|代码|序列|订单|No)[^\d\n]{0,6}$", re.IGNORECASE)
_NAME_MAX = 12
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_FIRST_BIRTH_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Number:
    """A number found: its span in the text, itself without what stood between its digits, and where each digit is."""

    start: int
    end: int
    plain: str
    positions: tuple[int, ...]


def half_width(text: str) -> str:
    """The text with plain digits, letters, brackets, spaces and hyphens for their variants; of the same length."""
    return text if text.isascii() and "\t" not in text else text.translate(_PLAIN)


def phones_in(text: str) -> Iterator[Number]:
    """Chinese mobile numbers, eleven digits from 13 to 19, with 86 before or not."""
    return _numbers(_PHONE, half_width(text))


def ids_in(text: str) -> Iterator[Number]:
    """Resident identity numbers (GB 11643): 18 digits with province, a birthday that has been, and the right check."""
    return (number for number in _numbers(_ID, half_width(text)) if _is_id(number.plain.upper()))


def cards_in(text: str) -> Iterator[Number]:
    """Bank cards by their first digits and Luhn's check, unless (UnionPay's apart) named an order or the like."""
    plain = half_width(text)
    return (number for number in _numbers(_CARD, plain) if _is_card(number, plain) and _passes_luhn(number.plain))


def _numbers(pattern: re.Pattern[str], plain: str) -> Iterator[Number]:
    for match in pattern.finditer(plain):
        start, end = match.span("number")
        positions = tuple(position for position in range(start, end) if plain[position].isalnum())
        yield Number(start, end, "".join(plain[position] for position in positions), positions)


def _is_id(number: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, number, strict=False))
    return number[:2] in _PROVINCES and _ID_CHECKS[total % 11] == number[17] and _is_birthday(number[6:14])


def _is_birthday(digits: str) -> bool:
    try:
        day = date.fromisoformat(digits)
    except ValueError:
        return False
    return day.year >= _FIRST_BIRTH_YEAR and day <= clock.today()


def _is_card(number: Number, plain: str) -> bool:
    if _SURELY_A_CARD.fullmatch(number.plain):
        return True
    named_at = max(0, number.start - _NAME_MAX)
    return bool(_PERHAPS_A_CARD.fullmatch(number.plain)) and not OTHER_NAME.search(plain, named_at, number.start)


def _passes_luhn(number: str) -> bool:
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    return (sum(doubled) + sum(int(digit) for digit in number[::-2])) % 10 == 0


class _Plain(dict[int, str]):
    """What stands for a character, one for one, so that positions stay what they were; found out once for each."""

    def __missing__(self, code: int) -> str:
        self[code] = _plain(chr(code))
        return self[code]


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category in {"Zs", "Cf"} or character == "\t":
        return " "
    if category == "Pd" or character == "\u2212":
        return "-"
    compatible = unicodedata.normalize("NFKC", character)
    return compatible if len(compatible) == 1 else character


_PLAIN = _Plain()
