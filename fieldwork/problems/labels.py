"""Words out: states, moves and fields of a problem, and the reasons for saying no."""

from datetime import date, datetime

STATES = {
    "reported": "待核实",
    "verified": "待交办",
    "assigned": "办理中",
    "resolved": "待验收",
    "closed": "已销号",
    "on_the_spot": "现场解决",
    "long_term": "挂账推进",
    "merged": "已并案",
    "declined": "不予受理",
}
TONES = {
    "reported": "amber",
    "verified": "amber",
    "assigned": "blue",
    "resolved": "blue",
    "closed": "green",
    "on_the_spot": "green",
}
URGENCIES = {"normal": "一般", "pressing": "较急", "urgent": "紧急"}
LEVELS = {"city": "市", "county": "县（市、区）", "township": "乡镇（街道）", "village": "村（社区）"}
VERDICTS = {"satisfied": "满意", "mostly": "基本满意", "dissatisfied": "不满意"}
FIXED = {"yes": "已解决", "no": "未解决"}

MOVES = {
    "verify": "核实属实",
    "assign": "交办",
    "resolve": "申请销号",
    "close": "同意销号",
    "solve_on_spot": "现场解决",
    "progress": "记录进展",
    "ask_extension": "申请延期",
    "grant_extension": "同意延期",
    "refuse_extension": "不同意延期",
    "wait": "等待其他方面",
    "continue": "继续办理",
    "return": "退回重办",
    "transfer": "转办",
    "shelve": "挂账推进",
    "resume": "恢复办理",
    "escalate": "提级协调",
    "coordinate": "协调记录",
    "merge": "并案",
    "decline": "不予受理",
    "look_back": "回头看",
    "reopen": "反弹重启",
}
ACTS = {"created": "记录问题", "corrected": "更正", "deleted": "移入回收站", "restored": "放回"} | MOVES

ADVICE = {
    "verify": "核实后转入待交办。",
    "assign": "明确牵头单位、时限和要求，只交给一家牵头。",
    "resolve": "写明做了什么、结果怎样。由牵头单位以外的同志验收。",
    "close": "销号后仍可回头看。反映人的评价听到了再填，没有听到可不填。",
    "solve_on_spot": "当场办好的，写明怎么办的，之后由他人核实销号。",
    "ask_extension": "批准前仍按原时限计算。",
    "wait": "等待期间不计办理时限，继续办理后顺延。",
    "continue": "等待的工作日从时限中扣除。",
    "return": "退回后仍由原牵头单位办理。",
    "transfer": "换一家牵头单位，原有记录都保留。",
    "shelve": "一时难以解决的，写明原因，定好再看的日期。",
    "escalate": "请上级帮助协调，写明需要协调什么。",
    "merge": "与另一件是同一个问题的，并入那一件一起办。",
    "decline": "写明理由，反映人和记录人都能看到。",
    "look_back": "销号一段时间后，到现场看一看是否真的解决。",
    "reopen": "转回待交办，重新安排。",
}

FIELDS = {
    "comment": "情况说明",
    "reason": "理由",
    "done": "办理情况和结果",
    "lead_unit": "牵头单位",
    "co_handlers": "配合单位",
    "due_on": "办理时限",
    "requirement": "办理要求",
    "verdict": "反映人评价",
    "until": "延期到",
    "party": "等待谁",
    "look_again_on": "再看的日期",
    "asked": "协调了谁",
    "reply": "对方答复",
    "result": "协调结果",
    "settled": "协调已完毕",
    "into": "并入哪一件",
    "fixed": "现场看的结果",
    "photos": "照片",
    "unit": "单位",
    "title": "标题",
    "text": "问题情况",
    "category": "类别",
    "level": "层级",
    "urgency": "紧急程度",
    "raised_by": "反映人",
    "cause": "原因分析",
    "suggestion": "建议措施",
    "solved": "当场怎么解决的",
    "programmes": "工作载体",
    "visit": "来自走访",
    "place_note": "地点",
    "state": "状态",
    "number": "编号",
}
FIELDS_OF = {
    "verify": {"comment": "核实情况"},
    "progress": {"comment": "进展情况"},
    "escalate": {"reason": "需要协调的事项"},
    "close": {"comment": "验收意见"},
    "wait": {"reason": "等待的原因"},
    "shelve": {"reason": "挂账原因"},
    "merge": {"comment": "并案说明"},
    "return": {"reason": "退回理由", "due_on": "新的时限"},
    "transfer": {"reason": "转办理由", "due_on": "新的时限"},
    "look_back": {"comment": "看到的情况"},
}
VALUES = {"verdict": VERDICTS, "fixed": FIXED, "urgency": URGENCIES, "level": LEVELS, "state": STATES}
COLON, COMMA, SENTENCE, YES = "：", "、", "；", "是"
HINTS = {
    "raised_by": "群众写作“王某”，不写全名",
    "into": "另一件的编号，如 WT-2026-0012",
    "party": "单位或部门",
    "asked": "单位、职务",
    "solved": "当场已解决的才填",
}

STANDINGS = {
    "overdue": "逾期 {n} 个工作日",
    "due_soon": "还有 {n} 个工作日",
    "on_time": "还有 {n} 个工作日",
    "paused": "等待中，暂停计时",
    "none": "",
}
DUE_TODAY = "今天到期"
OVERDUE = "逾期"
NO_CATEGORY = "未分类"

OBJECTIONS = {
    "unit_unknown": "没有这个单位，请重新选择",
    "same_lead": "现在就是由这个单位牵头，请选另一个单位",
    "lead_among_co_handlers": "牵头单位不必再列为配合单位",
    "until_too_early": "应晚于现在的时限 {due_on}",
    "problem_unknown": "没有找到这个编号的问题，请核对",
    "problem_itself": "不能并入自己",
    "problem_ended": "那一件已经办结，不能并入",
    "category_unknown": "没有这个类别，请重新选择",
    "visit_unknown": "没有找到这次走访，请从走访页面重新进入",
}
REFUSALS = {
    "answer_unfit": "填写的内容与台账对不上，请刷新后重新填写。",
    "ended_is_kept": "已办结的问题不再更正。如有反弹，请先重启。",
    "id_taken": "这条记录的编号已被占用，请重新打开页面填写。",
}
DONE = "已办理：{act}"
RECORDED = "已记入台账，编号 {number}"
CORRECTED = "已更正，原来的内容仍保留在历次版本中"


def day(on: date) -> str:
    """`11月23日`."""
    return f"{on.month}月{on.day}日"


def moment(at: datetime) -> str:
    """`2026年11月23日 09:12`."""
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
