"""Words out for visits."""

STATES = {"draft": "草稿", "submitted": "已收讫"}
TONES = {"draft": "amber", "submitted": "green"}
METHODS = {
    "on_site": "实地走访",
    "talk": "座谈",
    "household": "入户",
    "unannounced": "随机暗访",
    "phone": "电话回访",
}
FIELDS = {
    "unit": "单位",
    "title": "标题",
    "text": "看到、听到的",
    "photos": "照片",
    "programmes": "工作载体",
    "on_day": "日期",
    "at_time": "时间",
    "method": "走访方式",
    "purpose": "目的",
    "participants": "走访人员",
    "received_by": "走访对象",
    "advice": "意见建议",
    "more_units": "同行走访的其他单位",
    "place_note": "地点",
}
HINTS = {
    "text": "一句话也可以",
    "on_day": "不填即为现在",
    "received_by": "写职务或“村民代表”即可，不写姓名",
    "programmes": "一次记录，各处通用",
    "title": "不填时用第一句话",
}
ACTS = {"created": "记录", "corrected": "更正", "submit": "提交", "deleted": "移入回收站", "restored": "放回"}
RECORDED = "走访已收讫"
KEPT_AS_DRAFT = "草稿已存，只有您能看到"
CORRECTED = "更正已保存，原来的版本仍可查看"
SUBMITTED = "走访已提交"

REFUSALS = {
    "unit_unknown": "没有这个单位，请重新选择。",
    "id_taken": "这条记录已由他人提交，请重新填写一条。",
}
CLASH = "{unit}也在{day}走访过这个单位，可以先通个气，避免重复打扰。"
