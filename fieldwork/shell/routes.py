"""HTTP of the app shell: the service worker, the manifest, the page for when there is no line."""

from flask import Blueprint, Flask, Response, jsonify, render_template

from fieldwork import site
from fieldwork.shell import labels, worker
from fieldwork.web import allow

room = Blueprint("shell", __name__)
SIZES = ("192", "512")
PAPER = "#faf8f4"


def install(app: Flask) -> None:
    """Add this room's pages."""
    app.register_blueprint(room)
    app.jinja_env.globals["shell_version"] = lambda: worker.version("")


@room.get("/sw.js")
@allow("public")
def service_worker() -> Response:
    is_on = site.settings()["offline"] != "off"
    answer = Response(worker.script() if is_on else worker.farewell(), mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@room.get("/offline")
@allow("public")
def offline() -> str:
    return render_template("shell/offline.html")


@room.get("/manifest.webmanifest")
@allow("public")
def manifest() -> Response:
    name = site.settings()["name"]
    answer = jsonify(
        name=name,
        short_name=labels.SHORT_NAME,
        lang="zh-CN",
        id="/",
        start_url="/",
        scope="/",
        display="standalone",
        background_color=PAPER,
        theme_color=PAPER,
        icons=[
            {
                "src": site.asset(f"icons/mark-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": use,
            }
            for size in SIZES
            for use in ("any", "maskable")
        ],
        shortcuts=[{"name": labels.SHORTCUT, "url": "/visits/new"}],
    )
    answer.mimetype = "application/manifest+json"
    return answer
