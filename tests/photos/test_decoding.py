"""Decoding happens in a process of its own, which may take so much time and memory and no more."""

import io
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from fieldwork.photos import decoding
from fieldwork.photos.making import make
from fieldwork.photos.pictures import Unreadable
from tests.support.pictures import encoded

MOST_PIXELS = (8900, 6700)


def test_it_is_another_process() -> None:
    first, again = decoding.run(os.getpid), decoding.run(os.getpid)
    assert first == again != os.getpid()


@pytest.mark.parametrize("work", [(time.sleep, 30), (bytes, decoding.MEMORY_MAX_BYTES), (os._exit, 1), (os.abort,)])
def test_what_goes_too_far_is_ended_and_the_next_is_done(
    monkeypatch: pytest.MonkeyPatch, work: tuple[Callable[..., Any], ...]
) -> None:
    decoding.run(os.getpid)
    monkeypatch.setattr(decoding, "SECONDS_MAX", 2)
    with pytest.raises(decoding.TooDemanding):
        decoding.run(*work)
    assert decoding.run(abs, -1) == 1


def test_of_many_who_ask_at_once_one_is_served_at_a_time() -> None:
    decoding.run(os.getpid)
    begun = time.monotonic()
    with ThreadPoolExecutor(3) as threads:
        list(threads.map(lambda _: decoding.run(time.sleep, 0.3), range(3)))
    assert time.monotonic() - begun >= 0.9


def test_what_was_stored_is_decoded_from_a_file_and_let_go_of() -> None:
    content = io.BytesIO(b"as it was stored")
    assert decoding.run_on(content, Path.read_bytes) == b"as it was stored"
    assert content.closed


def test_a_refusal_comes_back_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "photo").write_bytes(encoded(Image.new("RGB", (64, 48)))[:300])
    with pytest.raises(Unreadable) as told:
        decoding.run(make, tmp_path / "photo")
    assert told.value.reason == "photo_broken"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_the_largest_picture_we_take_stays_within_the_bounds(tmp_path: Path, form: str) -> None:
    (tmp_path / "photo").write_bytes(encoded(Image.new("RGB", MOST_PIXELS, (90, 120, 60)), form))
    assert set(decoding.run(make, tmp_path / "photo").pictures) == {320, 1280, 2400}
