"""Chinese of a case as printed."""

SUMMARY = "摘要："
SUMMARY_STYLE = "案例摘要"
SECTION_STYLE = "案例栏目"

SECTIONS = {
    "background": "背景与起因",
    "practice": "主要做法",
    "effect": "工作成效",
    "lessons": "启示",
    "conditions": "推广条件",
}
