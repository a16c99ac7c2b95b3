"""Words out for drafts."""

KINDS = {"visit": "走访", "problem": "问题", "case": "典型做法"}
NO_WORDS = "还没有写字"
FORGOTTEN = "草稿已删除"

REFUSALS = {
    "draft_recorded": "这一条已经记录，不再保存草稿。",
    "drafts_full": "服务器上最多保存 {limit} 份草稿，请先记录或删除不用的草稿。",
}
