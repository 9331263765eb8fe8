#!/usr/bin/env bash
# How fast arilint is beside programs that everybody has: `bench.sh BUILD`. Compare the ratios, which come from
# interleaved runs; the times depend on the machine. BENCH_ONLY=everyday|fix|tree|large runs one part.
set -eu
cd "$(dirname "$0")/../.."
export LC_ALL=C.UTF-8
arilint=$(realpath "$1/arilint")
stopwatch=$1/bench/stopwatch
generate=$1/bench/generate
inputs=build/bench

# RUNS NAME=STATUS COMMAND... + ...: a table with the ratio of medians to the first command.
compare() { # TITLE RUNS COMMANDS...
	printf '\n%s\n%-34s %12s %12s %12s %10s %8s\n' "$1" '' 'min ms' 'median ms' 'min cpu ms' 'peak MB' 'ratio'
	shift
	"$stopwatch" "$@" | awk -F '\t' '
		NR == 1 { first = $3 }
		{ printf "%-34s %12.3f %12.3f %12.3f %10.1f %8.2f\n", $1, $2 / 1e3, $3 / 1e3, $4 / 1e3, $5 / 1024, first / $3 }'
}

wanted() { # PART
	[ -z "${BENCH_ONLY:-}" ] || [ "$BENCH_ONLY" = "$1" ]
}

mkdir -p "$inputs"
echo 'ratio: median of arilint / median of the other; below 1.00 arilint is faster'

if wanted everyday; then
	example=fixtures/call-center/fixed
	compare 'The everyday run: ari.conf, http.conf, .env, no fault' "${RUNS:-500}" \
		arilint=0 "$arilint" $example/etc $example/backend + '/bin/true=0' /bin/true
fi

# Each run has a broken copy of its own. sed writes less: nothing is kept apart from the file, no owner, list or
# attribute is compared, no name is forced to the disk.
if wanted fix; then
	runs=${RUNS:-100} copies=$inputs/fix example=fixtures/call-center
	rm -rf "$copies"
	for number in $(seq 0 $((runs - 1))); do
		mkdir -p "$copies/$number/a" "$copies/$number/b"
		cp $example/broken/etc/asterisk/ari.conf "$copies/$number/a"
		cp $example/broken/etc/asterisk/ari.conf "$copies/$number/b"
	done
	sync
	compare '--fix of one small file' "$runs" \
		'arilint --fix=0' "$arilint" --fix --state-dir "$copies/state" "$copies/{}/a/ari.conf" \
		+ 'sed -i.bak && sync FILE=0' sh -c 'sed -i.bak "s/pretty = yes/pretty = no/" "$1" && sync "$1"' - \
		"$copies/{}/b/ari.conf"
	compare '--fix with nothing to fix' "${RUNS:-500}" \
		'arilint --fix=0' "$arilint" --fix --state-dir "$copies/state-of-none" $example/fixed/etc $example/fixed/backend \
		+ 'arilint=0' "$arilint" $example/fixed/etc $example/fixed/backend
	rm -rf "$copies"
fi

if wanted tree; then
	tree=$inputs/tree
	[ -e "$tree/.done" ] || { "$generate" tree "$tree" 6667 && touch "$tree/.done"; }
	commands=(arilint=0 "$arilint" "$tree"
		+ "grep -rc '^\['=0" grep -rc '^\[' "$tree"
		+ 'find + wc -l=0' sh -c "find $tree -type f -print0 | xargs -0 wc -l")
	! command -v rg > /dev/null || commands+=(+ "rg --hidden -uuc '^\['=0" rg --hidden -uuc '^\[' "$tree")
	size=$(find "$tree" -type f ! -name .done -printf '%s\n' | awk '{ sum += $1 } END { print NR " files, " sum " bytes" }')
	compare "A tree of $size" "${RUNS:-11}" "${commands[@]}"
fi

if wanted large; then
	for kind in ini env; do
		folder=$inputs/large-$kind
		[ $kind = ini ] && file=$folder/ari.conf || file=$folder/.env
		[ -e "$folder/.done" ] || { mkdir -p "$folder" && "$generate" $kind "$file" 100 && touch "$folder/.done"; }
		compare "One file of 100 MB, ${file##*/}" "${RUNS:-5}" \
			arilint=0 "$arilint" "$file" + 'wc -lw=0' wc -lw "$file" + 'wc -l=0' wc -l "$file" \
			+ "grep -c '^\['=$([ $kind = ini ] && echo 0 || echo 1)" grep -c '^\[' "$file"
	done
fi
