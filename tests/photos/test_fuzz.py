"""Two thousand damaged camera files: each is shown or refused in words, and no process grows, hangs or falls over."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from fieldwork.core import jobs
from fieldwork.errors import Refused
from fieldwork.photos import decoding, labels
from fieldwork.photos.inspection import inspect
from fieldwork.photos.making import Made, make
from fieldwork.photos.metadata import metadata_of
from fieldwork.photos.models import BROKEN, READY, Photo
from tests.photos.sending import files
from tests.records.form import post
from tests.support.pictures import photos

CASES = 2000
HEAVY_BYTES, HEAVY_SHARE = 600_000, 3  # large files take long to decode: of each a third as many
GROWTH_MAX_BYTES = 150_000_000
KNOWN = {"shown", *labels.REFUSALS}


def damaged(whole: bytes, dice: random.Random) -> bytes:
    """The file with some bytes changed, cut short, doubled or left out; its beginning is met as often as the rest."""
    content = bytearray(whole)
    end = len(content) if dice.random() < 0.5 else min(2000, len(content))
    for _ in range(dice.choice((1, 1, 2, 8, 64))):
        content[dice.randrange(end)] = dice.randrange(256)
    way = dice.random()
    if way < 0.15:
        return bytes(content[: dice.randrange(1, len(content))])
    if way < 0.25:
        at, length = dice.randrange(len(content)), dice.randrange(1, 4000)
        return bytes(content[:at] + content[at : at + length] * 2 + content[at:])
    if way < 0.35:
        at, length = dice.randrange(len(content)), dice.randrange(1, 4000)
        return bytes(content[:at] + content[at + length :])
    return bytes(content)


def corpus() -> Iterator[bytes]:
    """At least CASES damaged files, the same in every run."""
    known = [path.read_bytes() for path in photos()]
    shares = [1 if len(content) > HEAVY_BYTES else HEAVY_SHARE for content in known]
    for number, (whole, share) in enumerate(zip(known, shares, strict=True)):
        dice = random.Random(number)
        for _ in range(-(-CASES * share // sum(shares))):
            yield damaged(whole, dice)


def outcome(path: Path) -> str:
    """What becomes of it: looked at in this process, decoded in the other."""
    try:
        inspect(path)
        metadata_of(path)
        made: Made = decoding.run(make, path)
    except Refused as refusal:
        return refusal.reason
    except decoding.TooDemanding:
        return "photo_too_demanding"
    assert set(made.pictures) == {320, 1280, 2400}
    return "shown"


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow tells of each tag it skips
def test_two_thousand_damaged_photos_are_shown_or_refused_in_words(tmp_path: Path) -> None:
    path, found = tmp_path / "photo", Counter[str]()
    path.write_bytes(photos()[0].read_bytes())
    assert outcome(path) == "shown"
    ours, decoder = psutil.Process(), psutil.Process(decoding.run(os.getpid))
    before = ours.memory_info().rss, decoder.memory_info().rss
    for content in corpus():
        path.write_bytes(content)
        found[outcome(path)] += 1
    assert found.keys() <= KNOWN
    assert found.total() >= CASES
    assert found["shown"] and found["photo_broken"], found
    assert found["photo_too_demanding"] == 0, found
    again = psutil.Process(decoding.run(os.getpid))
    assert ours.memory_info().rss - before[0] < GROWTH_MAX_BYTES
    assert again.memory_info().rss - before[1] < GROWTH_MAX_BYTES


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_whoever_sends_them_is_told_in_words(people: Any, log_in: Any) -> None:
    client, dice = log_in(people.xiaolin), random.Random(7)
    some = dice.sample(list(corpus()), 40)
    for number, content in enumerate(some):
        fields = {"unit": str(people.units.stones.uid), "text": f"第 {number} 条", "photos": files(content)}
        assert post(client, "/visits/new", fields).status_code in {303, 422}
    jobs.work_off()
    assert {photo.state for photo in Photo.select()} <= {READY, BROKEN}
    for photo in Photo.select():
        answer = client.get(f"/photos/{photo.sha256}?size=320")
        assert answer.status_code == (200 if photo.state == READY else 404)
        if photo.state == BROKEN:
            assert labels.REFUSALS[photo.reason] in answer.text
