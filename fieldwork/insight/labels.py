"""Words out for home, search and coverage."""

from datetime import date

KINDS = {"visit": "走访", "problem": "问题", "case": "案例"}
DUE_TONES = {"overdue": "red", "due_soon": "amber"}
TO_SIGN = "待签发"
TO_ANSWER = "待答复"
FEEDBACK = "投诉建议"
CONFLICTS = "两份待选"
CONFLICTS_NOTE = "您发来的内容送到时，记录已有别的改动"
BOX = "待认领"
BOX_NOTE = "手机来件，需要认领后才记入系统"
ITEMS = "{count} 条"
DRAFT = "草稿"
RECEIVED = "已收讫"
BY = {"type": "片区 × 单位类型", "sector": "系统 × 片区"}

REFUSALS: dict[str, str] = {}


def due(kind: str, working_days: int) -> str:
    """How a problem stands against its date: `逾期 2 天`, `还有 3 个工作日`."""
    if kind == "overdue":
        return f"逾期 {abs(working_days)} 天"
    if kind == "due_soon":
        return f"还有 {working_days} 天" if working_days else "今天到期"
    return f"还有 {working_days} 个工作日" if kind == "on_time" else "暂停计时" if kind == "paused" else ""


def visit_line(day: date, title: str, problems: int, cases: int, photos: int) -> str:
    """`11月20日 · 看望老党员 · 1 个问题 · 1 个做法 · 照片 6`."""
    counted = [(problems, "个问题"), (cases, "个做法")]
    parts = [f"{day.month}月{day.day}日", title, *(f"{count} {what}" for count, what in counted if count)]
    return " · ".join([*filter(None, parts), *([f"照片 {photos}"] if photos else [])])
