#!/usr/bin/env bash
# The pre-commit hook `arilint`: builds the program in pre-commit's clone of this repository when it is not there yet,
# and runs it on the files it is given. The build needs no network.
set -eu
home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../.." && pwd)
program=$home/build/plain/arilint

build() {
	local log=$home/build/hook.log
	"$home/tests/packages.sh" check build || return
	echo 'arilint: building it, once' >&2
	env -u MAKEFLAGS -u MAKELEVEL make -s -C "$home" -j"$(nproc)" program > "$log" 2>&1 || {
		tail -n 30 "$log" >&2
		echo "arilint: it can't be built; the whole log is $log" >&2
		return 1
	}
}

if [ ! -x "$program" ]; then
	mkdir -p "$home/build"
	# Two hooks may start at once: the second one waits and finds the program built.
	exec 9> "$home/build/hook.lock"
	! command -v flock > /dev/null || flock 9
	[ -x "$program" ] || build || exit 2
	exec 9>&-
fi
exec "$program" "$@"
