#!/bin/sh
# Installs the packages of lock $2, and this package, into the environment in folder $1: with uv,
# which is several times faster, or else with pip. Does nothing if that lock is installed already,
# so that an environment kept between two checkouts is used again.
set -eu
folder=$1
lock=$2

installed=$folder/$(basename "$lock").installed
wanted=$(cat "$lock" pyproject.toml | cksum)
[ "$(cat "$installed" 2>/dev/null)" = "$wanted" ] && exit 0

with_pip() {
    "$folder/bin/python" -m pip --disable-pip-version-check --quiet install "$@"
}

# The version of uv that the lock for development names, unless the machine has one.
find_uv() {
    command -v uv && return
    if [ ! -x "$folder/bin/uv" ]; then
        sed -n '/^uv==/,/[^\\]$/p' requirements/dev.lock >"$folder/uv.lock"
        with_pip --require-hashes -r "$folder/uv.lock" >/dev/null 2>&1 || return
    fi
    echo "$folder/bin/uv"
}

uv=$(find_uv || true)

# Where uv does not find a package, pip may, which has settings of its own.
install() {
    { [ -n "$uv" ] && "$uv" pip install --quiet --python "$folder/bin/python" "$@"; } ||
        with_pip "$@"
}

install --require-hashes -r "$lock"
install --no-deps --no-build-isolation -e .
echo "$wanted" >"$installed"
