"""HTTP of this room."""

from flask import Blueprint, Flask

from fieldwork.core import words
from fieldwork.problems import labels

room = Blueprint("problems", __name__)


def install(app: Flask) -> None:
    """Add this room's pages, words and labels."""
    app.register_blueprint(room)
    words.learn(labels.REFUSALS)
    app.jinja_env.globals["problems_labels"] = labels
