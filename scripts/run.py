"""`make run`: serve with the sample municipality. DATA is the data folder, PORT the port."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FLASK = (sys.executable, "-m", "flask", "--app", "app")
WELCOME = """
  http://127.0.0.1:{port}    password of every sample account: sample-2026
  cadre 干部 | village 责任单位 | county 县级推荐 | city 市级初审
  office 办公室 | leader 分管领导 | admin 管理员
"""


def main() -> None:
    """Prepare the data folder the first time, then serve until Ctrl-C."""
    data, port = Path(os.environ["DATA"]), os.environ["PORT"]
    os.environ.update(FIELDWORK_SAMPLE="1", FIELDWORK_DATA=str(data))
    with _foreground():
        _load_sample_once(data / "sample-loaded")
        print(WELCOME.format(port=port), flush=True)

        from fieldwork import serve  # only now, as it takes a second to load

        serve.main(["--port", port, "--with-jobs"])


def _load_sample_once(mark: Path) -> None:
    if mark.exists():
        return
    for command in (("init",), ("sample", "load")):
        status = subprocess.run([*FLASK, *command], check=False).returncode
        if status:
            sys.exit(status)
    mark.touch()


@contextmanager
def _foreground() -> Iterator[None]:
    """In a terminal, be its foreground group alone: Ctrl-C stops the server, and make ends as after any command."""
    if not sys.stdin.isatty():
        yield
        return
    before = os.getpgrp()
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    os.setpgid(0, 0)
    os.tcsetpgrp(sys.stdin.fileno(), os.getpgrp())
    try:
        yield
    except KeyboardInterrupt:  # while the sample was loading; the server itself takes Ctrl-C as its end
        sys.exit(1)
    finally:
        os.tcsetpgrp(sys.stdin.fileno(), before)


if __name__ == "__main__":
    main()
