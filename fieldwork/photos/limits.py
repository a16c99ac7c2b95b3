"""How much may be sent: figures of the contract."""

PHOTOS_MAX = 30  # a record
PHOTO_MAX_BYTES = 25_000_000
FORM_MAX_BYTES = 1_000_000  # of a form besides its photos
CAPTION_MAX = 200  # characters
