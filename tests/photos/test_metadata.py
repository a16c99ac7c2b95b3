"""What a camera wrote into a photo becomes data; what makes no sense is left out, and nothing of it stops a photo."""

import io
import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import GPS, Base
from PIL.TiffImagePlugin import IFDRational

from fieldwork import clock
from fieldwork.photos.metadata import Metadata, metadata_of
from fieldwork.photos.pictures import Unreadable
from tests.support.pictures import KINDS, drawn, encoded, exif_of, photo, photos

SHANGHAI = ZoneInfo("Asia/Shanghai")
HERE = {
    GPS.GPSLatitudeRef: "N",
    GPS.GPSLatitude: (31.0, 49.0, 12.0),
    GPS.GPSLongitudeRef: "E",
    GPS.GPSLongitude: (105.0, 37.0, 12.0),
}


def read(kind: str = "JPEG", **tags: dict[int, Any]) -> Metadata:
    return metadata_of(io.BytesIO(encoded(drawn(32, 24), kind, exif=exif_of(**tags))))


# --- of cameras


def test_a_camera_with_gps_says_where_and_when() -> None:
    found = metadata_of(photo("DSCN0010.jpg"))
    assert (found.lat, found.lon) == (43.467448, 11.885127)
    assert found.taken_at == datetime(2008, 10, 22, 16, 28, 39)
    assert found.offset_minutes is None
    assert (found.make, found.model) == ("NIKON", "COOLPIX P6000")


def test_a_heic_of_a_phone_says_where_and_when_with_its_zone() -> None:
    found = metadata_of(photo("IMG_5195.HEIC"))
    assert (found.lat, found.lon, found.altitude) == (39.051344, -94.288772, 260.6)
    assert found.offset_minutes == -300
    assert found.moment(SHANGHAI) == datetime(2021, 4, 11, 20, 47, 53, tzinfo=UTC)
    assert found.orientation == 1


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_the_orientation_is_kept_as_a_fact(orientation: int) -> None:
    assert metadata_of(photo(f"landscape_{orientation}.jpg")).orientation == orientation


@pytest.mark.parametrize("path", photos(), ids=lambda path: path.name)
def test_no_photo_of_a_camera_is_stopped_by_its_metadata(path: Any) -> None:
    json.dumps(metadata_of(path).raw, allow_nan=False)


# --- of every kind


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_photo_is_read(kind: str) -> None:
    found = read(kind, main={Base.Make: "Xiaomi"}, camera={Base.DateTimeOriginal: "2026:11:23 10:12:00"}, gps=HERE)
    assert found.make == "Xiaomi"
    assert found.taken_at == datetime(2026, 11, 23, 10, 12)
    assert (found.lat, found.lon) == (31.82, 105.62)


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_that_says_nothing_gives_nothing(kind: str) -> None:
    assert metadata_of(io.BytesIO(encoded(drawn(32, 24), kind))) == Metadata()


def test_what_is_no_photo_is_refused() -> None:
    with pytest.raises(Unreadable):
        metadata_of(io.BytesIO(b"no photo"))


# --- time


def test_a_camera_without_a_zone_was_in_that_of_the_municipality() -> None:
    found = read(camera={Base.DateTimeOriginal: "2026:11:23 00:30:00"})
    assert found.moment(SHANGHAI) == datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    assert Metadata().moment(SHANGHAI) is None


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("+08:00", 480),
        ("-05:00", -300),
        ("+05:45", 345),
        ("Z", 0),
        ("+0800", 480),
        ("   :  ", None),
        ("+99:00", None),
        ("8", None),
    ],
)
def test_the_zone_is_read_when_it_makes_sense(written: str, minutes: int | None) -> None:
    camera = {Base.DateTimeOriginal: "2026:11:23 10:12:00", Base.OffsetTimeOriginal: written}
    assert read(camera=camera).offset_minutes == minutes


@pytest.mark.parametrize(
    "written",
    [
        "0000:00:00 00:00:00",
        "    :  :     :  :  ",
        "2026:02:30 10:00:00",
        "2026:11:23 25:00:00",
        "1904:01:01 00:00:00",
        "1970:01:01 00:00:00",
        "",
        "昨天",
    ],
)
def test_a_time_that_cannot_be_is_left_out(written: str) -> None:
    assert read(camera={Base.DateTimeOriginal: written}).taken_at is None


def test_a_photo_from_the_future_has_no_time() -> None:
    camera = {Base.DateTimeOriginal: "2026:11:25 12:00:00"}
    with clock.at(datetime(2026, 11, 23, 4, tzinfo=UTC)):
        assert read(camera=camera).taken_at is None
    with clock.at(datetime(2026, 11, 25, 4, tzinfo=UTC)):
        assert read(camera=camera).taken_at is not None


def test_when_it_was_digitised_stands_in_and_when_it_was_edited_does_not() -> None:
    assert read(camera={Base.DateTimeDigitized: "2026:11:23 10:12:00"}).taken_at is not None
    assert read(main={Base.DateTime: "2026:11:23 10:12:00"}).taken_at is None


# --- place


@pytest.mark.parametrize(
    ("tags", "lat", "lon"),
    [
        ({}, 31.82, 105.62),
        ({GPS.GPSLatitudeRef: "S", GPS.GPSLongitudeRef: "W"}, -31.82, -105.62),
        ({GPS.GPSLatitude: (31.82, 0.0, 0.0)}, 31.82, 105.62),
        ({GPS.GPSLatitude: (31.0, 49.2, 0.0)}, 31.82, 105.62),
    ],
)
def test_degrees_minutes_and_seconds_become_one_number(tags: dict[int, Any], lat: float, lon: float) -> None:
    found = read(gps=HERE | tags)
    assert (found.lat, found.lon) == (lat, lon)


@pytest.mark.parametrize(
    "tags",
    [
        {GPS.GPSLatitude: (0.0, 0.0, 0.0), GPS.GPSLongitude: (0.0, 0.0, 0.0)},
        {GPS.GPSLatitude: (IFDRational(31, 0), IFDRational(0, 0), IFDRational(0, 0))},
        {GPS.GPSLatitude: (91.0, 0.0, 0.0)},
        {GPS.GPSLongitude: (181.0, 0.0, 0.0)},
        {GPS.GPSLatitudeRef: "?"},
        {GPS.GPSLatitudeRef: ""},
    ],
    ids=["zero island", "by zero", "beyond the pole", "beyond the date line", "no side", "empty side"],
)
def test_a_place_that_cannot_be_is_left_out_whole(tags: dict[int, Any]) -> None:
    found = read(gps=HERE | {GPS.GPSAltitude: 500.0} | tags)
    assert (found.lat, found.lon, found.altitude) == (None, None, None)


@pytest.mark.parametrize(
    ("below", "metres", "altitude"),
    [(b"\0", 640.25, 640.2), (b"\1", 12.0, -12.0), (b"\0", 99_999.0, None), (b"\1", 4000.0, None)],
)
def test_an_altitude_is_read_when_somebody_can_be_there(below: bytes, metres: float, altitude: float | None) -> None:
    assert read(gps=HERE | {GPS.GPSAltitudeRef: below, GPS.GPSAltitude: metres}).altitude == altitude


# --- words and facts


def test_the_name_of_a_phone_may_be_chinese() -> None:
    exif = exif_of(main={Base.Make: "华为".encode(), Base.Model: "  P60\0garbage"})
    found = metadata_of(io.BytesIO(encoded(drawn(32, 24), exif=exif)))
    assert (found.make, found.model) == ("华为", "P60")


def test_a_few_facts_are_kept_small_and_fit_for_json() -> None:
    camera = {
        Base.ExposureTime: 1 / 75,
        Base.ISOSpeedRatings: 64,
        Base.FNumber: IFDRational(0, 0),
        Base.LensModel: "x" * 5000,
    }
    raw = read(main={Base.Software: "相机\0"}, camera=camera | {Base.MakerNote: bytes(20_000)}).raw
    assert raw["exposure_time_s"] == 0.013333
    assert raw["iso"] == 64
    assert "f_number" not in raw
    assert len(json.dumps(raw, allow_nan=False)) < 400


# --- rubbish

WHOLE = encoded(
    drawn(32, 24),
    exif=exif_of(main={Base.Make: "NIKON"}, camera={Base.DateTimeOriginal: "2026:11:23 10:12:00"}, gps=HERE),
)
EXIF = slice(WHOLE.index(b"Exif\0\0") + 6, WHOLE.index(b"\xff\xdb"))


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow tells of each tag it skips
@given(st.lists(st.tuples(st.integers(EXIF.start, EXIF.stop - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_damaged_metadata_gives_less_but_never_an_error(changes: list[tuple[int, int]]) -> None:
    content = bytearray(WHOLE)
    for position, value in changes:
        content[position] = value
    found = metadata_of(io.BytesIO(content))
    json.dumps(found.raw, allow_nan=False)
    assert 1 <= found.orientation <= 8
    assert found.lat is None or -90 <= found.lat <= 90


@pytest.mark.filterwarnings("ignore::UserWarning")
@given(st.binary(max_size=300))
def test_rubbish_for_metadata_gives_nothing(rubbish: bytes) -> None:
    written = io.BytesIO()
    Image.new("RGB", (8, 8)).save(written, "JPEG", exif=b"Exif\0\0" + rubbish)
    found = metadata_of(written)
    assert (found.lat, found.taken_at) == (None, None)
