"""HTTP of what came from phones: two texts to choose between, the office's box, the import of a queue."""

from flask import Blueprint, Flask

from fieldwork.core import words
from fieldwork.intake import labels

room = Blueprint("intake", __name__)


def install(app: Flask) -> None:
    """Add this room's pages, words and labels."""
    app.register_blueprint(room)
    words.learn(labels.REFUSALS)
    app.jinja_env.globals["intake_labels"] = labels
