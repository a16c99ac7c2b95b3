#!/bin/sh
# Install Debian packages, as root or by sudo; where that cannot be done, say in one line what is needed and fail.
# Usage: scripts/need.sh "what it is for" PACKAGE...
set -eu
purpose=$1
shift

if [ "$(id -u)" = 0 ]; then
    as_root=""
elif [ -t 0 ]; then
    as_root="sudo"
else
    as_root="sudo -n"
fi

if command -v apt-get >/dev/null && { [ -z "$as_root" ] || $as_root true 2>/dev/null; }; then
    export DEBIAN_FRONTEND=noninteractive
    echo "Installing $* for $purpose"
    $as_root apt-get update -qq
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
else
    echo "Please install $purpose (on Debian: apt-get install $*) and call make again." >&2
    exit 1
fi
