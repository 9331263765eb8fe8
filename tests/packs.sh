#!/usr/bin/env bash
# Rule packs with faults: fixtures/packs/NAME.yaml, and NAME.expected, what `--format concise` says of it. A pack without
# a fault has an empty NAME.expected.
. "$(dirname "$0")/harness.sh"

mkdir "$scratch/input"
printf '[server]\nport = 1\n' > "$scratch/input/app.ini"
cd "$repository/fixtures/packs" || exit
for pack in *.yaml; do
	expected=${pack%.yaml}.expected
	run "$arilint" --no-builtin --format concise --rules "$pack" "$scratch/input"
	check "$pack: other faults than expected" diff "$expected" "$scratch/out"
	check "$pack: exit status $status" test "$status" = "$([ -s "$expected" ] && echo 2 || echo 0)"
	run "$arilint" --no-builtin --rules "$pack" "$scratch/input"
	check "$pack: exit status $status of --format text" test "$status" = "$([ -s "$expected" ] && echo 2 || echo 0)"
	run "$arilint" validate --format concise "$pack"
	check "$pack: exit status $status of validate" test "$status" = "$([ -s "$expected" ] && echo 2 || echo 0)"
	[ ! -s "$expected" ] || check "$pack: validate finds other faults" diff "$expected" "$scratch/out"
done
cd "$repository" || exit
for pack in rules/*.yaml; do
	run "$arilint" validate "$pack"
	check "$pack: exit status $status of validate" test "$status" = 0
	for rule in $(sed '/^symptoms:/,$d' "$pack" | grep -oE '^  - id: [a-z-]+' | sed 's/.*: //'); do
		run "$arilint" rule "$(basename "$pack" .yaml)/$rule"
		check "arilint rule $rule: exit status $status" test "$status" = 0
	done
done
finish
