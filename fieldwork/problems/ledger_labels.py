"""Chinese of the problem ledger (问题台账) as a spreadsheet."""

from datetime import date

LEDGER = "问题台账"
SUMMARY = "汇总"
TITLE = "走访调研问题台账"
ORGAN = "填报单位："
COUNTED_ON = "统计截止："
COUNTED_IN = "单位：件"
CUT = "（内容过长，以下略，全文见系统）"
FOOTER = "&C第 &P 页，共 &N 页"
LEAD, HELP = "牵头：", "配合："
BETWEEN = "、"

COLUMNS = (
    ("序号", 5),
    ("编号", 13),
    ("片区", 9),
    ("单位", 11),
    ("工作载体", 9),
    ("发现时间", 11),
    ("问题类别", 9),
    ("问题描述", 26),
    ("责任单位\n（牵头/配合）", 12),
    ("责任人", 7),
    ("解决措施", 18),
    ("完成时限", 11),
    ("进展情况", 18),
    ("是否销号", 7),
    ("销号时间", 11),
    ("群众（基层）评价", 10),
    ("备注", 8),
)

STANDING = {"closed": "是", "open": "否", "parked": "否（挂账推进）"}

BY_AREA, BY_CATEGORY = "片区", "问题类别"
COUNTS = ("总数", "办结", "办理中", "挂账")
SUM = "合计"
NOT_GIVEN = "未填"


def day(on: date) -> str:
    """`2026年11月23日`."""
    return f"{on.year}年{on.month}月{on.day}日"


def signatures(filled_by: str, checked_by: str, on: date) -> str:
    """The line below the last row."""
    return f"填表人：{filled_by:　<8}审核人：{checked_by:　<8}填报日期：{day(on)}"


def file_name(on: date) -> str:
    """`问题台账_20261123.xlsx`."""
    return f"{LEDGER}_{on:%Y%m%d}.xlsx"
