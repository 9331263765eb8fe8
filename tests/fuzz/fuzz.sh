#!/usr/bin/env bash
# Runs each fuzz target for FUZZ_SECONDS: `fuzz.sh BUILD TARGET...`, FUZZ_JOBS at a time (one for each core). FUZZ_READER=NAME
# keeps to one reader, and FUZZ_READER=each takes every reader in turn, each for FUZZ_SECONDS. What is found goes to
# BUILD/found; a find that is mended belongs into tests/fuzz/corpus/TARGET, where `make check` replays it.
set -eu
cd "$(dirname "$0")/../.."
build=$1
shift
seconds=${FUZZ_SECONDS:-60}

# What a row of targets.def names beside the target's own corpus.
more_of() { # TARGET
	sed -n "s/^TARGET($1, \"\(.*\)\")\$/\\1/p" tests/fuzz/targets.def | sed "s|CASES|$build/cases|; s|SETUPS|$build/setups|"
}

fuzz() { # TARGET NAME
	local corpus=$build/corpus/$2 found=$build/found/$2 status=0 more
	mkdir -p "$corpus" "$found"
	read -r -a more <<< "$(more_of "$1")"
	local options=(-max_total_time="$seconds" -max_len=65536 -timeout=30 -rss_limit_mb=1024
		-artifact_prefix="$found/" -print_final_stats=1 -verbosity=0)
	[ ! -e "tests/fuzz/$1.dict" ] || options+=(-dict="tests/fuzz/$1.dict")
	"$build/${1}_fuzz" "${options[@]}" "$corpus" "tests/fuzz/corpus/$1" "${more[@]}" > "$found/log" 2>&1 || status=$?
	if [ $status = 0 ]; then
		awk -v name="$2" -v seconds="$seconds" '/^stat::number_of_executed_units/ { runs = $2 } /^stat::peak_rss_mb/ { memory = $2 }
			END { printf "%s, %d s: nothing found in %d runs, at most %d MB\n", name, seconds, runs, memory }' "$found/log"
	else
		printf '%s: FOUND, see %s\n' "$2" "$found"
		tail -n 40 "$found/log"
		touch "$build/found/any"
	fi
}

begin() { # TARGET NAME
	while [ "$(jobs -rp | wc -l)" -ge "${FUZZ_JOBS:-$(nproc)}" ]; do
		wait -n
	done
	fuzz "$@" &
}

mkdir -p "$build/found"
rm -rf "$build/found/any" "$build/cases" "$build/setups"
tests/fixtures.py --lay-out "$build/cases"
tests/fixtures.py --join "$build/setups"
for target; do
	if [ "$target" = reader ] && [ "${FUZZ_READER:-}" = each ]; then
		for FUZZ_READER in $(sed -n 's/^READER(\([a-z0-9_]*\).*/\1/p' src/reader/readers.def | tr _ -); do
			export FUZZ_READER
			begin "$target" "$target-$FUZZ_READER"
		done
		FUZZ_READER=each
	else
		begin "$target" "$target${FUZZ_READER:+-$FUZZ_READER}"
	fi
done
wait
if [ -e "$build/found/any" ]; then
	echo "faults found: see $build/found"
	exit 1
fi
echo 'no fault found'
