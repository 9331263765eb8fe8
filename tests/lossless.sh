#!/usr/bin/env bash
# The tokens of a file touch each other and cover all of its bytes.
. "$(dirname "$0")/harness.sh"

# A line for each case: reader, file, size. The files of the rules' cases stand in YAML.
cd "$repository/fixtures" || exit
"$repository/tests/fixtures.py" --lay-out "$scratch/rules"
{
	find readers -type f \( -name '*.conf' -o -name '*.env' \) -printf '%P\t%s\n' | sed 's,^\([^/]*\)/,\1\treaders/&,'
	find . "$scratch/rules" \( -path ./readers -o -path ./rules \) -prune \
		-o -type f -printf 'asterisk\t%p\t%s\ndotenv\t%p\t%s\n'
} > "$scratch/cases"
batch < <(awk -F '\t' -v OFS='\t' '{ print "dump", "--tokens", "--reader", $1, $2 }' "$scratch/cases")

# The end of the last token of each case, or what is wrong with its line.
awk -v count="$(wc -l < "$scratch/cases")" -v outputs="$outputs" '
	BEGIN {
		for (number = 1; number <= count; number++) {
			file = outputs "/" number ".out"
			for (end = 0; (getline < file) > 0; end = $3)
				if (NF != 3 || $2 != end || $3 < $2) {
					end = "not after " end ": " $0
					break
				}
			close(file)
			print end
		}
	}' > "$scratch/ends"

number=0
while IFS=$'\t' read -r reader file size end; do
	number=$((number + 1))
	if [ "${statuses[number]}" != 0 ]; then
		fail "$file: reader $reader: exit status ${statuses[number]}: $(head -n 3 "$outputs/$number.err")"
	else
		check "$file: the tokens of reader $reader do not cover the file: $end of $size" test "$end" = "$size"
	fi
done < <(paste "$scratch/cases" "$scratch/ends")

printf '# a comment\n' > "$scratch/remark.env"
printf '; a comment\n' > "$scratch/remark.conf"
while read -r reader; do
	file=remark.env
	[ "$reader" != asterisk ] || file=remark.conf
	run "$arilint" dump --tokens --reader "$reader" "$scratch/$file"
	check "reader $reader: a comment is none" test "$(head -n 1 "$scratch/out")" = 'COMMENT 0 11'
done < <("$arilint" dump --readers | cut -f 1 | grep -vx lines) # which knows no comments
finish
