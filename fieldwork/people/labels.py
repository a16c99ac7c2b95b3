"""Words out."""

from fieldwork.labels import ROLES

COMMA = "、"

REFUSALS: dict[str, str] = {
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
RECENT = "最近"
EVERYTHING = "全市"
OWN_UNIT = "本单位"
