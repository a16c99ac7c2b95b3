"""Personal numbers and names with their middle hidden (脱敏)."""

from fieldwork.core.hanzi.numbers import half_width, phones_in

HIDDEN = "*"


def mask_phone(phone: str) -> str:
    """138****5678, whatever stood between the digits. Short numbers keep only their last digits."""
    digits = "".join(character for character in half_width(phone) if character.isdecimal())
    if len(digits) < 8:
        return HIDDEN * max(len(digits) - 2, 0) + digits[-2:]
    digits = digits[-11:]
    return digits[:-8] + HIDDEN * 4 + digits[-4:]


def mask_id(number: str) -> str:
    """The first three and the last four characters of an ID or account number, as many stars as there were between."""
    plain = "".join(character for character in half_width(number).upper() if character.isalnum())
    if len(plain) < 8:
        return HIDDEN * len(plain)
    return plain[:3] + HIDDEN * (len(plain) - 7) + plain[-4:]


def mask_name(name: str) -> str:
    """The first character and a star: 张*."""
    name = name.strip()
    return name[:1] + HIDDEN if name else ""


def mask_phones_in(text: str) -> str:
    """The text with the middle four digits of every mobile number hidden; nothing else changes, its length neither."""
    characters = list(text)
    for phone in phones_in(text):
        for position in phone.positions[3:7]:
            characters[position] = HIDDEN
    return "".join(characters)
