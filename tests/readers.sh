#!/usr/bin/env bash
# Each reader sees in its fixtures what the program it stands for sees: fixtures/readers/READER/NAME.conf or .env with
# NAME.json, or a folder NAME with main.conf, what that includes, and expected.json. Says how many cases each reader has;
# too few are a failure.
. "$(dirname "$0")/harness.sh"

# The least number of cases that may stand for a reader.
enough=40

# A line for each case: reader, expected, file, and the option with the folder of its includes.
cases_of() { # READER
	local file
	for file in "$1"/*.conf "$1"/*.env; do
		[ ! -e "$file" ] || printf '%s\t%s\t%s\n' "$1" "${file%.*}.json" "$file"
	done
	for file in "$1"/*/main.conf; do
		[ ! -e "$file" ] || printf '%s\t%s\t%s\t--root=%s\n' "$1" "${file%/*}/expected.json" "$file" "${file%/*}"
	done
}

as=(env -i OUTER=outerval ASAN_OPTIONS="$ASAN_OPTIONS" UBSAN_OPTIONS="$UBSAN_OPTIONS")
cd "$repository/fixtures/readers" || exit
# No program reads as `lines` does: there is nothing to hold it against.
readers=$("$arilint" dump --readers | cut -f 1 | grep -vx lines)
for reader in $readers; do
	cases_of "$reader"
done > "$scratch/cases"
batch < <(sed -E 's/^([^\t]*)\t[^\t]*/dump\t--show-secrets=always\t--reader\t\1/' "$scratch/cases")
cut -f 2 "$scratch/cases" | awk -v OFS='\t' -v outputs="$outputs" '{ print $0, outputs "/" NR ".out" }' |
	"$repository/tests/same_json.py" > "$scratch/verdicts"

number=0
declare -A count
while IFS=$'\t' read -r verdict reader expected file _; do
	number=$((number + 1)) count[$reader]=$((${count[$reader]:-0} + 1))
	if [ "${statuses[number]}" != 0 ]; then
		fail "$file: exit status ${statuses[number]}: $(head -n 3 "$outputs/$number.err")"
	elif [ "$verdict" = same ]; then
		pass
	else
		fail "$file: reader $reader sees"
		diff <(jq -S . "$expected") <(jq -S . "$outputs/$number.out")
	fi
done < <(paste "$scratch/verdicts" "$scratch/cases")

for reader in $readers; do
	printf '  %-14s %4d cases\n' "$reader" "${count[$reader]:-0}"
	check "reader $reader has ${count[$reader]:-0} cases, fewer than $enough" test "${count[$reader]:-0}" -ge "$enough"
done
for folder in */; do
	check "fixtures/readers/$folder: there is no such reader" grep -qxF "${folder%/}" <<< "$readers"
done

# One of each reader by the program itself: the driver runs the same code.
while IFS=$'\t' read -r reader expected file option; do
	run "${as[@]}" "$arilint" dump --show-secrets=always --reader "$reader" "$file" ${option:+"$option"}
	check "$file: the program itself sees something else" \
		test "$(printf '%s\t%s\n' "$expected" "$scratch/out" | "$repository/tests/same_json.py")" = same
done < <(sort -u -t $'\t' -k 1,1 "$scratch/cases")
finish
