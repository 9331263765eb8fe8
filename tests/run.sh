#!/usr/bin/env bash
# Runs every test on the programs of each build folder and sums up: `run.sh [--all|--faults|--release] BUILD...`. The last
# line is the result. --all adds what takes minutes: faults put into fixes; --faults runs nothing else. --release runs what
# a program can fail at because of its C library.
set -uo pipefail
cd "$(dirname "$0")/.."

# Those look at the sources, build by themselves or ask what is no matter of memory: once is enough.
once='trust.sh trust_matrix.py layout.sh shape.py readme.sh reference.py catalogues.py languages.sh install.sh precommit.sh ci.py systemd.sh hardening.sh'
each='spelling.py packs.sh tutorial.sh rule_tests.sh comment_out.sh ask.py watch.py readers.sh lossless.sh fixtures.py reports.py baseline.py command.sh configuration.sh standard_input.sh refusals.sh hostile.sh
	bad_input.sh secrets.sh call_center.sh handlers.sh verify.sh diagnose.sh lsp.py against_configparser.py prediction.py'
once="$once secrets/property.py secrets/processes.py bounds.sh allocation.py"
# What takes longest begins first, so that nothing long is left alone at the end.
longest='check_faults.sh allocation.py hostile.sh handlers.sh verify.sh diagnose.sh precommit.sh fixtures.py property.py prediction.py'

log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT

suites() { # BUILD
	local suite
	[ "$1" != "$first" ] || [ -z "$long" ] || echo tests/faults/check_faults.sh
	echo tests/faults/property.py
	[ -z "$only_faults" ] || return
	if [ -n "$release" ]; then
		printf 'tests/%s\n' against_glibc.sh hardening.sh
	elif [ "$1" = "$first" ]; then
		printf 'tests/%s\n' $once
	fi
	printf 'tests/%s\n' $each
	printf '%s\n' "$1"/unit/*_test
	[ -z "$release" ] || return
	for suite in "$1"/replay/*; do
		printf '%s tests/fuzz/corpus/%s %s\n' "$suite" "${suite##*/}" \
			"$(sed -n "s|^TARGET(${suite##*/}, \"\(.*\)\")\$|\1|p" tests/fuzz/targets.def | sed "s|CASES|$log/cases|; s|SETUPS|$log/setups|")"
	done
}

# The suites of all builds, each behind its build, in the order in which they begin.
queue() { # BUILD...
	local build
	for build; do
		suites "$build" | sed "s,^,$build ,"
	done | awk -v longest="$longest" '
		BEGIN { count = split(longest, names); for (i = 1; i <= count; i++) place[names[i]] = i }
		{ name = $2; sub(/.*\//, "", name); print (name in place ? place[name] : count + 1) "\t" $0 }' |
		sort -s -n -k 1,1 | cut -f 2-
}

# A suite's result is its last line; one without such a line has died, which is one failure.
suite() { # BUILD COMMAND...
	local build=$1 status=0 result start=$SECONDS output
	shift
	output=$(mktemp "$log/XXXXXX")
	ARILINT=$build/arilint BUILD=$build timeout -k 5 3600 "$@" > "$output" 2>&1 < /dev/null || status=$?
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
			echo "that alone: ARILINT=$build/arilint BUILD=$build $*" | tee "$output.failed"
		fi
		printf '%-50s %s (%d s)\n' "${build#build/} ${1##*/}" "$result" $((SECONDS - start))
	} > "$output.report"
	cat "$output.report"
}

long='' only_faults='' release=''
export FAULTS_SHARE=${FAULTS_SHARE:-6} # see fault_runner.c; --faults alone tries all
[ "$1" != --release ] || { shift && release=yes; }
case $1 in
--all) shift && long=yes && export THOROUGH=yes ;;
--faults) shift && long=yes && only_faults=yes && export FAULTS_SHARE=1 ;;
*) export ROUNDS=${ROUNDS:-40} ;;
esac
first=$1
export FUZZ_READER=all
tests/fixtures.py --lay-out "$log/cases"
tests/fixtures.py --join "$log/setups"
# One more at a time than there are cores: some wait for a clock.
jobs=$(($(nproc) + 1))
while read -r -a words; do
	[ "$(jobs -rp | wc -l)" -lt "$jobs" ] || wait -n
	suite "${words[@]}" &
done < <(queue "$@")
wait

if compgen -G "$log/*.failed" > /dev/null; then
	printf '\nWhat failed; above stands why. Each alone, in this folder:\n'
	sed 's/^that alone: /  /' "$log"/*.failed
fi
cat "$log"/*.result |
	awk '{ passed += $1; failed += $3 } END { printf "%d passed, %d failed\n", passed, failed; exit failed > 0 || !passed }'
