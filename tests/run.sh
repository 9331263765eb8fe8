#!/usr/bin/env bash
# Runs every test on the programs of each build folder and sums up: `run.sh [--all|--faults] BUILD...`. The last line is
# the result. --all adds what takes minutes: faults put into fixes; --faults runs nothing else.
set -uo pipefail
cd "$(dirname "$0")/.."

# Those look at the sources or build by themselves: once is enough.
once='layout readme languages install precommit systemd'
long='faults/check_faults'
each='packs tutorial rule_tests readers lossless command configuration refusals hostile bad_input secrets call_center handlers verify diagnose'

log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT

suites() { # BUILD
	local suite
	[ "$1" != "$first" ] || [ -z "$long" ] || printf 'tests/%s.sh\n' $long
	echo tests/faults/property.py
	[ -z "$only_faults" ] || return
	[ "$1" != "$first" ] || printf 'tests/%s.sh\n' $once
	[ "$1" != "$first" ] || echo tests/catalogues.py
	printf 'tests/%s.sh\n' $each
	echo tests/fixtures.py
	echo tests/reference.py
	echo tests/against_configparser.py
	echo tests/prediction.py
	printf '%s\n' "$1"/unit/*_test
	for suite in "$1"/replay/*; do
		printf '%s tests/fuzz/corpus/%s fixtures rules %s\n' "$suite" "${suite##*/}" "$log/cases"
	done
}

# A suite's result is its last line; one without such a line has died, which is one failure.
suite() { # BUILD COMMAND...
	local build=$1 status=0 result start=$SECONDS output
	shift
	output=$(mktemp "$log/XXXXXX")
	ARILINT=$build/arilint BUILD=$build timeout -k 5 1800 "$@" > "$output" 2>&1 < /dev/null || status=$?
	result=$(tail -n 1 "$output")
	if ! [[ $result =~ ^[0-9]+\ passed,\ [0-9]+\ failed$ ]]; then
		echo "FAIL $*: ended with status $status" >> "$output"
		result='0 passed, 1 failed'
	elif [ "$result" = '0 passed, 0 failed' ]; then
		echo "FAIL $*: has tested nothing" >> "$output"
		result='0 passed, 1 failed'
	elif [ "$status" != 0 ] && [[ $result == *' 0 failed' ]]; then
		echo "FAIL $*: ended with status $status" >> "$output"
		result=${result/ 0 failed/ 1 failed}
	fi
	echo "$result" > "$output.result"
	{
		if [ -n "$only_faults" ]; then
			sed '$d' "$output"
		elif [[ $result != *' 0 failed' ]]; then
			tail -n 60 "$output"
		fi
		printf '%-50s %s (%d s)\n' "${build#build/} ${1##*/}" "$result" $((SECONDS - start))
	} > "$output.report"
	cat "$output.report"
}

only_faults=
case $1 in
--all) shift ;;
--faults) only_faults=yes && shift ;;
*) long='' && export ROUNDS=${ROUNDS:-40} ;;
esac
first=$1
export FUZZ_READER=all
tests/fixtures.py --lay-out "$log/cases"
for build; do
	while read -r -a command; do
		while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do
			wait -n
		done
		suite "$build" "${command[@]}" &
	done < <(suites "$build")
done
wait

cat "$log"/*.result |
	awk '{ passed += $1; failed += $3 } END { printf "%d passed, %d failed\n", passed, failed; exit failed > 0 || !passed }'
