#!/usr/bin/env bash
# What a run may cost whatever its files hold: memory of 8 times their size and 64 MiB, and a pattern that is given up in time
# tells nothing, on either side of a rule.
. "$(dirname "$0")/harness.sh"
cd "$scratch"

# The address space: the program itself and its libraries come on top.
bound() { # NAME FOLDER [STATUS]
	local size room=24576
	size=$(du -sb --apparent-size "$2" | cut -f 1)
	run bash -c 'ulimit -v "$1"; shift; exec "$@"' - $((size / 128 + 65536 + room)) "$arilint" --isolated --format concise "$2"
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
mkdir addresses lines
seq -f 'K%.0f=' 1 120000 > addresses/.env
yes '' | head -c 4000000 > lines/ari.conf
[[ $build == *sanitize* ]] || {
	bound 'a .env of many keys' addresses 0
	bound 'an ari.conf of blank lines' lines 0
	bound 'misspelt keys of many users' users
	bound 'a .env of garbage' env-garbage
	bound 'an ari.conf of garbage' garbage
	bound 'names near to many others' near
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
