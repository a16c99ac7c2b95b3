"""Words out: the sheets to fill in, and what can be wrong with one."""

KINDS = {"units": "单位", "users": "用户"}
SHEETS = {"units": ("单位", "填写说明"), "users": ("用户", "填写说明")}
FILE_NAMES = {"units": "单位导入模板.xlsx", "users": "用户导入模板.xlsx"}
PASSWORD_FILE = "初始密码.xlsx"
PASSWORD_SHEET = "初始密码"
PASSWORD_COLUMNS = ("姓名", "用户名", "单位", "初始密码")

UNIT_TITLES = {
    "name": "单位名称",
    "short_name": "简称",
    "parent": "上级单位",
    "area": "片区",
    "sector": "系统",
    "unit_type": "单位类型",
    "is_key": "重点单位",
    "is_window": "窗口单位",
    "is_of_public_concern": "社会关注度高",
    "lat": "纬度",
    "lon": "经度",
    "contact": "联系方式",
    "sort_key_override": "拼音",
}
USER_TITLES = {
    "name": "姓名",
    "username": "用户名",
    "unit": "单位",
    "post": "职务",
    "phone": "手机号",
    "roles": "角色",
    "scopes": "范围",
    "sort_key_override": "拼音",
}
YES, NO = "是", "否"

UNIT_NOTES = (
    "带 * 的列必填，其他列可以空着。列的先后可以调整，列名不要改。",
    "片区、系统、单位类型填词表里的名称；同名时写上一级，如 北部片/北峰县。",
    "上级单位填单位名称，可以是本表中的另一行，先后不限；同名时写上一级，如 松涧镇/青石坳村。",
    "重点单位、窗口单位、社会关注度高填“是”或“否”，不填为否。",
    "坐标用 WGS-84 度数，如 31.82、105.62；纬度和经度要么都填，要么都不填。",
    "名称读音不对时在“拼音”列填写，如 重安镇填 chong an zhen。",
    "导入前会先检查并列出有误的行；有一行不对，整张表都不会写入。",
)
USER_NOTES = (
    "带 * 的列必填，其他列可以空着。列的先后可以调整，列名不要改。",
    "用户名用小写字母和数字，不能与已有的重复。",
    "单位填单位名称；同名时写上级单位，如 松涧镇/青石坳村。",
    "角色可填多个，用顿号隔开：干部、责任单位、县级审核员、市级审核员、办公室、分管领导、管理员。",
    "范围填片区或系统的名称，可填多个；县级审核员必填，其他角色不填为全市。干部、责任单位、管理员不分范围。",
    "导入后每人得到一个初始密码，只显示一次，可下载成表。首次登录须改密码。",
    "导入前会先检查并列出有误的行；有一行不对，整张表都不会写入。",
)
UNIT_EXAMPLES = (
    {"name": "松涧镇", "area": "北峰县", "unit_type": "乡镇街道", "lat": "31.82", "lon": "105.62"},
    {"name": "青石坳村", "parent": "松涧镇", "area": "北峰县", "unit_type": "村", "is_key": "是"},
)
USER_EXAMPLES = (
    {"name": "林岚", "username": "linlan", "unit": "市直机关工委", "post": "科员", "roles": "干部"},
    {"name": "曾敏", "username": "zengmin", "unit": "北峰县直机关工委", "roles": "县级审核员", "scopes": "北峰县"},
)

SHEET_ERRORS = {
    "too_large": "文件太大，请分几次导入",
    "not_a_workbook": "这不是能读的 xlsx 表格，请用模板填写后再上传",
    "swells": "文件展开后太大，不能读取",
    "no_header": "没有找到列名，请使用模板",
    "missing_column": "缺少这一列",
    "unknown_column": "没有这样的列，请使用模板里的列名",
    "repeated_column": "这一列出现了两次",
    "too_many_rows": "最多 {value} 行，请分几次导入",
    "required": "请填写这一项",
    "not_a_date": "“{value}”不是日期",
    "cell_error": "单元格里是错误值 {value}",
}
FAULTS = {
    "no_file": "请选择要导入的 xlsx 文件",
    "no_rows": "表里没有可导入的行",
    "too_many_rows": "一次最多 {most} 行，请分几次导入",
    "unknown_term": "没有“{value}”这个{title}，请先在词表中新增，或改用已有名称",
    "several_terms": "“{value}”不止一个，请写上一级，如 北部片/{value}",
    "unknown_unit": "没有“{value}”这个单位",
    "several_units": "“{value}”不止一个，请写上级单位，如 上级单位/{value}",
    "unit_exists": "已有同名单位",
    "unit_twice": "与第 {first} 行重复",
    "circle": "上级单位绕成了一圈",
    "username_exists": "这个用户名已经有人用了",
    "username_twice": "与第 {first} 行的用户名重复",
    "unknown_role": "没有“{value}”这个角色",
    "unknown_scope": "没有“{value}”这个片区或系统",
    "county_scope": "县级审核员要填片区或系统",
}
EXPIRED = "检查结果已过期，请重新上传表格"
DONE = "已导入 {count} 个{kind}"
