"""Who is let in where in the API. (Tokens are tried in test_tokens.py; here people come with the cookie of a page.)"""

from tests.support.matrix import BOTH_READERS, Route

SOME_ID = {"uid": "01900000-0000-7000-8000-000000000000"}

ROUTES: dict[str, Route] = {
    "GET api.describe": Route(public=True),
    "POST api.make_token": Route("POST", public=True),
    "GET api.me": Route(),
    "PUT api.report": Route("PUT", may=frozenset()),
    "GET api.units": Route(),
    "GET api.vocabulary": Route(),
    "POST api.have": Route("POST"),
    "POST api.begin": Route("POST"),
    "PATCH api.append": Route("PATCH", values=SOME_ID, missing=True),
    "DELETE api.cancel": Route("DELETE", values=SOME_ID, missing=True),
    "GET api.photo": Route(values={"sha256": "0" * 64}, missing=True),
    **{f"PUT api.put_{kind}": Route("PUT", values=SOME_ID) for kind in ("visit", "problem", "case")},
    **{
        f"GET api.get_{kind}": Route(thing=kind, sees=BOTH_READERS, may=BOTH_READERS)
        for kind in ("visit", "problem")
    },
    "GET api.get_case": Route(thing="case", sees=BOTH_READERS, may=BOTH_READERS),
    **{f"GET api.list_{room}": Route() for room in ("visits", "problems", "cases")},
}  # fmt: skip
