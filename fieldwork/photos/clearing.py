"""A photo cleared away for good, so that, wherever it breaks off, no row promises what is not there any more.

First nobody has the photo any more, and its row says that the original is missing; then what can be made again goes; at
last the original, and with it the row. A row left half-way is due once more the next time. Who sends the picture
meanwhile finds it missing, and keeps it anew.
"""

from typing import Any

from peewee import IntegrityError

from fieldwork.core.db import transaction
from fieldwork.photos import covering, files, keeping, processing
from fieldwork.photos.derivatives import SIZES
from fieldwork.photos.models import BROKEN, Photo, PhotoUpload


def clear(photo: Photo, is_due: Any) -> bool:
    """Delete a photo and its files if the condition holds for it, and still does at the end; whether it went.

    Raises:
        StorageUnavailable: it is to be cleared away another time.
    """
    if not _let_go(photo, is_due):
        return False
    for size in SIZES:
        files.store().delete(files.derived_key(photo.sha256, size))
    covering.drop(photo.sha256)
    if not _delete(photo, is_due):
        processing.begin(photo)  # it was sent again meanwhile
        return False
    return True


def _let_go(photo: Photo, is_due: Any) -> bool:
    values = {"state": BROKEN, "reason": processing.MISSING, "is_mosaic_ready": False}
    with transaction():
        keeping.hold_alone([photo.sha256])  # who is attaching or sending it comes first, and is seen by what follows
        if not Photo.update(values).where(Photo.id == photo.id, is_due).execute():
            return False
        PhotoUpload.delete().where(PhotoUpload.photo == photo).execute()
    return True


def _delete(photo: Photo, is_due: Any) -> bool:
    try:
        with transaction():
            keeping.hold_alone([photo.sha256])
            if not Photo.delete().where(Photo.id == photo.id, is_due).execute():
                return False
            # before the commit: whoever sends it afterwards finds neither row nor file, and keeps both anew
            files.store().delete(files.original_key(photo.sha256))
    except IntegrityError:  # something else holds on to it
        return False
    return True
