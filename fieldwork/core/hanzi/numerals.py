"""Numbers in Chinese writing: counting (十二), years (二〇二六), and back."""

import re

MAX = 99_999_999
_DIGITS = "零一二三四五六七八九"
_ZERO, _WAN = "零", "万"
_PLACES = {"千": 1000, "百": 100, "十": 10}
_YEAR = str.maketrans("0123456789", "〇一二三四五六七八九")
_ONE_BY_ONE = re.compile(f"[〇{_DIGITS}]{{2,}}")
_COUNT = re.compile(f"[{_DIGITS}{''.join(_PLACES)}{_WAN}]+")
_PLAIN = str.maketrans({"〇": _ZERO, "两": "二"})


def hanzi_number(number: int) -> str:
    """How a count is written: 12 is 十二, 105 is 一百零五, 20 000 is 二万.

    Raises:
        ValueError: below 0 or above 99 999 999.
    """
    if not 0 <= number <= MAX:
        raise ValueError(f"{number} is not between 0 and {MAX}")
    wan, rest = divmod(number, 10_000)
    written = _below_wan(rest)
    if wan:
        written = _below_wan(wan) + _WAN + (_ZERO if 0 < rest < 1000 else "") + written
    return written.removeprefix("一") if written.startswith("一十") else written or _ZERO


def _below_wan(number: int) -> str:
    written, gap = "", False
    for sign, place in _PLACES.items():
        digit, number = divmod(number, place)
        if digit:
            written += (_ZERO if gap else "") + _DIGITS[digit] + sign
        gap = not digit and written != ""
    return written + (_ZERO if gap else "") + _DIGITS[number] if number else written


def hanzi_year(year: int) -> str:
    """A year, digit by digit: 2026 is 二〇二六."""
    return str(year).translate(_YEAR)


def number_of(text: str) -> int:
    """The number written: as a count (十二, 两百, 一千零五万), digit by digit (二〇二六), or in Arabic digits (12).

    Raises:
        ValueError: it is no number, or not one that is written so.
    """
    if text.isdecimal():
        return int(text)
    plain = text.translate(_PLAIN)
    if _ONE_BY_ONE.fullmatch(plain):
        return int("".join(str(_DIGITS.index(digit)) for digit in plain))
    if _COUNT.fullmatch(plain):
        number = _added_up(plain)
        if number <= MAX and hanzi_number(number) in {plain, plain.removeprefix("一")}:
            return number
    raise ValueError(f"{text!r} is not a number")


def _added_up(plain: str) -> int:
    """The places added up as they come, sense or not: 一十二 as well as 十二, and for nonsense some number."""
    total = part = digit = 0
    for sign in plain:
        if sign in _PLACES:
            part, digit = part + (digit or 1) * _PLACES[sign], 0
        elif sign == _WAN:
            total, part, digit = (total + part + digit) * 10_000, 0, 0
        else:
            digit = _DIGITS.index(sign)
    return total + part + digit
