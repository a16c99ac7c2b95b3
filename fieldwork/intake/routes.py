"""HTTP of what comes from phones: the page of what has not been sent, two texts to choose between, the office's box."""

from flask import Flask

from fieldwork import site
from fieldwork.core import words
from fieldwork.intake import box, conflicts, importing, labels, outbox, queries
from fieldwork.intake.models import Submission
from fieldwork.intake.room import room

__all__ = ["box", "conflicts", "importing", "install", "outbox", "room"]


def install(app: Flask) -> None:
    """Add this room's pages, words and labels."""
    app.register_blueprint(room)
    words.learn(labels.REFUSALS)
    words.name_fields(Submission.kind, labels.FIELDS)
    app.jinja_env.globals["intake_labels"] = labels
    site.learn_badge("me", queries.waiting_conflicts)
