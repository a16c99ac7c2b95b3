"""Who is let in where among the drafts: whoever records; a draft of somebody else is no draft."""

from tests.support.matrix import EVERYBODY, Route

RECORDERS = EVERYBODY - {"admin"}
SOME_ID = {"uid": "01900000-0000-7000-8000-000000000000"}

ROUTES: dict[str, Route] = {
    "GET drafts.browse": Route(may=RECORDERS),
    "PUT drafts.keep": Route("PUT", may=RECORDERS, values=SOME_ID),
    "DELETE drafts.forget": Route("DELETE", may=RECORDERS, values=SOME_ID, gone=True),
    "POST drafts.remove": Route("POST", may=RECORDERS, values=SOME_ID, gone=True),
}
