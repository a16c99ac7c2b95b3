#!/bin/sh
# See that there is a Chromium for the browser tests, and a font for Chinese text: Debian's, else Playwright's own.
set -eu

with_deps=""
if [ "$(id -u)" = 0 ]; then
    with_deps="--with-deps"
fi

if ! .venv/bin/python -m tests.support.chromium >/dev/null; then
    if ! { grep -q '^ID=debian' /etc/os-release 2>/dev/null && scripts/need.sh "Chromium" chromium fonts-noto-cjk; } &&
        ! PLAYWRIGHT_NODEJS_PATH="$PWD/.venv/bin/node" .venv/bin/playwright install $with_deps chromium; then
        echo "Please install Chromium (on Debian: apt-get install chromium fonts-noto-cjk) and call make again." >&2
        exit 1
    fi
fi

if command -v fc-list >/dev/null && [ -z "$(fc-list :lang=zh)" ]; then
    scripts/need.sh "a font for Chinese text" fonts-noto-cjk || true # the tests pass without, the screenshots look odd
fi
