"""Words out for 回收站."""

from typing import Any

KINDS = {"visit": "走访", "problem": "问题", "case": "案例"}
THROWN_AWAY = "已移入回收站，{days} 天内可以放回"
PUT_BACK = "已放回"
ASK = "移入回收站后，别人不再看到，检索和统计也不再计入。{days} 天内可以在“我的”“回收站”里放回，之后彻底清除。"

REFUSALS = {"is_needed": "这条记录已有人办理，或者已被其他记录引用，不能移入回收站。"}


def days_left(thrown: Any) -> str:
    """`还有 12 天可以放回`."""
    return f"还有 {thrown.days_left} 天可以放回" if thrown.days_left else "即将清除"
