"""Codes of units and terms: what stands for them in addresses and sheets. Made once from the name, never changed."""

from itertools import count
from typing import Any

from peewee import Expression

from fieldwork.core.hanzi.pinyin import reading
from fieldwork.people.turns import take_turn

LENGTH_MAX = 48


def free_code(table: Any, name: str, among: Expression | None = None) -> str:
    """The name in pinyin, with a number behind it when another row (among these) has it: yunpingxian, yunpingxian-2.

    Inside a transaction: nobody else is given the same code before it ends.
    """
    take_turn(f"code:{table.__name__}")
    wanted = reading(name).spelling[:LENGTH_MAX] or "x"
    rows = table.select(table.code).where(table.code.startswith(wanted))
    taken = {row.code for row in (rows if among is None else rows.where(among))}
    numbered = (f"{wanted}-{number}" for number in count(2))
    return wanted if wanted not in taken else next(code for code in numbered if code not in taken)
