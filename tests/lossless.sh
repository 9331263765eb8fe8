#!/usr/bin/env bash
# The tokens of a file touch each other and cover all of its bytes.
. "$(dirname "$0")/harness.sh"

covers() { # READER FILE
	run "$arilint" dump --tokens --reader "$1" "$2"
	if [ "$status" != 0 ]; then
		fail "$2: exit status $status: $(head -n 3 "$scratch/err")"
	elif awk -v size="$(stat -c %s "$2")" '
		NF != 3 || $2 != end || $3 < $2 { bad = 1; exit }
		{ end = $3 }
		END { exit bad || end != size }' "$scratch/out"; then
		pass
	else
		fail "$2: the tokens of reader $1 do not cover the file"
	fi
}

cd "$repository/fixtures"
while read -r -d '' file; do
	reader=${file#readers/}
	covers "${reader%%/*}" "$file"
done < <(find readers -type f \( -name '*.conf' -o -name '*.env' \) -print0)
while read -r -d '' file; do
	covers asterisk "$file"
	covers dotenv "$file"
done < <(find . -path ./readers -prune -o -path ./rules -prune -o -type f -print0)
"$repository/tests/fixtures.py" --lay-out "$scratch/cases"
cd "$scratch/cases" || exit
while read -r -d '' file; do
	covers asterisk "$file"
	covers dotenv "$file"
done < <(find . -type f -print0)
finish
