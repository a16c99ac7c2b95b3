"""Words out: what came from phones, and what is to be decided about it."""

from datetime import datetime

OTHER_ID = "内容里的编号与地址不符"

KINDS = {"visit": "走访", "problem": "问题", "case": "案例"}
FIELDS = {
    "unit": "单位",
    "visit": "来自走访",
    "programmes": "工作载体",
    "place": "位置",
    "place_note": "地点",
    "captured_at": "记录时间",
    "visits": "来自这些走访",
    "problems": "来自这些问题",
    "photos": "照片",
    "attributed_to": "记在谁名下",
    "reason": "理由",
}
COMMA, COLON, SEMICOLON = "、", "：", "；"
BETWEEN = "\n\n"
UNKNOWN_VALUE = "（这里没有：{value}）"
PLACE = "{lat:.3f}，{lon:.3f}"
PLACE_WITHIN = "，误差约 {metres:.0f} 米"

# --- two texts

NOW, MINE, BOTH = "now", "mine", "both"
PICKS = {NOW: "用现在的", MINE: "用我的", BOTH: "两段都留"}
BOTH_OF_A_LIST = "两份合在一起"
PICK_ONE = "请选定用哪一份"
CONFLICTS = {"stale": "两份待选", "closed": "没有写入"}
CHOSEN = "已选定，记录已更新。原来的两份都还保留"
CURRENT_KEPT = "已保留现在的内容。您的原文仍可在“已选定”里查看"
MOVED_ON = "就在刚才，这条记录又有改动。您的选择还在，请对照现在的内容再核对一次。"

# --- the box

REASONS = {
    "disabled": "账号已停用",
    "no_role": "没有记录的身份",
    "unknown_unit": "单位不明",
    "unknown_owner": "来源人不明",
}
WRITER, ONESELF = "writer", "oneself"
ADOPTED = "已认领并记入{kind}"
REFUSED = "已标为不采用，内容仍保留"
WRITER_MAY_NOT = "原记录人现在没有记录的身份，请记在自己名下"
ONLY_THE_WRITER = "这是对已有记录的修改，只能记在原记录人名下"
ACTS = {"settled": "选定", "adopted": "认领", "refused": "不采用"}

# --- an exported queue

FAULTS = {
    "no_file": "请选择手机导出的文件",
    "not_a_queue": "这不是手机导出的待发送文件，或者文件不完整",
    "too_many": "文件里的记录或照片太多，不像是手机导出的",
    "too_large": "文件太大，展开后不能超过 {limit_mb} MB",
    "odd_names": "文件里夹带了别的内容，不能导入",
    "unknown_format": "这个文件的格式较新，请先更新系统",
    "expired": "上传的文件已过期或不在了，请重新上传",
}
PHOTO_DIFFERS = "照片与编号不符，没有收下"
PHOTO_UNREADABLE = "照片不完整，没有收下"
NO_SUCH_KIND = "不知道这是哪一类记录"
NO_RECORD = "不是一条记录"
MAY_NOT_CHANGE = "原记录人不能修改这条记录"
UNSENDABLE = "（含不能传输的内容，没有显示）"
DRAFT = "草稿"
DRAFT_OF_NOBODY = "系统中没有这台手机的主人，草稿不能导入"
UNTITLED = "（没有文字）"
OUTCOMES = {
    "new": "新增",
    "changed": "修改已有记录",
    "here": "已经在系统中",
    "conflict": "与现在的内容不同，两份都留",
    "box": "存入待认领",
    "draft": "存为草稿",
    "wrong": "不能导入",
}
TONES = {
    "new": "green",
    "changed": "blue",
    "here": "mute",
    "conflict": "amber",
    "box": "amber",
    "draft": "mute",
    "wrong": "red",
}

REFUSALS = {
    "too_many_boxed": "您的账号现在不能记录，今天送来的内容已经很多，明天会继续接收。手机上的内容不会删除。",
    "record_gone": "这条记录已被移入回收站。手机上的内容不会删除；如需恢复，请到“我的”里的回收站。",
    "id_taken": "这个编号已被另一条记录占用，请另存为新记录。",
    "submission_settled": "这一份已经处理过了。",
    "only_to_keep": "这条记录现在不能修改，只能保留现在的内容。您的原文仍在，可以复制。",
}


def moment(at: datetime) -> str:
    """`2026-11-23 09:12`."""
    return f"{at:%Y-%m-%d %H:%M}"
