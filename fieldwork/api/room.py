"""The blueprint that all calls of the API hang on."""

from flask import Blueprint

room = Blueprint("api", __name__, url_prefix="/api/v1")
