#!/usr/bin/env bash
# `--fix --as PATH -`: standard input goes to standard output, mended or as it was, and what is found to standard error, as
# formatters of editors and filters want it. Values of other files come in by the model of trust.
. "$(dirname "$0")/harness.sh"

chmod 755 "$scratch"
install -m 755 "$arilint" "$scratch/arilint"
mkdir -p "$scratch/work/etc/asterisk"
cd "$scratch/work" || exit
ari=etc/asterisk/ari.conf
user='[general]\nenabled = yes\n[x]\ntype = user\npassword = %s\n'
printf "$user" long-enough-1 > $ari
right='ARI_USER=x\nARI_PASSWORD=long-enough-1\n'
wrong='ARI_USER=x\nARI_PASSWORD=long-enough-2\n'
printf "$right" > .env
as=()

# STATUS OUTPUT TOLD INPUT WORD...: output and input as of printf, TOLD stands on standard error (`-`: nothing is asked).
mend() {
	local name="$4 | arilint --fix ${*:5}"
	printf "$4" > "$scratch/in"
	status=0
	"${as[@]}" "$scratch/arilint" --isolated --fix "${@:5}" < "$scratch/in" > "$scratch/out" 2> "$scratch/err" || status=$?
	check "$name: exit status $status, not $1: $(head -c 500 "$scratch/err")" test "$status" = "$1"
	printf "$2" > "$scratch/expected"
	check "$name: prints $(head -c 500 "$scratch/out")" cmp -s "$scratch/expected" "$scratch/out"
	[ "$3" = - ] || check "$name: does not say '$3': $(head -c 1000 "$scratch/err")" grep -qF -- "$3" "$scratch/err"
}

# What stands in the text itself.
mend 0 'A=2\n'      'fixed 1 fault'        'A=1\nA=2\n'        --as .env -
mend 0 'A=1\nB=2\n' 'no faults'            'A=1\nB=2\n'        --as .env -
mend 0 'A=1'        -                      'A=1'               --as .env -
mend 0 ''           -                      ''                  --as .env -
mend 0 'A=2\n'      '"fixed": 1'           'A=1\nA=2\n'        --as .env --format json -
mend 0 'A=2\r\n'    -                      'A=1\r\nA=2\r\n'    --as .env -
mend 1 'A=2\n[\n'   'dotenv/'              'A=1\nA=2\n[\n'     --as .env -
mend 0 'A=2\n'      -                      'A=1\nA=2\n'        --as a/b/.env --format concise -

# What is not mended comes back as it was: whoever puts it in the place of his text loses nothing.
mend 3 'A=1\nA=2\n' 'is no file that a rule knows' 'A=1\nA=2\n' --as readme.txt -
mend 3 'A=1\nA=2\n' 'standard input needs a name' 'A=1\nA=2\n' -
mend 3 '\001\002\003' 'binary' '\001\002\003' --as .env -
printf 'A=1\nA=2\n' | "$scratch/arilint" --isolated --add-ignores --as .env - > "$scratch/out" 2> "$scratch/err"
check 'comments that silence come into the text' grep -q '^# arilint: ignore\[dotenv/repeated-key\] baseline$' "$scratch/out"
printf 'arilint: 1\nexclude: [old]\n' > own.yaml
status=0
printf 'A=1\nA=2\n' | "$scratch/arilint" --config own.yaml --force-exclude --fix --as old/.env - > "$scratch/out" 2> "$scratch/err" || status=$?
check 'what is excluded comes back' test "$(cat "$scratch/out")" = $'A=1\nA=2'
mend 2 ''           'without --ask and --run-handlers' 'A=1\n'  --as .env --run-handlers -
mend 2 ''           'mends standard input (-) only' 'A=1\n'    --as .env own.yaml
run bash -c 'printf "A=1\nA=2\n" | "$0" --isolated --fix --as .env - > /dev/full' "$scratch/arilint"
check "a full disk: exit status $status" test "$status" = 8

# Values of other files: standard input is taken for the file that is there, which is not touched.
mend 0 "$right"     'fixed 1 fault'        "$wrong"            --as .env --peers . -
check 'the file itself is changed' test "$(tail -n 1 .env)" = ARI_PASSWORD=long-enough-1
check 'a secret is told' bash -c '! grep -q long-enough "$0"' "$scratch/err"
mend 1 "$wrong"     'nobody can tell who reads that' "$wrong"  --as new/.env --peers . -
printf "$wrong" | "$scratch/arilint" --isolated --diff --as .env --peers . - > "$scratch/out" 2> "$scratch/err"
check 'no patch, or a secret in it' grep -q '^+ARI_PASSWORD=<secret:' "$scratch/out"
check 'validate of a template: a password that differs' test "$(
	printf "$user" long-enough-3 > template
	"$scratch/arilint" --isolated --as $ari --peers . template > /dev/null 2>&1
	echo $?
)" = 1
printf "$user" long-enough-1 > template
run "$scratch/arilint" --isolated --as $ari --peers . template
check "validate of a template: one that agrees: exit status $status" test "$status" = 0

# Root prints no value of a file that another has a say in; that user himself gets it, where he may read it.
if [ "$(id -u)" = 0 ]; then
	other=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	chown 65534 $ari
	mend 1 "$wrong" 'fix: the value comes from' "$wrong"       --as .env --peers . -
	check 'root: it is told in a patch' bash -c 'printf "$1" | "$0" --isolated --diff --as .env --peers . - | { ! grep -q "^+"; }' \
		"$scratch/arilint" "$wrong"
	chown -R 65534:65534 .
	mend 1 "$wrong" 'run arilint as that user' "$wrong"        --as .env --peers . -
	as=("${other[@]}")
	mend 0 "$right" 'fixed 1 fault'        "$wrong"            --as .env --peers . -
	chown root $ari
	chmod 600 $ari
	mend 0 "$wrong" -                      "$wrong"            --as .env --peers . -
	as=()
	chmod 644 $ari
	# Nor of one that only an include leads to.
	chown -R 0:0 .
	printf '[general]\nenabled = yes\n#include users.conf\n' > $ari
	printf '[x]\ntype = user\npassword = long-enough-1\n' > etc/asterisk/users.conf
	mend 1 "$wrong" 'that another includes' "$wrong"           --as .env --peers . -
else
	echo 'skipped: values of other users: only root can try that'
fi
finish
