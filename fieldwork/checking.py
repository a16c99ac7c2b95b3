"""Checks of what is stored while the house works: what is missing, damaged, or belongs to nothing."""

import hashlib
from collections.abc import Iterator
from itertools import product

from fieldwork.briefings.models import Briefing
from fieldwork.photos import files, keeping
from fieldwork.photos.derivatives import SIZES
from fieldwork.photos.models import READY, KeptMosaic, Photo

FOLDERS = ("originals/", "derived/", "redacted/", "briefings/")
BRIEFING = "briefings/{}.docx"


def photos() -> list[str]:
    """The hashes of all photos, each to be given to `faults_of_photo`."""
    return [row[0] for row in Photo.select(Photo.sha256).order_by(Photo.id).tuples()]


def faults_of_photo(sha256: str) -> Iterator[str]:
    """A line for each file of this photo that is missing or damaged; the original is read and hashed anew."""
    found = [*_faults_of_original(sha256), *_faults_of_derivatives(sha256), *_faults_of_covered(sha256)]
    if found and Photo.select().where(Photo.sha256 == sha256).exists():  # else it was cleared away meanwhile
        yield from (f"photo {sha256}: {fault}" for fault in found)


def briefings() -> list[Briefing]:
    """The issues whose Word file was made, each to be given to `faults_of_briefing`."""
    return list(Briefing.select(Briefing.uid, Briefing.docx_sha256).where(Briefing.docx_sha256 != ""))


def faults_of_briefing(briefing: Briefing) -> Iterator[str]:
    """A line if the Word file is missing or not what was issued; the next download tries to make it anew."""
    try:
        digest = _digest(BRIEFING.format(briefing.uid))
    except FileNotFoundError:
        yield f"briefing {briefing.uid}: the Word file is missing"
        return
    if digest != briefing.docx_sha256:
        yield f"briefing {briefing.uid}: the Word file is damaged"


def orphans() -> list[str]:
    """A line for each file that belongs to nothing. Files of a photo on its way in lie there before its row does."""
    held = [key for folder in FOLDERS for key in files.store().keys(folder)]
    wanted = {BRIEFING.format(row[0]) for row in Briefing.select(Briefing.uid).tuples()}
    for sha256 in photos():  # after the listing, so that what came meanwhile is known
        wanted |= {files.original_key(sha256), *(files.derived_key(sha256, size) for size in SIZES)}
    covered = Photo.select(Photo.sha256, Photo.mosaic_key).where(Photo.mosaic_key != "")
    kept = KeptMosaic.select(Photo.sha256, KeptMosaic.mosaic_key).join(Photo)
    for sha256, mosaic_key in [*covered.tuples(), *kept.tuples()]:
        wanted |= {files.covered_key(sha256, size, mosaic_key) for size in SIZES}
    strange = [key for key in held if key not in wanted]
    return [f"{key} belongs to nothing" for key in strange if files.store().exists(key)]


def _faults_of_original(sha256: str) -> Iterator[str]:
    try:
        if _digest(files.original_key(sha256)) != sha256:
            yield "the original is damaged"
    except FileNotFoundError:
        yield "the original is missing"


def _faults_of_derivatives(sha256: str) -> Iterator[str]:
    if not Photo.select().where(Photo.sha256 == sha256, Photo.state == READY).exists():
        return  # not made yet, or cannot be made
    for size in SIZES:
        try:
            if not files.store().size(files.derived_key(sha256, size)):
                yield f"the derivative of {size} px is damaged"
        except FileNotFoundError:
            yield f"the derivative of {size} px is missing"


def _faults_of_covered(sha256: str) -> Iterator[str]:
    photo = Photo.get_or_none(Photo.sha256 == sha256)
    wanted = keeping.keys_wanted(photo) if photo is not None else set()
    if photo is not None and not photo.is_mosaic_ready:
        wanted -= {photo.mosaic_key}  # not made yet
    for size, mosaic_key in product(SIZES, sorted(wanted)):
        try:
            if not files.store().size(files.covered_key(sha256, size, mosaic_key)):
                yield f"the covered picture of {size} px is damaged"
        except FileNotFoundError:
            yield f"the covered picture of {size} px is missing"


def _digest(key: str) -> str:
    with files.store().open(key) as content:
        return hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
