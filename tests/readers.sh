#!/usr/bin/env bash
# Each reader sees in its fixtures what the program it stands for sees: fixtures/readers/READER/NAME.conf or .env with
# NAME.json, or a folder NAME with main.conf, what that includes, and expected.json. Says how many cases each reader has;
# too few are a failure.
. "$(dirname "$0")/harness.sh"

# The least number of cases that may stand for a reader.
enough=40

dump() { # READER EXPECTED FILE [OPTION...]
	local reader=$1 expected=$2 file=$3
	shift 3
	run env -i OUTER=outerval ASAN_OPTIONS="$ASAN_OPTIONS" UBSAN_OPTIONS="$UBSAN_OPTIONS" \
		"$arilint" dump --reader "$reader" "$@" "$file"
	if [ "$status" != 0 ]; then
		fail "$file: exit status $status: $(head -n 3 "$scratch/err")"
	elif jq -ne --slurpfile seen "$scratch/out" --slurpfile expected "$expected" '$seen == $expected' > /dev/null; then
		pass
	else
		fail "$file: reader $reader sees"
		diff <(jq -S . "$expected") <(jq -S . "$scratch/out")
	fi
}

cd "$repository/fixtures/readers"
for reader in $("$arilint" dump --readers | cut -f 1); do
	before=$((passed + failed))
	for file in "$reader"/*.conf "$reader"/*.env; do
		[ -e "$file" ] && dump "$reader" "${file%.*}.json" "$file"
	done
	for main in "$reader"/*/main.conf; do
		[ -e "$main" ] && dump "$reader" "${main%/*}/expected.json" "$main" --root "${main%/*}"
	done
	cases=$((passed + failed - before))
	printf '  %-14s %4d cases\n' "$reader" "$cases"
	check "reader $reader has $cases cases, fewer than $enough" test "$cases" -ge "$enough"
done
for folder in */; do
	check "fixtures/readers/$folder: there is no such reader" test -n "$("$arilint" dump --readers | grep "^${folder%/}	")"
done
finish
