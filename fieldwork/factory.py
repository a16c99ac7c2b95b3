"""Assembling the application: config → database → login → rooms → errors. The only place that knows all rooms."""

from datetime import timedelta

from flask import Flask, g
from werkzeug.middleware.proxy_fix import ProxyFix

from fieldwork import assets, clock, compression, downloads, faults, labels, site, web
from fieldwork.api import routes as api
from fieldwork.audit import routes as audit
from fieldwork.briefings import routes as briefings
from fieldwork.cases import routes as cases
from fieldwork.cli import install as install_commands
from fieldwork.config import PREFIX, BadSetting, Settings, from_environment
from fieldwork.core import db, jobs, storage, words
from fieldwork.drafts import routes as drafts
from fieldwork.feedback import routes as feedback
from fieldwork.insight import routes as insight
from fieldwork.intake import receipts
from fieldwork.intake import routes as intake
from fieldwork.people import policy, sessions, tokens
from fieldwork.people import routes as people
from fieldwork.photos import files, uploads
from fieldwork.photos import routes as photos
from fieldwork.problems import routes as problems
from fieldwork.review import routes as review
from fieldwork.shell import routes as shell
from fieldwork.trash import routes as trash
from fieldwork.visits import routes as visits

ROOMS = (
    people, audit, photos, visits, problems, cases, review, briefings, feedback, intake, drafts, trash, insight, shell,
    api,
)  # fmt: skip
BODY_MAX_BYTES = 1_000_000


def create_app(settings: Settings | None = None) -> Flask:
    """A ready application for these settings (by default: those of the environment)."""
    settings = settings or from_environment()
    app = Flask("fieldwork", root_path=str(site.ROOT))
    app.request_class = web.CleanRequest
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=BODY_MAX_BYTES,
        MAX_FORM_MEMORY_SIZE=BODY_MAX_BYTES,
        MAX_FORM_PARTS=500,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.base_url.startswith("https://"),
        PERMANENT_SESSION_LIFETIME=timedelta(days=7),
        SESSION_REFRESH_EACH_REQUEST=False,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),  # assets carry a hash of their content in the address
    )
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    clock.set_zone(settings.timezone)
    files.use(_store(settings))
    uploads.use(settings.data / "uploads")
    compression.install(app)  # first in, last to see the answer
    receipts.use(settings.secret_key)
    jobs.use(settings.database, settings.data)
    _open_database(app, settings)
    web.install(app, require=policy.require)
    sessions.install(app, tokens.let_in)
    words.learn(labels.REFUSALS)
    for room in ROOMS:
        room.install(app)
    downloads.install(app)
    assets.install(app)
    site.install(app)
    faults.install(app)
    install_commands(app)
    return app


def _store(settings: Settings) -> storage.Storage:
    try:
        return storage.from_url(settings.storage, settings.data)
    except ValueError as problem:
        raise BadSetting("STORAGE", str(problem).removeprefix(f"{PREFIX}STORAGE ")) from None


def _open_database(app: Flask, settings: Settings) -> None:
    """One connection a request, given back at its end (SQLite: closed; PostgreSQL: to the pool)."""
    opened = app.extensions["database"] = db.connect(settings.database)

    @app.before_request
    def lend() -> None:
        g.lent = opened.connect(reuse_if_open=True)

    @app.teardown_appcontext
    def give_back(_error: BaseException | None) -> None:
        if g.pop("lent", False):
            opened.close()
