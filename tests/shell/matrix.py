"""The app shell is for everybody: it holds nothing of anybody."""

from tests.support.matrix import Route

ROUTES: dict[str, Route] = {
    "GET shell.service_worker": Route(public=True),
    "GET shell.offline": Route(public=True),
    "GET shell.manifest": Route(public=True),
}
