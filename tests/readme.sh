#!/usr/bin/env bash
# The README and the program say the same: every option, check, filter, fix operator and exit status is in it.
. "$(dirname "$0")/harness.sh"

cd "$repository" || exit
for option in $("$arilint" --help | grep -oE '^  --[a-z-]+' | tr -d ' '); do
	check "README.md lacks $option" grep -qF -- "$option" README.md
done
for table in check/checks filter/filters fix/operators; do
	for name in $(grep -oE '^[A-Z_]+\([a-z_]+\)' "src/$table.def" | sed 's/.*(\(.*\))/\1/'); do
		check "README.md lacks \`$name\` of src/$table.def" grep -qF -- "\`$name\`" README.md
	done
done
for status in $(grep -oE 'EXIT_[A-Z_]+ = [0-9]+' src/command/command.h | grep -oE '[0-9]+$'); do
	check "README.md lacks exit status $status" grep -qE "^\| $status \|" README.md
done
for rule in $(grep -oE '^  - id: [a-z-]+' rules/ari.yaml | sed 's/.*: //'); do
	check "fixtures/rules/ari has no case for $rule" test -d "fixtures/rules/ari/$rule"
done
finish
