"""The worker, `python -m fieldwork.work`: does what no request waits for, until SIGINT or SIGTERM.

What it needs is imported late: the process in which pictures are decoded begins by importing this file once more.
"""

import argparse
import os
import signal
import threading
import time
from collections.abc import Sequence

LOOK_EVERY_S = 1


def main(arguments: Sequence[str] | None = None) -> None:
    """Bring the database to the newest schema, then take one job after the other."""
    options = _options(arguments)
    if options.with_parent:
        threading.Thread(target=_follow, args=(options.with_parent,), daemon=True).start()

    from fieldwork.core import jobs, migrating
    from fieldwork.factory import create_app

    app = create_app()
    migrating.migrate(app.config["SETTINGS"].data)
    with app.app_context():
        jobs.consume()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fieldwork.work", description="Do the queued work.")
    # told, not asked for here: the parent may have ended before this line is reached
    parser.add_argument(
        "--with-parent", type=int, metavar="PID", help="end when this process, which starts it, has ended"
    )
    return parser.parse_args(arguments)


def _follow(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY_S)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
