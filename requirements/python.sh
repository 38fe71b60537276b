#!/bin/sh
# Makes the environment in folder $1 with the Python named in $2, or the first fit one found.
set -eu
folder=$1
wanted=${2:-"python3.11 python3 python3.12 python3.13 python"}

fits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null
}

say() {
    printf 'thinline: %s\n' "$@" >&2
}

for python in $wanted; do
    if fits "$python"; then
        if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
            version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
            say "$python has no venv module, which the environment is made with." \
                "On Debian or Ubuntu: sudo apt-get install python$version-venv; then run make again."
            exit 1
        fi
        rm -rf "$folder"
        exec "$python" -m venv "$folder"
    fi
done

say "Python 3.11, 3.12 or 3.13 is needed, and none was found (looked for: $wanted)." \
    "Install one from your system's packages or python.org, or name yours: make run PYTHON=/path/to/python3.11"
exit 1
