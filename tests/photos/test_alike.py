"""Photos that look alike are found by their hashes: all within eight bits, none beyond, and never the blank ones."""

import random
from typing import Any

import pytest
from peewee import SQL

from fieldwork.core.db import database, is_postgresql
from fieldwork.photos.alike import alike
from fieldwork.photos.likeness import ALIKE_BITS, FLAT
from fieldwork.photos.models import READY, Photo
from tests.photos.sending import ready
from tests.support.pictures import drawn, encoded


def signed(bits: int) -> int:
    return bits - (1 << 64) if bits >> 63 else bits


def kept(people: Any, *likenesses: int | None) -> list[Photo]:
    """Photos with these hashes, as if they had been made ready."""
    one = {"size_bytes": 1, "mime": "image/jpeg", "width": 4, "height": 3, "uploader": people.xiaolin, "state": READY}
    first = Photo.select().count()
    return [
        Photo.create(sha256=f"{number:064x}", likeness=likeness, **one)
        for number, likeness in enumerate(likenesses, first)
    ]


def flipped(bits: int, count: int, seed: int) -> int:
    for place in random.Random(seed).sample(range(64), count):
        bits ^= 1 << place
    return bits


@pytest.mark.parametrize("seed", range(40))
def test_wherever_the_bits_differ_a_near_photo_is_found(app: Any, people: Any, seed: int) -> None:
    bits = random.Random(seed).getrandbits(64)
    one, near, _far = kept(
        people, signed(bits), signed(flipped(bits, ALIKE_BITS, seed)), signed(flipped(bits, ALIKE_BITS + 1, seed))
    )
    assert alike([one]) == {one.id: [near.id]}


def test_the_nearest_come_first_and_each_photo_has_its_own(app: Any, people: Any) -> None:
    one, two, three, other = kept(people, 0b1, 0b1110, 0b11, -1)
    assert alike([one, other]) == {one.id: [three.id, two.id]}


def test_blank_photos_and_those_not_yet_made_are_like_none(app: Any, people: Any) -> None:
    photos = kept(people, FLAT, FLAT, None, None, 0b1)
    assert alike(photos) == {}
    assert alike([]) == {}


def test_a_photo_sent_again_smaller_is_found_once_both_are_made(app: Any, people: Any) -> None:
    picture = drawn()
    first, again, white, black = ready(
        people.xiaolin,
        encoded(picture),
        encoded(picture.resize((320, 240)), "WEBP", quality=50),
        encoded(drawn().point(lambda _: 255)),
        encoded(drawn().point(lambda _: 0)),
    )
    assert alike([first, white, black]) == {first.id: [again.id]}


def test_it_is_an_index_that_finds_them(app: Any, people: Any) -> None:
    if is_postgresql():  # which reads a table of no rows whole, whatever indexes there are
        database.execute_sql("SET enable_seqscan = off")
        asked = "EXPLAIN SELECT id, likeness FROM photo WHERE likeness <> 0 AND ((likeness >> 22) & 2097151) = 5"
        plan = database.execute_sql(asked).fetchall()
        database.execute_sql("RESET enable_seqscan")
    else:
        band = SQL("((likeness >> 22) & 2097151)")
        sql, values = Photo.select(Photo.id, Photo.likeness).where(SQL("likeness <> 0"), band.in_([5, 6])).sql()
        plan = database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    assert "photo_likeness_1" in str(plan)
