"""Words out: what came from phones, and what is to be decided about it."""

OTHER_ID = "内容里的编号与地址不符"

REFUSALS = {
    "record_gone": "这条记录已被移入回收站。手机上的内容不会删除；如需恢复，请到“我的”里的回收站。",
    "id_taken": "这个编号已被另一条记录占用，请另存为新记录。",
    "submission_settled": "这一份已经处理过了。",
}
