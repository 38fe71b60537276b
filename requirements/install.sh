#!/bin/sh
# Installs the packages of lock $2, and this package, into the environment in folder $1: with uv,
# which is faster, or else with pip. Does nothing if that lock is installed already, so that an
# environment kept between two checkouts is used again.
set -eu
folder=$1
lock=$2

installed=$folder/$(basename "$lock").installed
wanted=$(cat "$lock" pyproject.toml | cksum)
[ "$(cat "$installed" 2>/dev/null)" = "$wanted" ] && exit 0

with_uv() {
    command -v uv >/dev/null && uv pip install --quiet --python "$folder/bin/python" "$@"
}

with_pip() {
    "$folder/bin/python" -m pip --disable-pip-version-check --quiet install "$@"
}

install() {
    with_uv "$@" || with_pip "$@"
}

install --require-hashes -r "$lock"
install --no-deps --no-build-isolation -e .
echo "$wanted" >"$installed"
