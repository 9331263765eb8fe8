#!/usr/bin/env bash
# The shape of the project: includes go one way, files stay small, the top level holds what it is known to hold.
. "$(dirname "$0")/harness.sh"
cd "$repository" || exit

# A file may include from its own folder and from those before it; what a family of readers holds is for readers only.
order='base json source redact reader reader/asterisk reader/compose reader/configparser reader/env reader/shell diagnostic yaml model trust process filter check fix rule log inventory reach evaluate fixer report apply handler configuration verify command lsp embed'
top='.ci .clang-format .github .gitignore .pre-commit-hooks.yaml LICENSE Makefile README.md fixtures rules src tests'
top_allowed="$top docs build"
largest=500

place_of() { # FOLDER
	local folder place=0
	for folder in $order; do
		place=$((place + 1))
		[ "$folder" != "$1" ] || { echo $place; return; }
	done
	echo 0
}

while read -r folder; do
	folder=${folder#src/}
	place=$(place_of "$folder")
	check "src/$folder stands in no order" test "$place" -gt 0
	while IFS=: read -r file line include; do
		to=${include#*\"}
		to=$(dirname "${to%\"*}")
		there=$(place_of "$to")
		[[ $to != reader/* || $folder == reader/* ]] || there=0
		check "$file:$line: src/$folder may not include from $to" test "$there" -gt 0 -a "$there" -le "$place"
	done < <(grep -nE '^#include "' "src/$folder"/*.[ch])
done < <(find src -mindepth 2 -name '*.[ch]' -not -path 'src/integrations/*' -printf '%h\n' | sort -u)

# All that the program says goes out through one function, which masks: nothing else writes to a stream, or to a descriptor
# that is not a file of the user, of the state folder or a pipe to a program. A language server's messages hold what a fix
# writes, and are masked text by text before.
streams='\b(v?f?printf|v?dprintf|f?puts|f?putc|putchar|perror|fwrite|psignal|syslog|err|warn)x?\('
writers='(^|[^>.a-z_])(file_write_all|write|pwrite|writev|sendfile|send|sendto)\('
sinks='src/command/output.c src/base/file.c src/base/exhaustion.c'
files='src/apply/content.c src/apply/state.c src/command/init.c src/command/watched.c src/process/process.c src/lsp/wire.c'
while IFS=: read -r file line _; do
	check "$file:$line: writes to a stream, not by way of command/output.h" grep -qwF -- "$file" <<< "$sinks"
done < <(grep -rnE "$streams" src --include='*.c' --exclude='*_test.c' --exclude-dir=embed --exclude-dir=integrations)
while IFS=: read -r file line _; do
	check "$file:$line: writes, but is no known sink" grep -qwF -- "$file" <<< "$sinks $files"
done < <(grep -rnE "$writers" src --include='*.c' --exclude='*_test.c' --exclude-dir=embed --exclude-dir=integrations)

while read -r lines file; do
	check "$file: $lines lines, at most $largest" test "$lines" -le $largest
done < <(find src tests -name '*.[ch]' -exec wc -l {} + | awk '$2 != "total"')

while read -r name; do
	check "$name does not belong at the top level" grep -qw -F -- "$name" <<< "$top_allowed .git"
done < <(ls -A)
for name in $top; do
	check "$name is missing" test -e "$name"
done

while read -r script; do
	check "$script: bash refuses it" bash -n "$script"
	check "$script: not executable" test -x "$script" -o "$script" = tests/harness.sh
done < <(grep -lrE '^#!/usr/bin/env bash|^# Sourced by' .ci tests src/integrations)
finish
