"""Checks of what is stored: every photo against its hash, rows without files, files without rows."""

import hashlib

from fieldwork.photos import files
from fieldwork.photos.models import Photo

SIZES = (320, 1280, 2400)


def photos() -> list[str]:
    """One line for each fault found among the photos."""
    store, faults, known = files.store(), [], set()
    for photo in Photo.select().iterator():
        known.add(files.original_key(photo.sha256))
        faults += _faults_of(photo)
    orphans = [key for key in store.keys("originals/") if key not in known]
    return faults + [f"{key} belongs to no photo" for key in orphans]


def _faults_of(photo: Photo) -> list[str]:
    store, key = files.store(), files.original_key(photo.sha256)
    if not store.exists(key):
        return [f"photo {photo.sha256}: the original is missing"]
    with store.open(key) as original:
        digest = hashlib.file_digest(original, "sha256").hexdigest()  # type: ignore[arg-type]
    faults = [] if digest == photo.sha256 else [f"photo {photo.sha256}: the original has been changed"]
    missing = [size for size in SIZES if not store.exists(files.derived_key(photo.sha256, size))]
    return faults + [f"photo {photo.sha256}: the derivative of {size} px is missing" for size in missing]
