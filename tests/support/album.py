"""`python -m tests.support.album`: photos for the small town that the environment names; prints the addresses as JSON.

"problem" shows camera files in every position and their like as evidence, "fifty" is a visit with fifty photos,
"broken" one with a photo that could not be made, "pending" one with a photo that waits for `… album settle`.
"mosaic" is where one of the fifty is covered.
`… album conflict` adds two texts of a visit, one with such a photo, and prints where they wait for a choice.
"""

import io
import json
import subprocess
import sys
from typing import Any

from PIL import Image
from werkzeug.datastructures import FileStorage

from fieldwork.config import from_environment
from fieldwork.core import jobs
from fieldwork.core.db import database
from fieldwork.factory import create_app
from fieldwork.photos import actions
from fieldwork.photos.models import BROKEN, PENDING, READY, Photo, PhotoLink
from fieldwork.problems.actions import record_problem
from fieldwork.problems.schemas import ProblemIn
from fieldwork.visits.actions import record_visit
from fieldwork.visits.schemas import VisitIn
from tests.intake.making import two_texts
from tests.support import cast
from tests.support.pictures import photo
from tests.support.serving import ROOT, Server

BEFORE = ("IMG_5195.HEIC", "landscape_6.jpg", "portrait_8.jpg")
AFTER = ("landscape_1.jpg", "portrait_1.jpg")
FIFTY = 50


def main() -> None:
    """Write, and say where."""
    app = create_app(from_environment())
    with app.app_context(), database.obj.connection_context():
        people = cast.gather()
        if sys.argv[1:] == ["settle"]:
            found = {"made": str(Photo.update(state=READY).where(Photo.state == PENDING).execute())}
        elif sys.argv[1:] == ["conflict"]:
            found = {"conflict": _conflict(people)}
        else:
            broken, pending = _one(people, 1, BROKEN, "photo_broken"), _one(people, 2, PENDING)
            found = {"problem": _problem(people), "fifty": _fifty(people), "broken": broken, "pending": pending}
            found["mosaic"] = f"/photos/{Photo.select().order_by(Photo.id.desc()).get().sha256}/mosaic"
    sys.stdout.write(json.dumps(found) + "\n")


def said_by(server: Server, *words: str) -> dict[str, str]:
    """The addresses `python -m tests.support.album …` prints where this server has its data."""
    command = [sys.executable, "-m", "tests.support.album", *words]
    said = subprocess.run(command, cwd=ROOT, env=server.environment, check=True, capture_output=True, text=True)
    found: dict[str, str] = json.loads(said.stdout.splitlines()[-1])
    return found


def received(people: cast.Cast, *bodies: bytes) -> list[Photo]:
    """Photos xiaolin has sent, with their pictures."""
    files = [FileStorage(io.BytesIO(body), filename="photo.jpg") for body in bodies]
    photos = [one for file in files for one in actions.receive(people.xiaolin, [file]).photos]
    jobs.work_off()
    return photos


def noisy(number: int) -> bytes:
    """A picture that does not become small."""
    buffer = io.BytesIO()
    Image.effect_noise((480, 360), 60 + number).convert("RGB").save(buffer, "JPEG")
    return buffer.getvalue()


def _problem(people: cast.Cast) -> str:
    before, after = (received(people, *(photo(name).read_bytes() for name in names)) for names in (BEFORE, AFTER))
    held = [one.sha256 for one in before]
    said = {held[0]: "渠口淤塞，水上了路"}
    problem = record_problem(people.xiaolin, ProblemIn(unit=people.units.stones.uid, text="渠口淤塞", held=held), said)
    actions.attach(people.xiaolin, problem, [one.sha256 for one in after], {}, purpose="evidence")
    return f"/problems/{problem.uid}"


def _fifty(people: cast.Cast) -> str:
    visit: Any = record_visit(people.xiaolin, VisitIn(unit=people.units.stones.uid, text="渠道沿线"))
    for at, one in enumerate(received(people, *(noisy(number) for number in range(FIFTY)))):
        PhotoLink.create(kind="visit", record_id=visit.id, photo=one, position=at, added_by=people.xiaolin)
    return f"/visits/{visit.uid}"


def _conflict(people: cast.Cast) -> str:
    first, late = ([{"sha256": _in_state(people, 3 + at, state)}] for at, state in enumerate((READY, PENDING)))
    waiting = two_texts(people.xiaolin, people.units.stones, {"text": "甲", "photos": first}, photos=late)
    return f"/conflicts/{waiting.uid}"


def _in_state(people: cast.Cast, number: int, state: str, reason: str = "") -> str:
    [one] = received(people, noisy(FIFTY + number))
    Photo.update(state=state, reason=reason).where(Photo.id == one.id).execute()
    return one.sha256


def _one(people: cast.Cast, number: int, state: str, reason: str = "") -> str:
    shown = VisitIn(unit=people.units.stones.uid, text="渠首", held=[_in_state(people, number, state, reason)])
    return f"/visits/{record_visit(people.xiaolin, shown).uid}"


if __name__ == "__main__":
    main()
