"""Words out: the acts of every room, as the operations journal names them."""

from typing import Any

from flask import current_app

from fieldwork.core import words

KINDS = {
    "visit": "走访",
    "problem": "问题",
    "case": "案例",
    "briefing": "简报",
    "user": "用户",
    "unit": "单位",
    "term": "词条",
    "settings": "设置",
    "feedback": "投诉建议",
    "device": "设备",
    "submission": "来件",
    "photo": "照片",
}
COMMON = {"created": "新建", "changed": "修改", "edited": "修改", "submitted": "提交", "deleted": "移入回收站"}
COMMON |= {"restored": "从回收站放回", "purged": "彻底清除"}
ACTS = {
    "user.login": "登录",
    "user.login_failed": "登录失败",
    "user.logout": "退出",
    "user.password_changed": "修改密码",
    "user.password_reset": "重置密码",
    "user.sessions_ended": "在所有设备上退出",
    "activated": "启用",
    "deactivated": "停用",
    "imported": "导入",
    "device.let_in": "登记",
    "device.revoked": "停用",
    "submission.boxed": "存入待认领",
    "submission.set_aside": "两份并存",
    "submission.settled": "选定",
    "submission.adopted": "认领",
    "submission.refused": "不采用",
    "moved": "调整顺序",
    "photo.covered": "加马赛克",
    "photo.uncovered": "去掉马赛克",
    "photo.checked": "标为已检查",
    "photo.unchecked": "撤销已检查",
    "photo.looked_at": "查看原图",
    "sent": "提交",
    "answered": "答复",
}
SYSTEM = "系统"
FACTS = {
    "address": "来自",
    "count": "数量",
    "roles": "角色",
    "name": "名称",
    "number": "编号",
    "username": "用户名",
    "vocabulary": "词表",
    "reason": "理由",
    "comment": "说明",
}
NOTHING = "（空）"

_ROOMS = {"visit": "visits", "problem": "problems", "case": "cases", "briefing": "briefings"}


def kind_of(action: str) -> str:
    """ "problem.assign" → 问题; the code itself when there is no word for it."""
    kind = action.partition(".")[0]
    return KINDS.get(kind, kind)


def act_of(action: str) -> str:
    """ "problem.assign" → 交办; the code itself when no room has a word for it.

    Rooms are asked by the name under which their labels stand in the templates: this room knows none of them.
    """
    kind, _, verb = action.partition(".")
    room = _labels_of(kind)
    known = COMMON | ACTS | getattr(room, "MOVES", {}) | getattr(room, "ACTS", {})
    return str(known.get(action) or known.get(verb) or verb or action)


def states_of(entry: Any) -> str:
    """ "待核实 → 待交办", as far as the room has words for its states."""
    known = getattr(_labels_of(entry.action.partition(".")[0]), "STATES", {})
    return " → ".join(str(known.get(state, state)) for state in (entry.from_state, entry.to_state) if state)


def facts_of(entry: Any) -> list[str]:
    """The words given with an act, a line each: "片区：北峰县 → 东屏区"."""
    return [
        f"{_fact_name(entry, name)}：{_fact(value)}" for name, value in entry.detail.items() if value not in ("", None)
    ]


def _fact_name(entry: Any, name: str) -> str:
    kind = entry.action.partition(".")[0]
    return words.field_name(kind, name) or FACTS.get(name, name)


def _fact(value: Any) -> str:
    if isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value):
        return " → ".join(part or NOTHING for part in value)
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _labels_of(kind: str) -> Any:
    return current_app.jinja_env.globals.get(f"{_ROOMS.get(kind)}_labels")
