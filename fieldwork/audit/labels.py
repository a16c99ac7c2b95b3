"""Words out: the acts of every room, as the operations journal names them."""

from flask import current_app

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
}
COMMON = {"created": "新建", "changed": "修改", "edited": "修改", "submitted": "提交", "deleted": "移入回收站"}
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
    "moved": "调整顺序",
    "sent": "提交",
    "answered": "答复",
}
SYSTEM = "系统"

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
    room = current_app.jinja_env.globals.get(f"{_ROOMS.get(kind)}_labels")
    words = COMMON | ACTS | getattr(room, "MOVES", {}) | getattr(room, "ACTS", {})
    return str(words.get(action) or words.get(verb) or verb or action)
