#!/usr/bin/env bash
# How fast arilint is beside programs that everybody has: `bench.sh BUILD`. Compare the ratios, which come from
# interleaved runs; the times depend on the machine. Then, how time and memory grow with the input. The parts are
# everyday, fix, tree, large, keystrokes and growth; BENCH_ONLY=NAME runs one.
set -euo pipefail
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

# The path of a file of the benchmark, made when it is not there yet.
input() { # KIND AMOUNT NAME
	local folder=$inputs/$1/$2
	[ "$1" != chain ] || folder=$inputs/chain/$2 # made with the whole chain
	[ -e "$folder/$3" ] || { mkdir -p "$folder" && "$generate" "$1" "$folder/new" "$2" && mv "$folder/new" "$folder/$3"; }
	echo "$folder/$3"
}

# A row for each amount: CPU time and peak memory, whole and for each unit. A straight line grows like n^1; what a bound
# ends grows less. STATUS is what arilint ends with.
grow() { # TITLE UNIT KIND NAME STATUS AMOUNT...
	local title=$1 unit=$2 kind=$3 name=$4 status=$5 amount commands=()
	shift 5
	for amount; do
		commands+=(${commands[0]:++} "$amount=$status" "$arilint" "$(input "$kind" "$amount" "$name")")
	done
	"$stopwatch" "${RUNS:-3}" "${commands[@]}" | awk -F '\t' -v title="$title" -v unit="$unit" '
		BEGIN {
			part = unit == "MB" ? "ms" : "us"; bytes = unit == "MB" ? "MB" : "KB"
			factor = unit == "MB" ? 1 : 1e3
			printf "\n%s\n%12s %12s %14s %12s %14s\n", title, unit (unit == "MB" ? "" : "s"), "min cpu ms", part " a " unit, "peak MB",
				bytes " a " unit
		}
		{
			time = $4 / 1e3; memory = $5 / 1024
			printf "%12d %12.2f %14.3f %12.1f %14.3f\n", $1, time, time * factor / $1, memory, memory * factor / $1
		}
		NR == 1 { n = $1; first_time = time; first_memory = memory }
		END {
			if (NR > 1) printf "time grows like n^%.2f, memory like n^%.2f\n", log(time / first_time) / log($1 / n),
				log(memory / first_memory) / log($1 / n)
		}'
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
	compare 'The same tree: what the rules of all packs cost' "${RUNS:-11}" \
		arilint=0 "$arilint" "$tree" + 'arilint --select none=0' "$arilint" --select none "$tree"
fi

if wanted large; then
	for kind in users addresses; do
		[ $kind = users ] && name=ari.conf || name=.env
		file=$(input $kind 100 $name)
		compare "One file of 100 MB, $name" "${RUNS:-3}" \
			arilint=0 "$arilint" "$file" + 'wc -lw=0' wc -lw "$file" + 'wc -l=0' wc -l "$file" \
			+ "grep -c '^\['=$([ $kind = users ] && echo 0 || echo 1)" grep -c '^\[' "$file"
	done
fi

if wanted keystrokes; then
	tests/bench/keystrokes.py "$arilint"
fi

if wanted growth; then
	grow 'ari.conf by its size' MB users ari.conf 0 1 10 100
	grow '.env by its size' MB addresses .env 0 1 10 100
	grow 'ari.conf by the keys of one section' key keys ari.conf 1 10000 100000 1000000
	grow '.env by its keys' key variables .env 0 10000 100000 1000000
	grow 'ari.conf with one section again and again' section sections ari.conf 1 1000 10000 100000
	grow 'ari.conf with one long line' MB line ari.conf 1 1 10 50
	grow '.env with one long line' MB value .env 0 1 10 50
	grow 'ari.conf with includes (4,096 are read)' include includes ari.conf 1 10000 100000
	chain=$inputs/chain
	[ -e "$chain/.done" ] || { "$generate" chain "$chain" 100000 && touch "$chain/.done"; }
	for amount in 1000 10000 100000; do
		mkdir -p "$chain/$amount"
		printf '[general]\n#include "../%d.conf"\n' $((100000 - amount)) > "$chain/$amount/ari.conf"
	done
	grow 'ari.conf with includes in each other (ten levels are read, the next is refused)' file chain ari.conf 1 \
		1000 10000 100000
fi
