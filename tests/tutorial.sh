#!/usr/bin/env bash
# The tutorial of rules/README.md, word for word: "File `NAME`:" before a block writes the block to that file; each line
# `$ COMMAND` of a console block is run, and what stands below it is what it prints. Masks of secrets are new in every run.
. "$(dirname "$0")/harness.sh"

tutorial=$(sed '/^## Reference$/,$d' "$repository/rules/README.md")
mkdir "$scratch/bin" "$scratch/app"
ln -s "$arilint" "$scratch/bin/arilint"
PATH=$scratch/bin:$PATH
cd "$scratch/app" || exit

name='' block='' command='' expected='' last=0

masked() {
	sed -E 's/<secret:[0-9a-f]{4}>/<secret>/g'
}

# Runs the command in hand; a command sees the exit status of the one before it.
run_command() {
	[ -n "$command" ] || return
	{ (exit "$last"); eval "$command"; } > "$scratch/out" 2>&1 < /dev/null
	last=$?
	printf '%s' "$expected" | masked > "$scratch/expected"
	masked < "$scratch/out" > "$scratch/printed"
	check "rules/README.md: \$ $command: prints something else" diff "$scratch/expected" "$scratch/printed"
	command='' expected=''
}

take_console_line() { # LINE
	if [[ $1 == '$ '* ]]; then
		run_command
		command=${1#??}
	else
		expected+=$1$'\n'
	fi
}

while IFS= read -r line; do
	if [[ $line == '```'* ]] && [ -n "$block" ]; then
		run_command
		block='' name=''
	elif [[ $line == '```'* ]]; then
		block=${line#???}
		[ -z "$name" ] || : > "$name"
		check "rules/README.md: a block of $block belongs to no file" test "$block" = console -o -n "$name"
	elif [ "$block" = console ]; then
		take_console_line "$line"
	elif [ -n "$block" ]; then
		printf '%s\n' "$line" >> "$name"
	elif [[ $line =~ ^File\ \`([A-Za-z.]+)\`:$ ]]; then
		name=${BASH_REMATCH[1]}
	fi
done <<< "$tutorial"
check 'rules/README.md: no tutorial' test "$passed" -gt 10
finish
