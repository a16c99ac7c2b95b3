"""The WSGI application that servers and the flask command load."""

from fieldwork.factory import create_app

app = create_app()
