"""The blueprint that all pages of this room hang on."""

from flask import Blueprint

room = Blueprint("drafts", __name__, url_prefix="/drafts")
