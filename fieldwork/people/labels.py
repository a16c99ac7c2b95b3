"""Words out."""

from fieldwork.labels import ROLES

COMMA = "、"

REFUSALS: dict[str, str] = {
    "last_admin": "至少要有一名管理员。请先给别人管理员角色，再改这一个。",
    "username_taken": "这个用户名已经有人用了，请换一个。",
    "own_account": "不能停用自己的账号。",
    "last_stage": "至少要保留一个审核环节。",
    "too_many_logins": "密码连续输错 5 次，请 15 分钟后再试。忘记密码请联系本单位管理员。",
}

WRONG_LOGIN = "用户名或密码不对"
PASSWORD_CHANGED = "密码已改，其他设备需要重新登录"
SESSIONS_ENDED = "已在所有设备上退出"
PREFS_KEPT = "显示设置已保存"
NOT_YOUR_WORDS = "登录前没有提交的内容是另一位同志填写的，没有显示。请其本人在这台设备登录后再提交"

THEMES = {"auto": "跟随系统", "light": "浅色", "dark": "深色"}
TYPE_SIZES = {"normal": "标准", "large": "大字版"}

DISTANCE = "{km:.1f} 公里"
EVERYTHING = "全市"
OWN_UNIT = "本单位"

NO_PARENT = "没有上级单位"
FLAGS = {"is_key": "重点单位", "is_window": "窗口单位", "is_of_public_concern": "社会关注度高"}
MARKED = "带"
UNIT_ADDED = "已新增{name}"
CHANGED = "{name}已保存"

OBJECTIONS = {
    "term_taken": "同一级下已有这个名称",
    "parent_unknown": "没有这个上一级，请重新选择",
    "term_within": "上一级不能是自己或自己的下级",
    "too_deep": "最多分{levels}级",
    "role_missing": "请选择由谁办理",
    "term_unknown": "没有这个选项，请重新选择",
    "unit_unknown": "没有这个单位，请重新选择",
    "parent_within": "上级单位不能是本单位或其下属单位",
    "username_taken": "这个用户名已经有人用了",
    "name_taken": "同一上级下已有同名单位",
}
UNIT_FIELDS = {
    "name": "单位名称",
    "short_name": "简称",
    "parent": "上级单位",
    "area": "片区",
    "sector": "系统",
    "unit_type": "单位类型",
    "flags": "标记",
    "place": "坐标",
    "lat": "纬度",
    "lon": "经度",
    "contact": "联系方式",
    "has_watermark": "照片水印",
    "sort_key_override": "拼音",
}

ACTIVITY = {"on": "使用中", "off": "已停用"}

GRANT = "{role}（{scope}）"
ROW_NO_ROLE = "不再增加"
USER_FIELDS = {
    "name": "姓名",
    "username": "用户名",
    "unit": "单位",
    "post": "职务",
    "phone": "手机号",
    "sort_key_override": "拼音",
    "role": "角色",
    "scope": "范围",
}

VOCABULARIES = {
    "programme": "工作载体",
    "area": "片区",
    "sector": "系统",
    "unit_type": "单位类型",
    "category": "问题类别",
    "case_type": "案例类别",
    "channel": "刊载渠道",
    "stage": "审核环节",
}
VOCABULARY_NOTES = {
    "programme": "双联、驻村帮扶等，一次走访可选多个",
    "area": "片区和所辖县(市、区)",
    "sector": "行业系统，即“条”",
    "unit_type": "市直机关、乡镇街道、村、社区等",
    "category": "分两级",
    "case_type": "组织建设、服务群众等",
    "channel": "简报、网站、刊物",
    "stage": "案例依次经过的环节，每个环节由一种角色办理",
}
STAGE_ROLES = {role: ROLES[role] for role in ("county", "city", "leader")}
TERM_FIELDS = {
    "name": "名称",
    "parent": "上一级",
    "role": "由谁办理",
    "first_year": "启用年份",
    "last_year": "停用年份",
}
TERM_ADDED = "已新增{name}"
YEARS = "{first}—{last}年"
SINCE = "{first}年起"
UNTIL = "至{last}年"

SETTINGS_KEPT = "设置已保存"
SITE_FIELDS = {
    "name": "系统名称",
    "organ": "发文机关",
    "masthead": "刊名",
    "host_organ": "主办单位",
    "filing_no": "备案编号",
    "support_phone": "运维电话",
    "offline": "手机离线使用",
    "map": "在地图中查看",
}
FIELDS = {"unit": UNIT_FIELDS, "user": USER_FIELDS, "term": TERM_FIELDS, "settings": SITE_FIELDS}
