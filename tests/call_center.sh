#!/usr/bin/env bash
# The example of the README from end to end: found, shown, fixed, fixed once only, undone.
. "$(dirname "$0")/harness.sh"

example=$repository/fixtures/call-center
state=$scratch/state
cp -r "$example/broken" "$scratch/tree"
cd "$scratch/tree" || exit
ari=$(find etc -name ari.conf)
http=$(find etc -name http.conf)
env=backend/.env
if [ "$(id -u)" = 0 ]; then
	chown 1234:2345 "$ari" "$env"
fi
chmod 640 "$ari"
chmod 600 "$env"
snapshot . > "$scratch/before"
snapshot times . > "$scratch/untouched"

line_of() { # PATTERN FILE
	grep -nE "$1" "$2" | cut -d : -f 1
}

says() { # FIXED-STRING
	grep -qF "$1" "$scratch/out"
}

run "$arilint" --format concise etc backend
check 'the broken example gives exit status 1' test "$status" = 1
for line in $(line_of '^\[general\]' "$ari" | tail -n +2); do
	check "the repeated [general] of line $line is named" says "$ari:$line:"
done
password=$(line_of '^[A-Z_]*ARI[A-Z_]*PASS' "$env")
check 'the .env password line is named' says "$env:$password:"

run "$arilint" --format json etc backend
check 'JSON: both [general] lines are named' jq -e --arg path "$ari" --argjson lines \
	"$(line_of '^\[general\]' "$ari" | jq -s .)" '
	any(.diagnostics[]; . as $one | $lines - [.line, (.labels[] | select(.path == $path) | .line)] == []
		and $one.path == $path)' "$scratch/out" > "$scratch/jq"
check 'JSON: the password drift has ari.conf as second place' jq -e --arg path "$ari" --arg env "$env" \
	--argjson line "$password" 'any(.diagnostics[]; .path == $env and .line == $line and
	any(.labels[]; .path == $path))' "$scratch/out" > "$scratch/jq"
check 'JSON: files are named' jq -e --arg http "$http" 'any(.files[]; .path == $http)' "$scratch/out" > "$scratch/jq"

run "$arilint" --diff etc backend
check '--diff gives exit status 1' test "$status" = 1
check '--diff shows a hunk of the .env file' says "+++ b/$env"
check '--diff shows a hunk of ari.conf' says "+++ b/$ari"
snapshot times . > "$scratch/after"
check 'looking changes nothing' diff "$scratch/untouched" "$scratch/after"

run "$arilint" --fix --state-dir "$state" etc backend
check "--fix gives exit status 0, not $status: $(cat "$scratch/err")" test "$status" = 0
check '--fix gives the fixed example byte for byte' diff -r "$example/fixed" .
check '--fix keeps mode and owner' diff <(snapshot "$PWD" | awk 'NF == 6 { print $1, $3, $4, $5 }') \
	<(awk 'NF == 6 { print $1, $3, $4, $5 }' "$scratch/before")
snapshot times . > "$scratch/fixed"
run "$arilint" --fix --state-dir "$state" etc backend
check 'a second --fix gives exit status 0' test "$status" = 0
snapshot times . > "$scratch/after"
check 'a second --fix touches nothing' diff "$scratch/fixed" "$scratch/after"
run "$arilint" etc backend
check 'the fixed example is clean' test "$status" = 0

run "$arilint" undo --list --state-dir "$state"
check 'undo --list names the file' says "$env"
run "$arilint" undo --state-dir "$state"
check "undo gives exit status 0, not $status: $(cat "$scratch/err")" test "$status" = 0
snapshot . > "$scratch/after"
check 'undo gives back every byte, mode and owner' diff "$scratch/before" "$scratch/after"
finish
