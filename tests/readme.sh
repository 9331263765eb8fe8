#!/usr/bin/env bash
# The READMEs and the program say the same: every option and exit status is in README.md; every member of packs, field,
# check, filter, fix operator and effect in rules/README.md.
. "$(dirname "$0")/harness.sh"

cd "$repository" || exit
for option in $("$arilint" --help | grep -oE '^  --[a-z-]+' | tr -d ' '); do
	check "README.md lacks $option" grep -qF -- "$option" README.md
done
# The reference says it by a table's row, in backquotes.
reference() { # NAME SOURCE
	check "rules/README.md lacks \`$1\` of $2" grep -qE "^\|.*\`$1\`" rules/README.md
}
for table in check/checks filter/filters fix/operators rule/fields; do
	for name in $(grep -oE '^[A-Z_]+\([a-z_]+[,)]' "src/$table.def" | sed 's/.*(\(.*\)[,)]/\1/'); do
		reference "$name" "src/$table.def"
	done
done
for source in src/rule/load*.c; do
	for name in $(grep -oE '\{"[a-z_]+", (true|false), [a-zA-Z_]+\}' "$source" | cut -d '"' -f 2); do
		case $name in
		en | uz | ru) check "rules/README.md lacks the language \`$name\`" grep -qF "\`$name\`" rules/README.md ;;
		*) reference "$name" "$source" ;;
		esac
	done
done
for effect in $(grep -oE '^EFFECT\("[a-z0-9-]+"' src/diagnostic/effects.def | cut -d '"' -f 2); do
	check "rules/README.md lacks the effect $effect" grep -qF -- "\`$effect\`" rules/README.md
done
recognised=$("$arilint" rule --settings --isolated)
for name in $(sed -n '/^Compared is what/,/^All of them/p' README.md | grep -oE '`A[RM]I_[A-Z_]+`' | tr -d '`'); do
	check "README.md says that $name is recognised" grep -qE "in env: .*\b$name\b" <<< "$recognised"
done
for status in $(grep -oE 'EXIT_[A-Z_]+ = [0-9]+' src/command/command.h | grep -oE '[0-9]+$'); do
	check "README.md lacks exit status $status" grep -qE "^\| $status \|" README.md
done
finish
