"""The flask commands of administration: `flask --app app <command>`; each ends non-zero when it fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from fieldwork import checking, journal, purging, site
from fieldwork.briefings import documents
from fieldwork.briefings.models import Briefing
from fieldwork.core import kinds, migrating, searching
from fieldwork.core import storage as stores
from fieldwork.core import storage_copy as copying
from fieldwork.core.db import database, transaction
from fieldwork.errors import StorageFull, StorageUnavailable
from fieldwork.people import commands as people
from fieldwork.people.models import Unit, User
from fieldwork.problems import exporting
from fieldwork.sample import load as sampling

PHOTOS = click.Path(path_type=Path, file_okay=False)
INDEXED_AT_ONCE = 1000
NEW_FILE = click.Path(path_type=Path, dir_okay=False, writable=True)


def install(app: Flask) -> None:
    """Add the commands."""
    for command in (init, migrate, reindex, verify, purge, sample, storage, export, *people.COMMANDS):
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


@click.command()
def reindex() -> None:
    """Build the full-text index anew from all records."""
    with database.obj.connection_context():
        with transaction():
            searching.clear()
        for kind in kinds.all_kinds():
            table = kinds.table_of(kind)
            count = table.select().where(table.deleted_at.is_null()).count()
            with click.progressbar(length=count, label=kind) as bar:
                for indexed in _indexed(kind, table):
                    bar.update(indexed)


def _indexed(kind: str, table: Any) -> Iterator[int]:
    """Index the records of a kind, some at a time, so that others may write meanwhile; gives how many each time."""
    last = 0
    while True:
        query = table.select(table, Unit).join(Unit, on=(table.unit == Unit.id))
        some = list(query.where(table.id > last, table.deleted_at.is_null()).order_by(table.id).limit(INDEXED_AT_ONCE))
        if not some:
            return
        with transaction():
            for record in some:
                searching.index(kind, record.id, record.searched_text())
        last = some[-1].id
        yield len(some)


@click.command()
def verify() -> None:
    """Check the journal's chain, photos and briefings against their hashes, and look for files of nothing."""
    with database.obj.connection_context(), _store_answering():
        found = [f"journal entry {entry} does not follow from the one before" for entry in journal.broken_links()]
        with click.progressbar(checking.photos(), label="photos") as photos:
            found += [fault for sha256 in photos for fault in checking.faults_of_photo(sha256)]
        with click.progressbar(checking.briefings(), label="briefings") as briefings:
            found += [fault for briefing in briefings for fault in checking.faults_of_briefing(briefing)]
        found += checking.orphans()
    for line in found:
        click.echo(line, err=True)
    if found:
        raise click.ClickException(f"{len(found)} faults found")
    click.echo("all is well")


@contextmanager
def _store_answering() -> Iterator[None]:
    try:
        yield
    except StorageUnavailable:
        raise click.ClickException("the store of files does not answer; nothing is lost, try again later") from None
    except StorageFull:
        raise click.ClickException("the store of files has no room left") from None


@click.command()
def purge() -> None:
    """Clear away for good: records over 30 days in the trash, photos nobody needs, expired uploads and logins."""
    with database.obj.connection_context(), _store_answering():
        for step in purging.STEPS:
            with click.progressbar(step.due(), label=step.name) as due:
                gone = sum(step.clear(thing) for thing in due)
            click.echo(f"{step.name}: {gone} cleared away")


# --- the sample municipality

sample = AppGroup("sample", help="The sample municipality; for a new, empty installation only.")


@sample.command("load")
@click.option(
    "--photos", type=PHOTOS, default=None, help="Folder of camera files (default: ../shared/photos if there)."
)
def sample_load(photos: Path | None) -> None:
    """Fill an empty database with the sample municipality. Does nothing when people are there already."""
    if not current_app.config["SETTINGS"].sample:
        raise click.ClickException("FIELDWORK_SAMPLE is not 1: the sample is never loaded into a production system")
    beside = Path(current_app.root_path).parent / "shared" / "photos"
    with database.obj.connection_context():
        if User.select().exists():
            click.echo("already there")
            return
        with click.progressbar(length=1, label="sample municipality") as bar:
            sampling.load(photos or beside, lambda done, of: _advance(bar, done, of))


def _advance(bar: Any, done: int, of: int) -> None:
    bar.length = of
    bar.update(done - bar.pos)


# --- the store of files

storage = AppGroup("storage", help="The store of photos and documents.")


@storage.command("copy")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option("--thorough", is_flag=True, help="Compare by content what both hold, instead of by size.")
def storage_copy(source: str, target: str, thorough: bool) -> None:
    """Copy a store while it is in use: file:///folder, s3://…, or `data` for the folder in FIELDWORK_DATA.

    Every file is read again from TO. Run it, change FIELDWORK_STORAGE, restart, and run it once more for what came
    meanwhile: a second run copies only what is new, and one that was stopped goes on.
    """
    here, there = _store(source), _store(target)
    with _store_answering():
        keys = _differing(here, there) if thorough else copying.lacking(here, there)
        with click.progressbar(copying.copy(here, there, keys), length=len(keys), label="files") as bar:
            outcomes = list(bar)
        extra = copying.surplus(here, there)
    damaged = [key for key, outcome in outcomes if outcome is copying.Outcome.DAMAGED]
    copied = sum(outcome is copying.Outcome.COPIED for _, outcome in outcomes)
    click.echo(f"{copied} copied, {len(extra)} held by TO alone")
    for key in damaged:
        click.echo(f"{key} did not arrive as it was sent", err=True)
    if damaged:
        raise click.ClickException(f"{len(damaged)} files to be copied again")


def _differing(here: stores.Storage, there: stores.Storage) -> list[str]:
    with click.progressbar(copying.all_keys(here), label="compared") as keys:
        return [key for key in keys if copying.differs(here, there, key)]


def _store(url: str) -> stores.Storage:
    try:
        return stores.from_url("" if url == "data" else url, current_app.config["SETTINGS"].data)
    except ValueError as problem:
        raise click.ClickException(str(problem).replace("FIELDWORK_STORAGE", url.partition("?")[0], 1)) from None


# --- exports

export = AppGroup("export", help="Documents, as the pages give them.")


@export.command("ledger")
@click.argument("file", type=NEW_FILE)
@click.option("--as", "username", default="office", help="Whose view is exported (a username).")
def export_ledger(file: Path, username: str) -> None:
    """Write the problem ledger as xlsx."""
    with (
        database.obj.connection_context(),
        exporting.export_ledger(_user(username), {}, site.settings()["organ"]) as done,
    ):
        file.write_bytes(done.read())
    click.echo(str(file))


@export.command("briefing")
@click.argument("number", type=int)
@click.argument("file", type=NEW_FILE)
def export_briefing(number: int, file: Path) -> None:
    """Write the issued briefing with this total number (总第N期) as docx."""
    with database.obj.connection_context():
        briefing = Briefing.get_or_none(Briefing.total_no == number)
        if briefing is None:
            raise click.ClickException(f"there is no issued briefing with total number {number}")
        file.write_bytes(documents.docx_of(briefing))
    click.echo(str(file))


def _user(username: str) -> User:
    user = User.get_or_none(User.username == username)
    if user is None:
        raise click.ClickException(f"there is nobody called {username}")
    return user
