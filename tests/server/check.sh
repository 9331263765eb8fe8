#!/usr/bin/env bash
# Everything on real servers, `check.sh ROOTS FOLDER BUILD`, run by root: what --fix mends, and what an operator goes
# through. ROOTS is what tests/asterisk/roots.sh makes, FOLDER keeps the npm packages, BUILD holds arilint and
# arilint-verify. The last line sums both parts up.
set -uo pipefail

here=$(cd "$(dirname "$0")" && pwd)
# What a real backend runs on.
"$here/../asterisk/roots.sh" "$1" &&
	"$here/../npm.sh" check-server "$2" pm2@7.0.4 ari-client@2.2.0 ws@8.23.0 dotenv@17.4.2 || exit
log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0
failed=0

part() { # NAME
	local status=0 p='' f=''
	echo "--- $1"
	python3 -B "$here/$1.py" "$roots" "$modules" "$program" 2>&1 | tee "$log" || status=$?
	read -r p _ f _ < <(grep -xE '[0-9]+ passed, [0-9]+ failed' "$log" | tail -n 1) || true
	if [ -z "$p" ] || { [ "$status" != 0 ] && [ "$f" = 0 ]; }; then
		echo "FAIL $1: ended with status $status"
		f=$((${f:-0} + 1))
	fi
	passed=$((passed + ${p:-0}))
	failed=$((failed + f))
}

roots=$1
modules=$2/node_modules
program=$3/arilint
part story
part repair
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
