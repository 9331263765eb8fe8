#!/usr/bin/env bash
# What is no configuration file, for each reader: refused with exit status 3 and a sentence that says what to do, or
# read to its end; never waited for, never read for ever, never a crash.
. "$(dirname "$0")/harness.sh"

cd "$scratch" || exit
chmod 711 .
install -m 755 "$arilint" ./arilint
install -m 755 "$build/driver/batch" ./batch
batch=./batch
readers=$(./arilint dump --readers | cut -f 1)
writer=
trap '[ -z "$writer" ] || kill "$writer" 2> /dev/null; chmod -R u+rwX "$scratch"; rm -rf "$scratch"' EXIT

# A pack for each reader, so that `arilint PATH` is held to the same as `arilint dump`.
for reader in $readers; do
	cat > "$reader.yaml" <<- PACK
		arilint: 1
		pack: t
		roles:
		  input: {readers: $reader, files: ['*']}
		rules:
		  - id: fault
		    severity: warning
		    title: A fault
		    look_at: {each: fault, in: input}
		    message: '{words}'
	PACK
done

# As a user whom modes bind: root may read everything.
[ "$(id -u)" != 0 ] || as=(setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all)
bound() { # COMMAND...
	run "${as[@]}" "$@"
}

dump() { # READER PATH
	bound ./arilint dump --reader "$1" "$2"
}

says() { # NAME STATUS WORDS
	check "$1: exit status $status, not $2" test "$status" = "$2"
	check "$1: does not say '$3': $(head -c 300 out err)" grep -qF -- "$3" out err
}

# Cases are noted, and run and judged in one go: of each its name, the exit statuses that are right, words that must be
# said, and its command line.
cases=()
note() { # NAME STATUSES WORDS ARGUMENT...
	local IFS=$'\t'
	cases+=("$*")
}

note_dump() { # READER STATUSES WORDS PATH [NAME-OF-PATH]
	note "dump --reader $1 ${5:-$4}" "$2" "$3" dump --reader "$1" "$4"
}

note_lint() { # READER STATUSES WORDS PATH
	note "$4 as a file of $1" "$2" "$3" --no-builtin --rules "$1.yaml" --as input --format concise "$4"
}

contains() { # TEXT PART
	[[ $1 == *"$2"* ]]
}

judge() {
	local number=0 name wanted words said answers=()
	batch < <(printf '%s\n' "${cases[@]}" | cut -f 4-)
	while IFS=$'\t' read -r name wanted words _; do
		number=$((number + 1)) status=${statuses[number]}
		said=$(< "$outputs/$number.out")$(< "$outputs/$number.err")
		check "$name: exit status $status, not $wanted" contains "$wanted" "$status"
		[ "$words" = - ] || check "$name: does not say '$words': ${said:0:300}" contains "$said" "$words"
		[ "$words" != '{"ok": ' ] || answers+=("$outputs/$number.out")
	done < <(printf '%s\n' "${cases[@]}")
	check 'an answer of dump is not JSON' test "$(jq -c 'has("ok")' "${answers[@]}" | grep -c true)" = ${#answers[@]}
}

### what is refused

mkfifo fifo
mkdir folder
touch empty unreadable
chmod 000 unreadable
ln -s nowhere dangling
ln -s loop loop
ln -s fifo to-fifo
truncate -s $((128 * 1024 * 1024 + 1)) too-large
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")'
long=$(printf '%5000s' '' | tr ' ' a)

refused=$(
	cat <<- 'TABLE'
		missing        does not exist; check the path
		dangling       does not exist; check the path
		empty/x        does not exist: a part of its path is not a folder; check the path
		unreadable     permission denied; run as a user who may read it
		loop           its symbolic links lead in a circle; check where they lead
		fifo           is a FIFO, not a regular file, and might never end; pass it on
		to-fifo        is a FIFO, not a regular file, and might never end; pass it on
		/dev/zero      is a device, not a regular file, and might never end; name a regular file
		socket         is a socket, not a regular file; name a regular file
		too-large      is larger than 128 MiB, the most that is read; name a smaller file, or leave it out
		/proc/self/mem can't be read: permission denied; run as a user who may read it
	TABLE
)

for reader in $readers; do
	while read -r path words; do
		note_dump "$reader" 3 "$words" "$path"
		note_lint "$reader" 3 "$words" "$path"
	done <<< "$refused"
	note_dump "$reader" 3 'is a folder, not a file; name a file in it' folder
	note_dump "$reader" 3 'File name too long; name another file' "$long" 'with a long path'
done

### what is read to its end

mkdir texts
printf '\xef\xbb\xbf' > texts/mark
printf '\xef\xbb\xbf\xef\xbb\xbfA=b\n' > texts/marks
printf 'A=b\rC=d\r' > texts/returns
printf '\r\r\r' > texts/returns-only
printf '\n\n\n' > texts/feeds-only
printf '\0' > texts/nul
printf '[a]\nA=b\0c\nD\0=e\n\0\n' > texts/nuls
printf '[a]\nA=\xff\xfe\n\xc3=\xed\xa0\x80\nB="\xf4\x90\x80\x80"\n' > texts/not-utf8
printf '\xff\xfe[\0a\0]\0\n\0A\0=\0b\0\n\0' > texts/utf16
printf '[a]\nA=b' > texts/no-line-end
printf '\x7fELF\x02\x01\x01' > texts/binary
head -c 20000 "$(command -v bash)" >> texts/binary
seq 1 9000 | gzip -9 > texts/compressed
cp empty texts/empty
chmod -R a+rX texts

for reader in $readers; do
	for path in texts/*; do
		note_dump "$reader" 0 '{"ok": ' "$path"
		case $path in
		*/binary | */compressed)
			note_lint "$reader" 3 'is a binary file, not a configuration file; check the path' "$path" ;;
		*) note_lint "$reader" '0 1 3' - "$path" ;;
		esac
	done
done
judge

### what has no end: reading bytes is the same for all readers

endless() { # NAME COMMAND...
	local name=$1
	shift
	run bash -c 'yes A=b | "$@"' - "$@"
	says "$name" 3 'is larger than 128 MiB'
}

endless 'endless standard input, dump' ./arilint dump --reader dotenv -
endless 'endless standard input' ./arilint --as .env -
run bash -c '"$@" <&-' - ./arilint dump --reader dotenv -
says 'no standard input' 3 "can't be read: Bad file descriptor; name another file"
run bash -c '"$@" < /' - ./arilint dump --reader dotenv -
says 'a folder as standard input' 3 "can't be read: Is a directory; name another file"

yes A=b | head -c 400000000 > growing &
writer=$!
sleep 0.05
dump dotenv growing
check "a file that grows while it is read: exit status $status" test "$status" = 0 -o "$status" = 3
kill "$writer" 2> /dev/null
wait "$writer" 2> /dev/null
writer=

### what files include

mkdir etc
mkfifo etc/fifo
touch etc/unreadable && chmod 000 etc/unreadable
ln -s loop etc/loop
truncate -s $((128 * 1024 * 1024 + 1)) etc/too-large
for name in fifo unreadable loop too-large missing /dev/zero /proc/self/mem /; do
	printf '[general]\n#include "%s"\n' "$name" > etc/ari.conf
	bound ./arilint --format concise etc/ari.conf
	# What an absolute path leads to may be something else where the file is used.
	case $name in /*) severity=warning ;; *) severity=error ;; esac
	says "an include of $name" 1 "ari.conf:2:1: $severity[ari/refused]"
	printf '[general]\n#tryinclude "%s"\n' "$name" > etc/ari.conf
	bound ./arilint --format concise etc/ari.conf
	check "a tryinclude of $name: exit status $status" test "$status" = 0
done

# Ten levels are read; beyond, Asterisk leaves the innermost file, and so do we. Of lines and of trees of includes, a
# bounded number is read.
for level in $(seq 0 200); do
	printf '#include "a%d.conf"\n' $((level + 1)) > "etc/a$level.conf"
	printf '#include "b%d.conf"\n#include "b%d.conf"\n#include "b%d.conf"\n' $((level + 1)){,,} > "etc/b$level.conf"
done
printf '[general]\n#include "a0.conf"\n' > etc/ari.conf
bound ./arilint --format concise etc/ari.conf
says 'a chain of includes' 1 "a9.conf, line 1: include-too-deep 'a10.conf'"
printf '[general]\n#include "b0.conf"\n' > etc/ari.conf
bound ./arilint --format concise etc/ari.conf
says 'a tree of includes' 1 'include-too-deep'
{ echo '[general]' && yes '#include "b.conf"' | head -n 100000; } > etc/ari.conf
echo '[b]' > etc/b.conf
bound ./arilint --format concise etc/ari.conf
says '100,000 includes' 1 'more than arilint reads of one file: included files'

# What is found out of a key's name is kept for so many names only; those beyond are judged all the same.
{ seq -f 'KEY_%.0f=1' 70000 && printf 'ARI_URL=http://a:8088\nARI_URL=http://b:8088\n'; } > etc/.env
bound ./arilint --format concise etc/.env
says '70,000 names of keys' 1 'etc/.env:70002:1: warning[ari/repeated-env-key]'
finish
