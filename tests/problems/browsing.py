"""What the tests of the pages share: addresses, pages, pictures, forms."""

import io
from typing import Any

from PIL import Image

from fieldwork.problems.models import Problem
from tests.problems import making

HTMX = {"HX-Request": "true"}


def page(client: Any, url: str, **more: Any) -> str:
    answer = client.get(url, **more)
    assert answer.status_code == 200, answer.status
    return answer.text


def url_of(problem: Problem, noun: str = "") -> str:
    return f"/problems/{problem.uid}" + (f"/{noun}" if noun else "")


def picture(colour: str = "red") -> Any:
    body = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(body, "JPEG")
    return io.BytesIO(body.getvalue()), "照片（一）.jpg"


def form_of(problem: Problem, people: Any, code: str, **words: Any) -> dict[str, Any]:
    said = making.answers(people).get(code, {}) | words
    return {"version": str(problem.version)} | {
        name: [str(item) for item in value] if isinstance(value, list) else str(value) for name, value in said.items()
    }
