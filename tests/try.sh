#!/usr/bin/env bash
# Shows arilint at work on a copy of the broken call center, leaves it in FOLDER and says what to do next:
# `try.sh PROGRAM FOLDER`.
set -u
umask 022
program=$(realpath "$1")
example=$(realpath "$(dirname "$0")/../fixtures/call-center/broken")
rm -rf "$2"
mkdir -p "$2"
cp -r "$example" "$2/broken"
cp -r "$example" "$2/call-center"
cd "$2/call-center" || exit
PATH=$(dirname "$program"):$PATH
failed=0

step() { # EXPECTED-STATUS HEADING ARGUMENT...
	local expected=$1 heading=$2 status=0
	shift 2
	printf '\n== %s\n$ arilint %s\n' "$heading" "$*"
	arilint "$@" || status=$?
	if [ "$status" != "$expected" ]; then
		echo "!! exit status $status, not $expected"
		failed=1
	fi
}

step 1 'What is wrong' etc backend
step 1 'What a fix would change' --diff etc backend
step 0 'Fix it' --fix --state-dir ../state etc backend
step 0 'Look again' etc backend
step 0 'What can be undone' undo --list --state-dir ../state
cat << END

== What is recognised
ari.conf, http.conf, manager.conf, .env and .env.*, and in them names such as $(arilint rule --settings --isolated |
	sed -n '/^    ari\/env_\(url\|user\|password\)$/{n;s/.*in env: \([^,]*\), \([^,]*\).*/\1 \2/p}' | paste -sd ' ').
\`build/arilint rule --settings\` lists all of them; what has another name is told by \`settings:\` of .arilint.yaml.

== Next
$2/broken is the example as it was, $2/call-center as it is now. Break something there and look again:
  build/arilint $2/call-center
Then your own files; without --fix nothing is changed:
  build/arilint /etc/asterisk /path/to/your/backend
  build/arilint --diff /etc/asterisk /path/to/your/backend
\`make install\` puts arilint below /usr/local; README.md goes on from there.
END
exit $failed
