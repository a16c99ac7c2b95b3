"""What a camera wrote into a picture, as data. Whatever makes no sense is left out; rubbish never stops a photo."""

import math
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from fieldwork import clock
from fieldwork.core.hanzi.cleaning import clean
from fieldwork.photos.pictures import BROKEN, blame_disk, opened, orientation_of

_TIMES = ((Base.DateTimeOriginal, Base.OffsetTimeOriginal), (Base.DateTimeDigitized, Base.OffsetTimeDigitized))
_TIME = re.compile(r"(\d{4})[:/-](\d\d)[:/-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d):?([0-5]\d)")
_OFFSET_MAX_MIN = 14 * 60
_FIRST_CAMERA_YEAR = 1990  # older ones are clocks that were never set
_TEXT_MAX = 100
_NOWHERE_DEG = 1e-4  # 0,0 is in the sea, and what a phone writes that does not know
_ALTITUDES_M = (-500, 12_000)
_KEPT = {
    "exposure_time_s": Base.ExposureTime,
    "f_number": Base.FNumber,
    "iso": Base.ISOSpeedRatings,
    "focal_length_mm": Base.FocalLength,
    "focal_length_35_mm": Base.FocalLengthIn35mmFilm,
    "flash": Base.Flash,
    "lens": Base.LensModel,
}
_KEPT_GPS = {"direction_deg": GPS.GPSImgDirection, "accuracy_m": GPS.GPSHPositioningError}

Tags = Mapping[int, Any]


@dataclass(frozen=True, slots=True)
class Metadata:
    """`taken_at` is what the camera's clock showed, without a zone; `offset_minutes` east of UTC, if the camera knew.

    Degrees in WGS-84, altitude in metres above the sea. `raw` holds a few more facts, fit for JSON.
    """

    taken_at: datetime | None = None
    offset_minutes: int | None = None
    lat: float | None = None
    lon: float | None = None
    altitude: float | None = None
    make: str = ""
    model: str = ""
    orientation: int = 1
    raw: dict[str, float | str] = field(default_factory=dict)

    def moment(self, zone: tzinfo) -> datetime | None:
        """When it was taken, in UTC; a camera that knew no zone is taken to have been in this one."""
        if self.taken_at is None:
            return None
        if self.offset_minutes is not None:
            zone = timezone(timedelta(minutes=self.offset_minutes))
        return self.taken_at.replace(tzinfo=zone).astimezone(UTC)


def metadata_of(source: Path | BinaryIO) -> Metadata:
    """What the picture's EXIF says, of any kind we take.

    Raises:
        Unreadable, TooLarge: as pictures.opened. Never because of the metadata.
    """
    with opened(source) as picture:
        main, camera, gps = _tags(picture)
        taken_at, offset = _taken(camera)
        lat, lon = _point(gps)
        return Metadata(
            taken_at=taken_at,
            offset_minutes=offset,
            lat=lat,
            lon=lon,
            altitude=None if lat is None else _altitude(gps),
            make=_text(main.get(Base.Make)),
            model=_text(main.get(Base.Model)),
            orientation=orientation_of(picture),
            raw=_facts(camera, _KEPT) | _facts(gps, _KEPT_GPS) | _facts(main, {"software": Base.Software}),
        )


def _tags(picture: Image.Image) -> tuple[Tags, Tags, Tags]:
    """The tags of the picture, of the camera's settings and of the place; those that cannot be read are missing."""
    try:
        exif = Image.Image.getexif(picture)  # PNG's own would decode the picture
        main = dict(exif)
    except BROKEN as problem:
        blame_disk(problem)
        return {}, {}, {}
    return main, _directory(exif, IFD.Exif), _directory(exif, IFD.GPSInfo)


def _directory(exif: Image.Exif, directory: IFD) -> Tags:
    try:
        return dict(exif.get_ifd(directory))
    except BROKEN as problem:
        blame_disk(problem)
        return {}


def _taken(camera: Tags) -> tuple[datetime | None, int | None]:
    for time, offset in _TIMES:
        taken_at = _time(_text(camera.get(time)))
        if taken_at is not None:
            return taken_at, _minutes(_text(camera.get(offset)))
    return None, None


def _time(written: str) -> datetime | None:
    found = _TIME.match(written)
    if found is None:
        return None
    try:
        taken_at = datetime(*map(int, found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None
    latest = clock.now().replace(tzinfo=None) + timedelta(days=1)
    return taken_at if taken_at.year >= _FIRST_CAMERA_YEAR and taken_at <= latest else None


def _minutes(written: str) -> int | None:
    found = _OFFSET.match(written)
    if found is None:
        return 0 if written == "Z" else None
    minutes = int(found[2]) * 60 + int(found[3])
    return None if minutes > _OFFSET_MAX_MIN else -minutes if found[1] == "-" else minutes


def _point(gps: Tags) -> tuple[float, float] | tuple[None, None]:
    lat = _degrees(gps.get(GPS.GPSLatitude), _text(gps.get(GPS.GPSLatitudeRef)), "NS", 90)
    lon = _degrees(gps.get(GPS.GPSLongitude), _text(gps.get(GPS.GPSLongitudeRef)), "EW", 180)
    if lat is None or lon is None or (abs(lat) < _NOWHERE_DEG and abs(lon) < _NOWHERE_DEG):
        return None, None
    return lat, lon


def _degrees(value: Any, side: str, sides: str, limit: int) -> float | None:
    """Degrees, minutes and seconds as one number, to a tenth of a metre."""
    parts = [_number(part) for part in value] if isinstance(value, tuple) else [_number(value)]
    if not side or side[0] not in sides or len(parts) > 3 or any(part is None or part < 0 for part in parts):
        return None
    degrees = sum((part or 0) / 60**place for place, part in enumerate(parts))
    return round(-degrees if side[0] == sides[1] else degrees, 6) if degrees <= limit else None


def _altitude(gps: Tags) -> float | None:
    metres = _number(gps.get(GPS.GPSAltitude))
    if metres is None:
        return None
    if gps.get(GPS.GPSAltitudeRef) in {1, b"\x01"}:
        metres = -metres
    lowest, highest = _ALTITUDES_M
    return round(metres, 1) if lowest <= metres <= highest else None


def _facts(tags: Tags, names: Mapping[str, int]) -> dict[str, float | str]:
    found: dict[str, float | str] = {}
    for name, tag in names.items():
        value = tags.get(tag)
        if isinstance(value, tuple) and value:
            value = value[0]
        fact = _text(value) if isinstance(value, str | bytes) else _number(value)
        if fact is not None and fact != "":
            found[name] = round(fact, 6) if isinstance(fact, float) else fact
    return found


def _number(value: Any) -> float | None:
    """A finite number; a fraction by zero is none."""
    try:
        number = float(value)
    except (TypeError, ValueError, ArithmeticError):
        return None
    return number if math.isfinite(number) else None


def _text(value: Any) -> str:
    """What a tag says, in one short line. Pillow reads Latin-1 where phones write UTF-8."""
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    if not isinstance(value, str):
        return ""
    with suppress(UnicodeError):
        value = value.encode("latin-1").decode("utf-8")
    return " ".join(clean(value.partition("\0")[0]).split())[:_TEXT_MAX]
