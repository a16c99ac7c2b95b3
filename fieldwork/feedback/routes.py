"""HTTP of this room."""

from flask import Blueprint, Flask

from fieldwork.core import words
from fieldwork.feedback import labels

room = Blueprint("feedback", __name__)


def install(app: Flask) -> None:
    """Add this room's pages, words and labels."""
    app.register_blueprint(room)
    words.learn(labels.REFUSALS)
    app.jinja_env.globals["feedback_labels"] = labels
