#!/usr/bin/env bash
# The fix operator comment_out: what it makes a comment is read as if it were not there, nothing else changes, a second
# fix finds nothing to do, and a secret in a comment stays masked. What it can't do so is left alone.
. "$(dirname "$0")/harness.sh"
cd "$scratch" || exit

cat > pack.yaml << 'END'
arilint: 1
pack: app
roles:
  ini: {readers: asterisk, files: [app.conf], secret: true}
  env: {readers: [dotenv, systemd, bash], files: [.env], secret: true}
rules:
  - id: old-key
    severity: warning
    title: An old key
    look_at: {each: key, in: ini, where: {key: {matches: 'old|\['}}}
    message: '{key} is old'
    fix: {safety: safe, title: make it a comment, do: {comment_out: {place: key}}}
  - id: old-setting
    severity: warning
    title: An old setting
    look_at: {each: key, in: env, where: {key: {matches: '^OLD'}}}
    message: '{key} is old'
    fix: {safety: safe, title: make it a comment, do: {comment_out: {place: value}}}
  - id: old-section
    severity: warning
    title: An old section
    look_at: {each: section, in: ini, where: {name: {is: old}}}
    message: '[{name}] is old'
    fix: {safety: safe, title: make it a comment, do: {comment_out: {place: name}}}
  - id: refused
    severity: error
    title: A file that is refused
    look_at: {each: fault, in: ini, where: {refuses: true}}
    message: '{words}'
    fix: {safety: safe, title: make it a comment, do: {comment_out: {place: kind}}}
END

# becomes NAME FILE BEFORE AFTER DELETED: the fix writes AFTER, which the readers take for DELETED. Texts are of printf.
becomes() {
	local file=$2 reader readers=asterisk
	[ "$file" != .env ] || readers='dotenv systemd bash'
	rm -rf tree && mkdir -p tree/gone
	printf "$3" > "tree/$file"
	printf "$4" > wanted
	printf "$5" > "tree/gone/$file"
	run "$arilint" --isolated --no-builtin --rules pack.yaml --diff "tree/$file"
	check "$1: the diff shows a secret: $(grep s3cret out)" test -z "$(grep s3cret out)"
	run "$arilint" --isolated --no-builtin --rules pack.yaml --fix --backup=none "tree/$file"
	check "$1: is written otherwise: $(diff wanted "tree/$file")" cmp -s wanted "tree/$file"
	check "$1: a second fix changes it" same_again "$file"
	for reader in $readers; do
		"$arilint" dump --reader "$reader" --show-secrets=always "tree/$file" > left 2> err
		"$arilint" dump --reader "$reader" --show-secrets=always "tree/gone/$file" > right 2>> err
		check "$1: $reader reads it otherwise: $(diff left right; head -n 3 err)" cmp -s left right
	done
}

same_again() { # FILE
	run "$arilint" --isolated --no-builtin --rules pack.yaml --fix --backup=none "tree/$1"
	cmp -s wanted "tree/$1"
}

# stays NAME FILE TEXT WORDS: it is left alone, and said why.
stays() {
	rm -rf tree && mkdir tree
	printf "$3" > "tree/$2"
	cp "tree/$2" wanted
	run "$arilint" --isolated --no-builtin --rules pack.yaml --fix --backup=none "tree/$2"
	check "$1: it was changed: $(diff wanted "tree/$2")" cmp -s wanted "tree/$2"
	check "$1: is not said: $(cat out)" grep -qF -- "$4" out
}

becomes key app.conf '[a]\nold = s3cret\nb = 1\n' '[a]\n;old = s3cret ; arilint: app/old-key\nb = 1\n' '[a]\nb = 1\n'
becomes 'last line' app.conf '[a]\nb = 1\nold = s3cret' '[a]\nb = 1\n;old = s3cret ; arilint: app/old-key' '[a]\nb = 1\n'
becomes 'line ends' app.conf '[a]\r\nold = s3cret\r\nb = 1\r\n' '[a]\r\n;old = s3cret ; arilint: app/old-key\r\nb = 1\r\n' \
	'[a]\r\nb = 1\r\n'
becomes indent app.conf '[a]\n\t old=s3cret\n' '[a]\n\t ;old=s3cret ; arilint: app/old-key\n' '[a]\n'
becomes escapes app.conf '[a]\nold = s3cret\\;more ; why\n' '[a]\n;old = s3cret\\;more ; why ; arilint: app/old-key\n' '[a]\n'
becomes backslash app.conf '[a]\nold = s3cret\\\nb = 1\n' '[a]\n;old = s3cret\\ ; arilint: app/old-key\nb = 1\n' '[a]\nb = 1\n'
becomes 'escaped key' app.conf '[a]\n\\[old]=s3cret-and-more\n' '[a]\n;\\[old]=s3cret-and-more ; arilint: app/old-key\n' '[a]\n'
becomes dashes app.conf '[a]\n--old=s3cret\nb=1\n' '[a]\n; --old=s3cret ; arilint: app/old-key\nb=1\n' '[a]\nb=1\n'
becomes 'block comment before it' app.conf '[a]\n;-- x --; old=s3cret\nb=1\n' \
	'[a]\n;-- x --; ;old=s3cret ; arilint: app/old-key\nb=1\n' '[a]\n;-- x --;\nb=1\n'
becomes 'block comment that ends before it' app.conf '[a]\nc=1 ;-- x\n--; old=s3cret\nb=1\n' \
	'[a]\nc=1 ;-- x\n--; ;old=s3cret ; arilint: app/old-key\nb=1\n' '[a]\nc=1 ;-- x\n--;\nb=1\n'
becomes 'dashes behind it' app.conf '[a]\nold=s3cret ;---- x\nb=1\n' '[a]\n;old=s3cret ;---- x ; arilint: app/old-key\nb=1\n' \
	'[a]\nb=1\n'
becomes appended app.conf '[a]\nold=s3cret\nold+=more\nb=1\n' \
	'[a]\n;old=s3cret ; arilint: app/old-key\n;old+=more ; arilint: app/old-key\nb=1\n' '[a]\nb=1\n'
becomes template app.conf '[t](!)\nold=s3cret\n[a](t)\nb=1\n' '[t](!)\n;old=s3cret ; arilint: app/old-key\n[a](t)\nb=1\n' \
	'[t](!)\n[a](t)\nb=1\n'
becomes mark app.conf '\xef\xbb\xbf[old]\nc=s3cret\n[a]\nb=1\n' \
	'\xef\xbb\xbf;[old] ; arilint: app/old-section\n;c=s3cret\n[a]\nb=1\n' '[a]\nb=1\n'
becomes section app.conf '[a]\nb=1\n[old] ; users\n; why\nc=s3cret\n\nd=2\n; the next\n[e]\nf=1\n' \
	'[a]\nb=1\n;[old] ; users ; arilint: app/old-section\n; why\n;c=s3cret\n\n;d=2\n; the next\n[e]\nf=1\n' '[a]\nb=1\n[e]\nf=1\n'
becomes 'open bracket' app.conf '[a]\nb=1\n[old\nc=s3cret\n[e]\nf=1\n' \
	'[a]\nb=1\n;[old ; arilint: app/refused\n;c=s3cret\n[e]\nf=1\n' '[a]\nb=1\n[e]\nf=1\n'
becomes 'line before the first section' app.conf 'c=1\n[a]\nb=1\n' ';c=1 ; arilint: app/refused\n[a]\nb=1\n' '[a]\nb=1\n'
becomes include app.conf '[a]\nb=1\n#include nowhere.conf\n' '[a]\nb=1\n;#include nowhere.conf ; arilint: app/refused\n' \
	'[a]\nb=1\n'

becomes setting .env 'A=1\nOLD=s3cret\nB=2\n' 'A=1\n# OLD=s3cret # arilint: app/old-setting\nB=2\n' 'A=1\nB=2\n'
becomes 'exported setting' .env 'A=1\n  export OLD="s3cret" # why\n' \
	'A=1\n  # export OLD="s3cret" # why # arilint: app/old-setting\n' 'A=1\n'

stays 'block comment opens' app.conf '[a]\nold=1 ;-- x\nc=1\n--;b=1\n' 'a block comment crosses its line'
stays 'block comment within' app.conf '[a]\nold=1;-- x --;2\n' 'a block comment begins or ends in it'
stays 'suppression on its line' app.conf '[a]\nold=1 ; arilint: ignore[app/refused] why\nb=1\n' 'silences findings'
stays 'suppression in a value' .env "A=1\nOLD='; arilint: ignore[app/old-setting]'\nB=2\n" 'silences findings'
stays 'several lines' .env 'A=1\nOLD="one\ntwo"\n' 'the value goes over several lines'
stays 'included section' app.conf '[a]\nb=1\n[old]\n#tryinclude more.conf\nc=1\n' 'files are included in the section'
finish
