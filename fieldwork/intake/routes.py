"""HTTP of what comes from phones: the page of what has not been sent, two texts to choose between, the office's box."""

from flask import Flask

from fieldwork.core import words
from fieldwork.intake import labels, outbox
from fieldwork.intake.room import room

__all__ = ["install", "outbox", "room"]


def install(app: Flask) -> None:
    """Add this room's pages, words and labels."""
    app.register_blueprint(room)
    words.learn(labels.REFUSALS)
    app.jinja_env.globals["intake_labels"] = labels
