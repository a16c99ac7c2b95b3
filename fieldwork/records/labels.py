"""Words out for what visits, problems and cases share."""

UNKNOWN_UNIT = "没有这个单位，请重新选择"
UNKNOWN_PROGRAMME = "没有这个工作载体，请重新选择"
SENT_BEFORE = "这一条您已发送过，内容与这次不同。两份都在下面，请核对。"
UNKNOWN_VISIT = "没有找到这次走访，可能还没有送达"
UNKNOWN_PROBLEM = "没有找到这个问题，可能还没有送达"

# --- facts

BETWEEN = "；"
RECORDED = "手机时间 {phone} 记录，服务器 {server} 收到"
LATE = {
    "visit": "走访后 {days} 天记录",
    "problem": "发现后 {days} 天记录",
    "case": "所记时间 {days} 天后记录",
}
DAYS = "{count} 天"
CLOCK_AHEAD = "手机时间与服务器相差约 {apart}：手机时间偏快"
CLOCK_BEHIND = "手机时间与服务器相差约 {apart}：手机时间偏慢，或写好后隔了一段时间才联网发出"
IN_ZONE = "{moment}（UTC{zone}）"
PLACE = "位置 {lat:.5f}，{lon:.5f}（{source}{exact}），{far}"
BY_PHONE, BY_HAND, BY_CAMERA = "手机定位", "手填", "照片 EXIF"
ACCURACY = "，误差约 {metres} 米"
DISTANCE = "距{unit}坐标约 {far}"
UNIT_UNPLACED = "单位没有坐标"
NOTED_PLACE = "地点 {words}（手填）"
NO_PLACE = "没有记位置"
TAKEN = "拍摄 {taken}（照片 EXIF），服务器 {server} 收到"
TAKEN_IN_NO_ZONE = "拍摄 {taken}（照片 EXIF，没有时区，按本市时间），服务器 {server} 收到"
TAKEN_BY_PHONE = "照片里没有拍摄时间，手机记的是 {phone}（文件时间），服务器 {server} 收到"
NEVER_TAKEN = "照片里没有拍摄时间，服务器 {server} 收到"
NO_PHOTO_PLACE = "照片里没有位置"
SAME_PHOTO = "同一张照片也用在"
LIKE_PHOTO = "相近的照片也用在"
KINDS = {"visit": "走访", "problem": "问题", "case": "案例"}

# --- watermarks

MARK_TIMES = {"camera": "{time}（相机时间）", "phone": "{time}（手机时间）", "server": "{time}（上传时间）"}
MARK_BETWEEN = " · "
MARK_WHO = "{unit} · {person}"


def far(metres: float) -> str:
    """A distance in words, as exact as it is of use: to ten metres, above a kilometre to a hundred."""
    return f"{max(10, round(metres, -1)):.0f} 米" if metres < 995 else f"{metres / 1000:.1f} 公里"
