#!/bin/sh
# Makes .venv once and installs into it. Usage: scripts/setup.sh EXTRAS (demo, or demo,postgres,test,dev)
# What can be wrong is said in one line each; the installer's own words are kept in .venv/install.log.
set -u
extras=$1
venv=.venv

fail() {
    echo "aterkom: $1" >&2
    exit 1
}

find_python() {
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
}

if [ ! -x "$venv/bin/python" ]; then
    python=$(find_python)
    [ -n "$python" ] || fail "Python 3.11 or newer is needed and was not found; install it, or name it: make PYTHON=/usr/bin/python3.12 …"
    "$python" -c 'import venv, ensurepip' 2>/dev/null ||
        fail "$python has no venv module; on Debian and Ubuntu: apt-get install python3-venv"
    "$python" -m venv "$venv" || fail "the environment $venv could not be made; is the disk full, or the folder read-only?"
fi

"$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    fail "$venv was made with a Python older than 3.11, or one that is gone; remove the folder and try again"

echo "aterkom: installing into $venv (a minute the first time) …" >&2
if ! "$venv/bin/python" -m pip install --disable-pip-version-check --quiet \
    --constraint constraints.txt --editable ".[$extras]" >"$venv/install.log" 2>&1; then
    tail -n 3 "$venv/install.log" >&2
    if grep -qiE 'connection|resolve|network|timed out|no matching distribution' "$venv/install.log"; then
        fail "the packages could not be fetched: no network, or a proxy that pip does not know (PIP_INDEX_URL, HTTPS_PROXY). All of it: $venv/install.log"
    fi
    fail "the installation failed. All of it: $venv/install.log"
fi
