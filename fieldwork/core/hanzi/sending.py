"""May a text be sent through a system that is not for secrets (非涉密系统)? The words for when it may not."""

from fieldwork.core.hanzi import masking, secrecy

STOPPED = {
    "secrecy_mark": "文字中有密级标志“{shown}”。本系统为非涉密系统，请删去相关内容后再保存",
    "id_number": "文字中有身份证号 {shown}，请删去后再保存",
    "bank_card": "文字中有银行卡号 {shown}，请删去后再保存",
}
PHONE_OFFER = "文字中有手机号 {shown}，可隐去中间四位后保存，也可原样保存"
PHONES_NAMED = 3


def sendable(text: str, *, mask: bool = False, keep_phones: bool = False) -> str:
    """The text, if it may be sent; with phone numbers masked on request.

    Raises:
        ValueError: in Chinese, naming what stands in the text and what to do.
    """
    found = secrecy.findings(text)
    stopping = secrecy.stops(found)
    if stopping:
        raise ValueError("；".join(dict.fromkeys(STOPPED[one.kind].format(shown=one.shown) for one in stopping)))
    phones = [finding for finding in found if finding.kind == "phone"]
    if phones and mask:
        return masking.mask_phones_in(text)
    if phones and not keep_phones:
        raise ValueError(PHONE_OFFER.format(shown="、".join(phone.shown for phone in phones[:PHONES_NAMED])))
    return text
