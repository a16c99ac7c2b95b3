"""Cell values as people meant them: a number without .0, a day as a day whatever way it was typed."""

import math
import re
from datetime import date, datetime, time
from typing import Any

from openpyxl.utils.datetime import from_excel
from openpyxl.utils.escape import unescape

from fieldwork.core.plain import plain

_DAY = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?:\D.*)?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_EDGES = " \t\n\u00a0\u3000"
_SERIALS = range(20_000, 80_000)  # 1954 to 2119 as numbers of days, when a cell lost its date format


def text_of(value: Any) -> str:
    """The cell as text; empty for an empty one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes") if value.time() != time() else value.date().isoformat()
    return plain(unescape(str(value))).strip(_EDGES)  # a line break may come as _x000D_, and openpyxl leaves it so


def date_of(value: Any) -> date | None:
    """The day the cell names, or None if it names none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and math.isfinite(value) and int(value) in _SERIALS:
        return _from_serial(int(value))
    match = _DAY.fullmatch(text_of(value)) or _DIGITS.fullmatch(text_of(value))
    return _day(*(int(part) for part in match.groups())) if match else None


def _from_serial(value: int) -> date | None:
    moment = from_excel(value)
    return moment.date() if isinstance(moment, datetime) else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
