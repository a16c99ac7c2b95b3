"""Readings of people's and places' names that pypinyin's dictionary gets wrong."""

SURNAMES = {
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "区": "ou", "盖": "ge", "查": "zha", "朴": "piao",
    "缪": "miao", "乐": "yue", "召": "shao", "折": "she", "黑": "he", "秘": "bi", "种": "chong", "员": "yun",
    "能": "nai", "洗": "xian", "繁": "po", "翟": "zhai", "宓": "fu", "覃": "qin", "佴": "nai", "隗": "wei",
    "郇": "xun", "句": "gou", "阚": "kan", "祭": "zhai", "卜": "bu", "乜": "nie", "薄": "bo", "都": "du",
    "长": "chang", "重": "chong", "参": "shen", "扎": "zha",
}  # fmt: skip
"""Of the readings in use, the one most bearers of the name have; a person's own goes into the override."""

COMPOUND_SURNAMES = {
    "尉迟": "yu chi", "万俟": "mo qi", "澹台": "tan tai", "单于": "chan yu", "长孙": "zhang sun", "乐正": "yue zheng",
    "子车": "zi ju", "宰父": "zai fu",
}  # fmt: skip
"""Those that read otherwise than their characters one by one."""

PLACES = {
    "重安": "chong an", "重华": "chong hua", "重兴": "chong xing", "重固": "chong gu", "长治": "chang zhi",
    "六合区": "lu he qu", "单县": "shan xian", "洪洞": "hong tong", "荥经": "ying jing", "筠连": "jun lian",
    "什邡": "shi fang", "会稽": "kuai ji", "都匀": "du yun", "宕昌": "tan chang", "朝阳": "chao yang",
    "泊头": "bo tou", "繁峙": "fan shi", "解州": "hai zhou", "浒湾": "xu wan",
}  # fmt: skip

LONG_PLACE_SECOND = "坪岭田安春沙寿宁兴丰武垣葛阳江河山坝沟湾塘林桥虹清泰顺铺坡冲青溪湖流泉滩乐"
"""What follows 长 where it is a place's and reads chang (长坪乡), not the zhang of 村长."""

FAMILY_PLACE_SECOND = "村庄沟坪湾寨坝塘岭坡店镇乡屯堡河山院桥洼峪营台岩冲弄楼集"
"""What follows a surname and 家 in the name of a place (单家村, 曾家沟)."""
