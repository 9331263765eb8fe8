#!/usr/bin/env bash
# Shows arilint at work on a copy of the broken call center: `try.sh PROGRAM`.
set -u
program=$(realpath "$1")
cd "$(dirname "$0")/.." || exit
folder=$(mktemp -d "${TMPDIR:-/tmp}/arilint-try.XXXXXX")
trap 'rm -rf "$folder"' EXIT
cp -r fixtures/call-center/broken "$folder/call-center"
cd "$folder/call-center" || exit
PATH=$(dirname "$program"):$PATH
failed=0

step() { # EXPECTED-STATUS HEADING ARGUMENT...
	local expected=$1 heading=$2 status=0
	shift 2
	printf '\n== %s\n$ arilint %s\n' "$heading" "$*"
	arilint "$@" || status=$?
	if [ "$status" != "$expected" ]; then
		echo "!! exit status $status, not $expected"
		failed=1
	fi
}

step 1 'What is wrong' etc backend
step 1 'What a fix would change' --diff etc backend
step 0 'Fix it' --fix --state-dir ../state etc backend
step 0 'Look again' etc backend
step 0 'What can be undone' undo --list --state-dir ../state
exit $failed
