"""Chinese that Word itself sees: font names as users' machines know them, style names, numbering, sentence ends."""

FANGSONG = "仿宋_GB2312"
KAITI = "楷体_GB2312"
HEITI = "黑体"
SONGTI = "宋体"
XIAOBIAOSONG = "方正小标宋简体"
LATIN = "Times New Roman"

TITLE = "文章标题"
SOURCE = "来源"
BODY = "正文段落"
HEADING_1 = "一级标题"
HEADING_2 = "二级标题"
PICTURE = "图片"
CAPTION = "图片说明"
CELL = "表格文字"
CELL_SHORT = "表格短文字"
GAP = "间隔"
CELL_HEAD = "表头"
PAGE_NUMBER = "页码"

PAGE_NUMBER_DASHES = ("— ", " —")
FULL_STOP = "。"
PAUSES = "：，；、—？\uff01"
OPENING = "“‘（《〈【「『"
CLOSING = "”’）》〉】」』，。；：、？\uff01"

LEVELS = (
    (1, r"[一二三四五六七八九十百零〇]{1,5}、"),
    (2, r"[（(][一二三四五六七八九十百零〇]{1,5}[）)]"),
    (3, r"\d{1,2}(?:[.．](?!\d)|、)"),
    (4, r"[（(]\d{1,2}[）)]"),
)
UNNAMED_PICTURE = "照片 {number}"
