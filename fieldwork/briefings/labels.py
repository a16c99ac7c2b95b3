"""Chinese of the briefings as printed."""

from datetime import date

NOTE = "编者按："
NOTE_TYPED = r"(?:编者)?按语?[：:]\s*"  # the office may have typed the name itself
CONTENTS = "目　录"
CONTENTS_MARK = "● "
REPORT_TO = "报："
SEND_TO = "送："
DISTRIBUTE_TO = "发："
QUOTED_NAME = ("《", "》")

STYLE_NAMES = {
    "masthead": "简报名称",
    "notice": "内部提示",
    "number": "期号",
    "organ": "编印单位和日期",
    "note": "编者按",
    "contents_head": "目录标题",
    "contents": "目录条目",
    "foot": "报送发",
    "copies": "印数",
}


def number(issue_no: int | None, total_no: int | None) -> str:
    """`第12期（总第236期）`; a draft has no number yet and shows the place for it."""
    issue = f"第{issue_no if issue_no is not None else '　'}期"
    return issue if total_no is None else f"{issue}（总第{total_no}期）"


def day(on: date) -> str:
    """`2026年11月23日`."""
    return f"{on.year}年{on.month}月{on.day}日"


def copies(count: int) -> str:
    """`（共印120份）`."""
    return f"（共印{count}份）"


REFUSALS: dict[str, str] = {}
