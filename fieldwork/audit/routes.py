"""HTTP of this room: the operations journal, to be read and nothing else."""

from typing import Any

from flask import Blueprint, Flask, request, url_for

from fieldwork import journal
from fieldwork.audit import labels, queries
from fieldwork.people import acts
from fieldwork.web import allow, page

room = Blueprint("audit", __name__)


def install(app: Flask) -> None:
    """Add this room's page and labels, and let the journal hear what is done in the room of people below it."""
    app.register_blueprint(room)
    app.jinja_env.globals["audit_labels"] = labels
    acts.listen(journal.write)


@room.get("/admin/journal")
@allow("audit.read")
def browse() -> Any:
    asked = request.args.to_dict()
    found = queries.entries(asked)
    given: dict[str, Any] = {name: asked[name] for name in queries.FILTERS if asked.get(name)}
    following = url_for("audit.browse", **given, cursor=found.next) if found.next else None
    context = {"entries": found, "names": queries.names_of(found), "asked": given, "next_url": following}
    return page("audit/browse.html", "audit/_rows.html", 200, **context)
