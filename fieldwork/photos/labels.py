"""Words out: why a photo is not taken, and what to do."""

REFUSED = "这次选的第 {number} 张（{name}）没有收下：{words}"
NAME_MAX = 30
NO_MORE = "一条记录最多 {limit} 张照片，这次从第 {number} 张起没有收下"
CAPTION_AMISS = "第 {number} 张的说明：{words}"
CAPTION_TOO_LONG = "最多 {limit} 个字，现在有 {length} 个字，请删减后再提交"

KINDS = {"case": "案例", "problem": "问题", "visit": "走访"}

COVERING = "马赛克已保存，加好之前这张照片暂不显示"
UNCOVERING = "马赛克已去掉，这张照片须重新检查"
NO_BOX = "请至少画一个方框"
CHANGED = "马赛克刚有人改过。下面是现在的方框，您画的方框也已保留，请核对后再保存"

REFUSALS = {
    "too_many_uploads": "没有传完的照片太多，请等它们传完再试。",
    "upload_elsewhere": "上传的位置对不上，请先查询已收到的位置，再从那里接着传。",
    "upload_too_long": "传来的内容比说好的多，请重新上传。",
    "upload_gone": "这次上传已经过期或取消，请重新上传。",
    "upload_differs": "收到的照片与手机上的不一致，请重新上传。",
    "upload_unclear": "上传的说明有误：{what}。",
    "chunk_too_large": "一次最多传 {limit_mb} MB，请分块上传。",
    "chunk_empty": "这一块是空的，请重新发送。",
    "chunk_differs": "这一块在路上损坏了，请重新发送。",
    "tus_version": "只支持 tus 1.0.0。",
    "too_many_photos": "一条记录最多 {limit} 张照片，请减少后再提交。",
    "photo_empty": "这个文件是空的，请重新选择照片。",
    "photo_wrong_kind": "这个文件不是照片，或者格式不受支持。请选择 JPEG、PNG、WebP 或 HEIC 格式的照片。",
    "photo_broken": "这张照片不完整或已损坏，无法打开。请重新选择，或在手机上另存一份再传。",
    "photo_too_demanding": "这张照片处理不了，原图已保留。请在手机上另存一份再传。",
    "photo_missing": "这张照片的原图找不到了，请重新上传，并告诉管理员。",
    "photo_pending": "照片正在处理，请稍后再看。",
    "mosaic_changed": "马赛克刚有人改过，请按现在的样子再看一遍。",
    "photo_too_heavy": "这张照片有 {size_mb} MB，单张不能超过 {limit_mb} MB。请在手机上缩小后再传。",
    "photo_too_large": "这张照片的像素太高，不能超过 {megapixels} 百万像素。请在手机上缩小后再传。",
    "photo_too_intricate": "这张照片的文件结构过于复杂，不能接收。请在手机上打开照片，截图后再传。",
    "photo_carries_more": "这张照片的文件里夹带了网页、程序或压缩包等内容，不能接收。请在手机上打开照片，截图后再传。",
}


def reason_in_words(reason: str) -> str:
    """Why a photo of a record cannot be shown, in words that need no figures."""
    words = REFUSALS.get(reason, REFUSALS["photo_broken"])
    return REFUSALS["photo_too_demanding"] if "{" in words else words
