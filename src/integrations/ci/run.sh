#!/usr/bin/env bash
# What a job of CI runs: `run.sh REPORT...`, the reports as words of arilint's command line. The rest comes as environment, so
# that no text of a pull request is ever part of a script: ARILINT_PATHS and ARILINT_OPTIONS hold a word a line, ARILINT_PROGRAM
# the program; without it this checkout of arilint is built.
set -eu
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
program=${ARILINT_PROGRAM:-}

words() { # LINES
	sed 's/^[[:space:]]*//; s/[[:space:]]*$//; /^$/d' <<< "$1"
}

mapfile -t options < <(words "${ARILINT_OPTIONS:-}")
mapfile -t paths < <(words "${ARILINT_PATHS:-}")
if [ -z "$program" ]; then
	program=$here/../pre-commit/arilint.sh
	"$here/../../../tests/packages.sh" install build >&2
fi
exec "$program" "$@" "${options[@]}" -- "${paths[@]}"
