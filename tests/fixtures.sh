#!/usr/bin/env bash
# Rules on whole folders: fixtures/rules/PACK/RULE/CASE holds input files and `expected`, what `arilint --format concise`
# says of them. Where there is a tree `fixed`, --fix gives it, a second --fix touches nothing, and undo gives every byte
# back. `arguments` holds more words for the command line. `fixtures.sh --accept CASE` writes `expected` anew.
. "$(dirname "$0")/harness.sh"

copy() { # CASE FOLDER
	mkdir -p "$2"
	cp -r "$1/." "$2"
	rm -rf "$2/expected" "$2/fixed" "$2/arguments"
}

lint() { # CASE FOLDER ARGUMENT...
	local case=$1 folder=$2 arguments=()
	shift 2
	[ ! -e "$case/arguments" ] || read -r -d '' -a arguments < "$case/arguments"
	cd "$folder" || exit
	run "$arilint" --format concise "${arguments[@]}" "$@" .
	cd "$repository" || exit
	sed -i 's,^\./,,' "$scratch/out"
}

# Exit status 1 comes with a warning or an error that is left, and with nothing else.
status_fits() { # STATUS REPORT
	if grep -qE ': (error|warning)\[' "$2"; then [ "$1" = 1 ]; else [ "$1" = 0 ]; fi
}

check_fix() { # CASE FOLDER STATE
	local case=$1 folder=$2 state=$3
	copy "$case" "$folder.wanted"
	cp -r "$case/fixed/." "$folder.wanted"
	snapshot "$folder" > "$scratch/before"
	lint "$case" "$folder" --fix --state-dir "$state"
	check "$case: --fix: exit status $status: $(head -n 3 "$scratch/err")" status_fits "$status" "$scratch/out"
	check "$case: --fix gives another tree" diff -r "$folder.wanted" "$folder"
	snapshot times "$folder" > "$scratch/once"
	lint "$case" "$folder" --fix --state-dir "$state"
	snapshot times "$folder" > "$scratch/twice"
	check "$case: a second --fix touches something" diff "$scratch/once" "$scratch/twice"
	run "$arilint" undo --state-dir "$state"
	snapshot "$folder" > "$scratch/after"
	check "$case: undo: exit status $status: $(head -n 3 "$scratch/err")" test "$status" = 0
	check "$case: undo gives other bytes back" diff "$scratch/before" "$scratch/after"
}

check_case() { # CASE
	local case=$1 folder=$scratch/cases/$1
	copy "$case" "$folder"
	lint "$case" "$folder"
	check "$case: exit status $status: $(head -n 3 "$scratch/err")" status_fits "$status" "$scratch/out"
	check "$case: another report than expected" diff "$case/expected" "$scratch/out"
	[ ! -d "$case/fixed" ] || check_fix "$case" "$folder" "$scratch/states/$case"
}

cd "$repository" || exit
if [ "${1:-}" = --accept ]; then
	copy "$2" "$scratch/case"
	lint "$2" "$scratch/case"
	cp "$scratch/out" "$2/expected"
	cat "$2/expected"
	exit
fi
while read -r expected; do
	check_case "$(dirname "$expected")"
done < <(find fixtures/rules -name expected -type f | sort)
finish
