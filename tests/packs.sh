#!/usr/bin/env bash
# Rule packs with faults: fixtures/packs/NAME.yaml, and NAME.expected, what `--format concise` says of it. A pack without
# a fault has an empty NAME.expected.
. "$(dirname "$0")/harness.sh"

mkdir "$scratch/input"
printf '[server]\nport = 1\n' > "$scratch/input/app.ini"
cd "$repository/fixtures/packs" || exit
for pack in *.yaml; do
	printf '%s\t' --no-builtin --format concise --rules "$pack" && echo "$scratch/input"
	printf '%s\t' --no-builtin --rules "$pack" && echo "$scratch/input"
	printf 'validate\t--format\tconcise\t%s\n' "$pack"
done > "$scratch/cases"
batch < "$scratch/cases"
number=0
for pack in *.yaml; do
	expected=${pack%.yaml}.expected wanted=0
	[ ! -s "$expected" ] || wanted=2
	for words in 'the report' '--format text' validate; do
		number=$((number + 1))
		check "$pack: exit status ${statuses[number]} of $words" test "${statuses[number]}" = $wanted
	done
	check "$pack: other faults than expected" diff "$expected" "$outputs/$((number - 2)).out"
	[ ! -s "$expected" ] || check "$pack: validate finds other faults" diff "$expected" "$outputs/$number.out"
done

cd "$repository" || exit
for pack in rules/*.yaml; do
	printf 'validate\t%s\n' "$pack"
	sed '/^symptoms:/,$d' "$pack" | sed -nE "s,^  - id: ([a-z-]+).*,rule\t$(basename "$pack" .yaml)/\1,p"
done > "$scratch/cases"
batch < "$scratch/cases"
number=0
while IFS= read -r words; do
	number=$((number + 1))
	check "arilint $words: exit status ${statuses[number]}" test "${statuses[number]}" = 0
done < "$scratch/cases"
finish
