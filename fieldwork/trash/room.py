"""The blueprint that all pages of this room hang on."""

from flask import Blueprint

room = Blueprint("trash", __name__)
