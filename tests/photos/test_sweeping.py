"""Old covered sets go, and none that is wanted, also while the boxes change at the same moment."""

from collections.abc import Callable
from typing import Any

import pytest

from fieldwork.core import jobs
from fieldwork.photos import covering, files, keeping, mosaic
from fieldwork.photos.derivatives import SIZES
from fieldwork.photos.models import Photo
from fieldwork.photos.schemas import Box
from tests.photos.sending import drawn, ready

LEFT, RIGHT = Box(x=0, y=0, width=0.5, height=1), Box(x=0.5, y=0, width=0.5, height=1)


def followed(work: Callable[..., Any], after: list[Callable[[], Any]]) -> Callable[..., Any]:
    """The same work; once it is done, what waits in the list is done too, once."""

    def done(*arguments: Any) -> Any:
        result = work(*arguments)
        if after:
            after.pop()()
        return result

    return done


def test_a_set_made_while_the_old_one_is_swept_stays(app: Any, people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    [photo] = ready(people.xiaolin, drawn(61))
    old = mosaic.cover(people.xiaolin, photo, "", [LEFT])
    jobs.work_off()

    def change() -> None:
        mosaic.cover(people.xiaolin, old, old.mosaic_key, [LEFT, RIGHT])
        jobs.work_off()

    after = [change]
    monkeypatch.setattr(keeping, "keys_wanted", followed(keeping.keys_wanted, after))
    monkeypatch.setattr(files, "covered_keys", followed(files.covered_keys, after))
    covering.sweep(photo.sha256)
    now = Photo.get_by_id(photo.id)
    assert now.is_mosaic_ready and now.mosaic_key != old.mosaic_key
    here = [files.covered_keys(photo.sha256, size) for size in SIZES]
    assert here == [[files.covered_key(photo.sha256, size, now.mosaic_key)] for size in SIZES]
