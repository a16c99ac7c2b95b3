"""Words out."""

STATES = {"open": "待答复", "answered": "已答复"}
TONES = {"open": "amber", "answered": "green"}
FIELDS = {"reply": "答复"}
ACTS = {"sent": "提交", "answered": "答复"}

RECEIVED = "已收到，谢谢您的意见"
ANSWERED = "答复已保存"
UNSIGNED = "未登录人员"

REFUSALS: dict[str, str] = {
    "too_much_feedback": "短时间内提交次数过多，请 15 分钟后再试。您写的内容还在下面。",
}
