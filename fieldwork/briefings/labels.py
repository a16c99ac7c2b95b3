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


# --- on the screen

STATES = {"draft": "编辑中", "to_sign": "待签发", "issued": "已签发"}
STATE_TONES = {"draft": "amber", "to_sign": "blue", "issued": "green"}
MOVES = {"ask": "送签发", "hand_back": "退回编辑", "issue": "签发"}
DONE = {"ask": "已送签发", "hand_back": "已退回编辑", "issue": "已签发，内容从此不再改变"}
FIELDS = {
    "masthead": "刊名",
    "organ": "编印单位",
    "title": "内部备注名",
    "dated": "印发日期",
    "editors_note": "按语",
    "report_to": "报",
    "send_to": "送",
    "distribute_to": "发",
    "copies": "印数",
    "watermark": "照片水印",
    "heading": "标题",
    "body": "正文",
    "comment": "意见",
}
WATERMARKS = {"unit": "按单位设置", "all": "都带", "none": "都不带"}
INTERNAL = "内部资料　注意保存"
ITEM_KINDS = {"case": "典型案例", "problem": "问题摘报", "text": "文稿"}
NEW_TEXT = ("新文稿", "请在这里写正文。")
ORDINALS = ("一、", "二、", "三、", "四、", "五、", "六、")
CASE_PARTS = (
    ("summary", "概况"),
    ("background", "背景"),
    ("text", "主要做法"),
    ("effect", "成效"),
    ("lessons", "启示"),
    ("conditions", "推广条件"),
)
PROBLEM_STANDINGS = {
    "assigned": "目前，该问题正在办理。",
    "resolved": "目前，责任单位已报告办结，待验收。",
    "closed": "目前，该问题已验收销号。",
    "on_the_spot": "该问题已现场解决。",
    "long_term": "该问题已挂账，持续推进。",
}


LEFT_OUT = "“{title}”有 {count} 张照片还没有标为已检查，没有放入本期。检查后可在条目里勾选。"


def problem_standing(problem: object) -> str:
    """One sentence on how a problem stands."""
    return PROBLEM_STANDINGS.get(getattr(problem, "state", ""), "")


def file_name(masthead: str, issue_no: int | None, year: int | None, uid: object) -> str:
    """What a downloaded issue is called, without its ending."""
    return f"{masthead}{year}年第{issue_no}期" if issue_no else f"{masthead}草稿_{str(uid)[:8]}"


REFUSALS = {
    "briefing_is_issued": "这一期已经签发，内容不再改变。",
    "not_in_draft": "这一期不在编辑中，不能修改。请先退回编辑。",
    "not_for_print": "“{title}”现在不是典型，也不是办理中或已办结的问题，不能刊发。请从本期移出。",
    "photos_unchecked": "“{title}”有 {count} 张照片现在不能刊发：尚未检查、检查后又改了马赛克，或已从原记录移除。"
    "请检查后再办，或打开这一条，取下这些照片后保存。",
    "briefing_file_lost": "这一期的文件与签发时不一致，已停止下载。请告知管理员。",
    "already_in_issue": "这一条已在本期中。",
    "nothing_chosen": "请先选定要放入的内容。",
}
