"""Words out for cases."""

from typing import Any

STATES = {
    "draft": "草稿",
    "in_review": "审核中",
    "returned": "退回修改",
    "withdrawn": "已撤回",
    "cultivating": "培育",
    "declined": "不予采用",
    "banked": "已入库",
    "promoted": "推广中",
    "archived": "已归档",
    "revoked": "已撤销",
}
TONES = {
    "in_review": "blue",
    "returned": "amber",
    "cultivating": "amber",
    "banked": "green",
    "promoted": "red",
}
GRADES = {"county": "县级典型", "city": "市级典型", "demo": "示范"}
MOVES = {
    "submit": "提交审核",
    "withdraw": "撤回",
    "pass": "通过",
    "return": "退回修改",
    "cultivate": "列入培育",
    "decline": "不予采用",
    "promote": "评为典型",
    "archive": "归档",
    "revoke": "撤销",
}
DONE = {"submit": "已提交审核", "withdraw": "已撤回，可以继续修改"}
HINTS = {
    "title": "先存下也可以没有标题，提交审核前请补上",
    "text": "分条写清怎么做的，一句话也可以先存下",
    "effect": "数据请注明来源和截止日期",
    "summary": "200 字以内",
    "contact": "只供系统内联系，不对外印发",
}
WRITTEN = "案例已存为草稿，写好后请提交审核"
CORRECTED = "修改已保存"
ACTS = {"created": "记下", "corrected": "修改", "deleted": "移入回收站", "restored": "放回"}
FIELDS = {
    "title": "标题",
    "summary": "摘要",
    "background": "背景",
    "text": "主要做法",
    "effect": "成效",
    "lessons": "启示",
    "conditions": "推广条件",
    "photos": "照片",
    "authors": "执笔人",
    "contact": "联系人（内部）",
    "case_type": "案例类别",
    "reason": "理由",
    "comment": "意见",
    "mentor": "培育联系人",
    "until": "培育到",
    "grade": "等次",
    "document": "依据文号",
}

UNKNOWN_TYPE = "没有这个案例类别，请重新选择"
STANDING = "状态"
MEANT = "操作"
INCOMPLETE = "提交审核前，请补上标题和主要做法。"

REFUSALS: dict[str, str] = {
    "unit_unknown": "没有这个单位，请重新选择。",
    "no_stage": "现在没有启用的审核环节，暂不能提交。请联系办公室。",
    "case_not_writable": "案例正在审核或已入库，现在不能修改。需要修改时，请先撤回。",
}


def standing(case: object) -> str:
    """The stamp of a case: the stage whose turn it is, the grade of a model, else its state."""
    state = getattr(case, "state", "")
    if state == "in_review" and getattr(case, "stage_id", None):
        return case.stage.name  # type: ignore[attr-defined]
    return GRADES.get(getattr(case, "grade", ""), STATES[state]) if state == "promoted" else STATES[state]


def act(action: str) -> str:
    """What an act of the journal is called: `case.return` → 退回修改."""
    code = action.rpartition(".")[2]
    return ACTS.get(code) or MOVES.get(code, code)


def spoken(action: str, detail: dict[str, Any]) -> list[tuple[str, str]]:
    """An act of the journal with the words that were said with it."""
    words = "；".join(str(detail[name]) for name in ("reason", "comment", "mentor") if detail.get(name))
    return [(act(action), words)] if words else []
