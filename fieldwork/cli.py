"""The flask commands of administration: `flask --app app <command>`; each ends non-zero when it fails."""

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from fieldwork.core import migrating
from fieldwork.people import actions as people


def install(app: Flask) -> None:
    """Add the commands."""
    for command in (init, migrate, user):
        app.cli.add_command(command)


@click.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    applied = migrating.migrate(current_app.config["SETTINGS"].data)
    click.echo("\n".join(applied) or "up to date")


@click.command()
@click.pass_context
def init(context: click.Context) -> None:
    """Prepare the data folder and the database."""
    context.invoke(migrate)


user = AppGroup("user", help="People who can log in.")
