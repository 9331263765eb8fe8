#!/usr/bin/env bash
# Runs each fuzz target for FUZZ_SECONDS: `fuzz.sh BUILD TARGET...`. FUZZ_READER=NAME keeps to one reader. What is found
# goes to BUILD/found; a find that is mended belongs into tests/fuzz/corpus/TARGET, where `make check` replays it.
set -eu
cd "$(dirname "$0")/../.."
build=$1
shift
status=0
for target; do
	known=tests/fuzz/corpus/$target
	corpus=$build/corpus/$target
	found=$build/found/$target
	mkdir -p "$corpus" "$found"
	options=(-max_total_time="${FUZZ_SECONDS:-60}" -max_len=65536 -timeout=10 -rss_limit_mb=1024
		-artifact_prefix="$found/" -print_final_stats=1 -verbosity=0)
	[ ! -e "tests/fuzz/$target.dict" ] || options+=(-dict="tests/fuzz/$target.dict")
	echo "== $target, ${FUZZ_SECONDS:-60} s"
	if ! "$build/${target}_fuzz" "${options[@]}" "$corpus" "$known" fixtures rules > "$found/log" 2>&1; then
		status=1
		tail -n 40 "$found/log"
	fi
	grep -E '^stat::(number_of_executed_units|average_exec_per_sec|peak_rss_mb)' "$found/log" || true
done
[ $status = 0 ] && echo 'no fault found' || echo "faults found: see $build/found"
exit $status
