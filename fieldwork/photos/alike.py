"""Which photos look like a photo: near hashes found by an index, without reading the others.

The 64 bits are cut into three bands. Hashes that differ in no more than ALIKE_BITS (8) bits differ in at most 2 of one
band at least; so every near one stands under one of some 700 keys, of which the indexes of migration 0005 are asked,
and what they name (a few hundred of a million) is compared whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations

from peewee import SQL

from fieldwork.core.db import database, is_postgresql
from fieldwork.photos.likeness import ALIKE_BITS, FLAT, bits_apart
from fieldwork.photos.models import Photo

BANDS = ((0, 22), (22, 21), (43, 21))
"""The first bit and the width of each; the indexes of migration 0005 are written with the same numbers."""
REACH = ALIKE_BITS // len(BANDS)
FOUND_MAX = 50
_KEY_BY_KEY = """
    SELECT near.id, near.likeness FROM unnest(%s::bigint[]) AS key CROSS JOIN LATERAL (
        SELECT id, likeness FROM photo WHERE likeness <> 0 AND {band} = key LIMIT 1000
    ) AS near
"""


def alike(photos: Iterable[Photo]) -> dict[int, list[int]]:
    """For each photo, by id, the ids of others that look like it, the nearest first, at most 50; without the lonely."""
    asked = {photo.id: photo.likeness for photo in photos if photo.likeness not in (None, FLAT)}
    found: dict[int, dict[int, int]] = {}
    for one, other, theirs in _candidates(asked):
        bits = bits_apart(asked[one], theirs)
        if other != one and bits <= ALIKE_BITS:
            found.setdefault(one, {})[other] = bits
    return {one: sorted(near, key=lambda other: (near[other], other))[:FOUND_MAX] for one, near in found.items()}


def _candidates(asked: dict[int, int]) -> Iterator[tuple[int, int, int]]:
    """Who asks, and id and likeness of a photo that shares a band with theirs within REACH bits."""
    for first, width in BANDS if asked else ():
        mask, askers = (1 << width) - 1, defaultdict[int, list[int]](list)
        for one, likeness in asked.items():
            for flips in _flips(width):
                askers[likeness >> first & mask ^ flips].append(one)
        for other, theirs in _under(f"((likeness >> {first}) & {mask})", list(askers)):
            for one in askers[theirs >> first & mask]:
                yield one, other, theirs


def _under(band: str, keys: list[int]) -> Iterable[tuple[int, int]]:
    """Ids and likenesses that stand under these keys of a band, which is an expression as the index has it.

    PostgreSQL takes such a key to name every 200th photo and would read the table: it is made to look up key by key.
    """
    if is_postgresql():
        found: Iterable[tuple[int, int]] = database.execute_sql(_KEY_BY_KEY.format(band=band), (keys,))
        return found
    return Photo.select(Photo.id, Photo.likeness).where(SQL("likeness <> 0"), SQL(band).in_(keys)).tuples()


@cache
def _flips(width: int) -> list[int]:
    """What turns a band into itself and into all that differ from it in up to REACH bits."""
    places = [combinations(range(width), count) for count in range(REACH + 1)]
    return [sum(1 << place for place in flipped) for each in places for flipped in each]
