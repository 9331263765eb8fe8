#!/usr/bin/env bash
# What a run may cost whatever its files hold: memory of 8 times their size and 64 MiB, and a pattern that is given up in time
# tells nothing, on either side of a rule.
. "$(dirname "$0")/harness.sh"
cd "$scratch"

# Of the address space, in KiB: the program itself and its libraries come on top.
room_of() { # PATH
	local size room=24576
	size=$(du -sb --apparent-size "$1" | cut -f 1)
	echo $((size / 128 + 65536 + room))
}

bound() { # NAME FOLDER [STATUS]
	# shellcheck disable=SC2086 # several options
	run bash -c 'ulimit -v "$1"; shift; exec "$@"' - "$(room_of "$2")" "$arilint" --isolated ${options:---format concise} "$2"
	check "$1: exit status $status, $(head -n 1 "$scratch/err")" test "$status" = "${3:-1}"
}

mkdir users env-garbage garbage near
{
	printf '[general]\nenabled = yes\n'
	seq -f '[user%05.0f]
type = usr
passwrd = x' 1 14000
} > users/ari.conf
yes a | head -c 4000000 > env-garbage/.env
yes a | head -c 4000000 > garbage/ari.conf
{
	printf '[general]\nenabled = yes\n'
	seq -f '[backend%05.0f]
type = user
password = x' 1 3000
} > near/ari.conf
seq -f 'C%.0f_ARI_USERNAME=backnd' 1 3000 | awk '{ printf "%s%05d\n", $0, NR }' > near/.env
mkdir addresses lines keys sections names values remarks long heirs
seq -f 'K%.0f=' 1 120000 > addresses/.env
yes '' | head -c 4000000 > lines/ari.conf
# More statements than are read of files of their size, the same over and over or each another.
yes a= | head -c 4000000 > keys/.env
yes '[a]' | head -c 4000000 > sections/ari.conf
seq -f '[a%.0f]' 1 400000 > names/ari.conf
{ echo '[general]'; seq -f 'k%.0f=' 1 200000; } > values/ari.conf
yes '# ARI_PASSWORD=secret' | head -c 4000000 > remarks/.env
{ printf 'A='; head -c 4000000 /dev/zero | tr '\0' a; } > long/.env
{ echo '[base](!)'; seq -f 'k%.0f=v' 1 1000; seq -f '[a%.0f](base)' 1 2000; } > heirs/ari.conf
# Ordinary ones of a size where what is made of each statement is what counts.
mkdir variables accounts repeated
{ printf '[general]\nenabled = yes\n'; seq -f '[agent]
type = user
key%.0f = 1' 1 3000; } > repeated/ari.conf
seq -f 'SERVICE_SETTING_%06.0f="the value of one of the settings"' 1 100000 |
	awk '{ print } NR % 10 == 0 { print "# a remark, as there are\n" }' > variables/.env
seq -f '[backend%06.0f]
type = user
read_only = no
password = Example-of-a-backend
password_format = plain
' 1 50000 > accounts/ari.conf

# A second look at the file, and what changes in it.
mend() { # NAME FOLDER STATUS
	cp -r "$2" "$2-mended"
	options=--diff bound "$1, --diff" "$2-mended" "$3"
	options="--fix --backup none" bound "$1, --fix" "$2-mended" "$3"
}

dumped() { # NAME READER FILE
	run bash -c 'ulimit -v "$1"; shift; exec "$@"' - "$(room_of "$3")" "$arilint" dump --show-secrets=always --reader "$2" "$3"
	check "$1: exit status $status, $(head -n 1 "$scratch/err")" test "$status" = 0
}

[[ $build == *sanitize* ]] || {
	bound 'a .env of many keys' addresses 0
	bound 'an ari.conf of blank lines' lines 0
	bound 'misspelt keys of many users' users
	bound 'a .env of garbage' env-garbage
	bound 'an ari.conf of garbage' garbage
	bound 'names near to many others' near
	bound 'a .env of one key, too often' keys 3
	bound 'a section that is repeated too often' sections 3
	bound 'too many sections' names 3
	bound 'many keys in a section' values
	bound 'a .env of remarks' remarks 0
	bound 'a .env of one line' long 0
	bound 'many sections of one template' heirs
	bound 'a large .env' variables 0
	bound 'a large ari.conf' accounts
	for format in json sarif text gitlab junit; do
		options="--format $format" bound "misspelt keys of many users, --format $format" users
	done
	mend 'misspelt keys of many users' users 4
	mend 'a section that is repeated' repeated 1
	dumped 'dump of a large .env' dotenv variables/.env
	dumped 'dump of a large ari.conf' asterisk accounts/ari.conf
	dumped 'dump of one key, too often' dotenv keys/.env
}

pack() { # RULE-MEMBERS
	printf 'arilint: 1\npack: p\nroles: {env: {readers: dotenv, files: [.env]}}\nrules:\n  - {id: r, severity: error, title: t, docs: d, look_at: {each: key, in: env}, message: m, %s}\n' "$1" > p.yaml
	run "$arilint" --isolated --no-builtin --rules p.yaml --show-not-evaluated costly
}
mkdir costly
printf 'A=%sb\n' "$(head -c 3000 /dev/zero | tr '\0' a)" > costly/.env
for rule in 'expect: {value: {matches: "^(a+)+$"}}' 'when: {value: {matches: "^(a+)+$"}}' \
	'expect: {not: {value: {matches: "^(a+)+$"}}}' 'when: {not: {value: {matches: "^(a+)+$"}}}'; do
	pack "$rule"
	check "$rule: $(head -n 2 "$scratch/out" "$scratch/err")" grep -q 'a pattern takes too long' "$scratch/out"
	check "$rule is judged" test "$status" = 0
done
finish
