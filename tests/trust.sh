#!/usr/bin/env bash
# Who may say what: what another user (6001) can bring root to read, write, run or obey. Root alone can try that.
. "$(dirname "$0")/harness.sh"
if [ "$(id -u)" != 0 ]; then
	echo "tests/trust.sh is SKIPPED: only root can be another user, too"
	check 'skipped' true
	finish
fi

other=6001
work=$scratch/work
state=$scratch/state
chmod 755 "$scratch"
as_other=(setpriv --reuid=$other --regid=$other --clear-groups --inh-caps=-all)

fresh() {
	cd / || exit
	rm -rf "$work" "$state"
	mkdir "$work"
}

# A backend of another user's, whose .env names the user `client` with a password of its own.
backend() { # FOLDER [OWNER]
	mkdir -p "$1"
	printf 'ARI_URL=http://localhost:8088/ari\nARI_USERNAME=client\nARI_PASSWORD=his-own-word\n' > "$1/.env"
	chown -R "${2:-$other}:${2:-$other}" "$1"
	chmod 644 "$1/.env"
}

server() { # FOLDER PASSWORD
	mkdir -p "$1"
	printf '[general]\nenabled = yes\n[client]\ntype = user\npassword = %s\n' "$2" > "$1/ari.conf"
	printf '[general]\nenabled = yes\nbindaddr = 127.0.0.1\n' > "$1/http.conf"
}

fix() { # PATH...
	run "$arilint" --fix --isolated --state-dir "$state" "$@"
}

has() { # NAME FILE TEXT
	check "$1: '$3' is not in $2: $(head -c 300 "$scratch/out" "$scratch/err")" grep -qF -- "$3" "$2"
}

hasnt() { # NAME FILE TEXT
	check "$1: '$3' is in $2" bash -c '! grep -qF -- "$0" "$1"' "$3" "$2"
}

silent() { # NAME TEXT
	hasnt "$1" "$scratch/out" "$2"
	hasnt "$1" "$scratch/err" "$2"
}

says() { # NAME PATTERN
	check "$1: does not say '$2': $(head -c 400 "$scratch/out" "$scratch/err")" grep -qE -- "$2" "$scratch/out" "$scratch/err"
}

### values have owners

# Each line of `include` is put before the section of his ari.conf.
steals() { # NAME SECRET-FILE MODE OWNER LINES
	fresh
	mkdir -m 755 "$work/etc" "$work/secret"
	printf '[client](!)\npassword = of-root-alone\n' > "$work/secret/mine.conf"
	chown "$4" "$work/secret/mine.conf"
	chmod "$3" "$work/secret/mine.conf"
	backend "$work/backend"
	printf "$5" "$2" > "$work/backend/ari.conf"
	chown $other "$work/backend/ari.conf"
	server "$work/etc" of-the-server
	rm "$work/etc/ari.conf"
	fix "$work/etc" "$work/backend"
	hasnt "$1" "$work/backend/.env" of-root-alone
	silent "$1" of-root-alone
	check "$1: exit status $status" test "$status" = 3 -o "$status" = 1
}
plain='[general]\nenabled=yes\n#include "%s"\n[client](+)\ntype=user\n'
steals 'an include of a file of root' "$work/secret/mine.conf" 600 0:0 "$plain"
says 'an include of a file of root' 'may not read'
steals 'an include of a file of a group' "$work/secret/mine.conf" 640 0:42 "$plain"
steals 'an include of a third user' "$work/secret/mine.conf" 600 6002:6002 "$plain"
steals 'a relative include' "../secret/mine.conf" 600 0:0 "$plain"
steals 'an include by wildcard' "$work/secret/*.conf" 600 0:0 "$plain"
steals '#tryinclude' "$work/secret/mine.conf" 600 0:0 '[general]\nenabled=yes\n#tryinclude "%s"\n[client](+)\ntype=user\n'

fresh
backend "$work/backend"
server "$work/etc" of-root-alone
chmod 640 "$work/etc/ari.conf"
ln -s ../etc/ari.conf "$work/backend/ari.conf"
chown -h $other "$work/backend/ari.conf"
fix "$work/backend"
hasnt 'a link to a file he may not read' "$work/backend/.env" of-root-alone
silent 'a link to a file he may not read' of-root-alone
fix "$work/backend/ari.conf" "$work/backend/.env"
hasnt 'the link, named' "$work/backend/.env" of-root-alone
says 'the link, named' 'may not read it'
cp "$work/etc/ari.conf" "$work/backend/second.conf"
printf '[general]\nenabled=yes\n#include "%s"\n' "$work/backend/link.conf" > "$work/backend/ari2"
rm "$work/backend/ari.conf" "$work/backend/second.conf" && mv "$work/backend/ari2" "$work/backend/ari.conf"
ln -s ../etc/ari.conf "$work/backend/link.conf"
chown -h $other "$work/backend/ari.conf" "$work/backend/link.conf"
fix "$work/backend" "$work/etc/ari.conf"
hasnt 'an include of a file that is named, too' "$work/backend/.env" of-root-alone

fresh
backend "$work/backend"
server "$work/etc" of-root-alone
chmod 600 "$work/etc/ari.conf"
fix "$work/etc" "$work/backend"
hasnt 'what root alone may read' "$work/backend/.env" of-root-alone
says 'what root alone may read' 'root alone may read'
run "$arilint" --diff --isolated "$work/etc" "$work/backend"
check 'what root alone may read is in no diff' bash -c '! grep -q "^+ARI_PASSWORD" "$0"' "$scratch/out"
chmod 644 "$work/etc/ari.conf"
fix "$work/etc" "$work/backend"
has 'what everybody may read' "$work/backend/.env" of-root-alone

fresh
backend "$work/backend" 6002
mkdir "$work/home"
server "$work/home" of-the-stranger
chown -R $other "$work/home"
fix "$work/home" "$work/backend"
hasnt "a stranger's value" "$work/backend/.env" of-the-stranger
says "a stranger's value" "which 6001 can change"
backend "$work/backend"
fix "$work/home" "$work/backend"
has 'his own value in his own file' "$work/backend/.env" of-the-stranger
chown -R 0:0 "$work/home"
chmod 777 "$work/home"
backend "$work/backend" 6002
fix "$work/home" "$work/backend"
hasnt 'a value from a folder that is open to all' "$work/backend/.env" of-the-stranger

### includes and links

fresh
mkdir -p "$work/repo" "$work/outside"
printf '[general]\nenabled = yes\n#include "../outside/users.inc"\n' > "$work/repo/ari.conf"
printf '[client]\ntype = user\npasword = word-of-12\n' > "$work/outside/users.inc"
cp "$work/outside/users.inc" "$scratch/kept"
for folder in "$work/repo" "$work/repo/" .; do
	cd "$work/repo" || exit
	fix --unsafe-fixes "$folder"
	check "an include with .. below $folder is changed" cmp "$scratch/kept" "$work/outside/users.inc"
done
sed -i "s,\"../,\"$work/repo/../," "$work/repo/ari.conf"
fix --unsafe-fixes "$work/repo"
check 'an include with .. behind the folder is changed' cmp "$scratch/kept" "$work/outside/users.inc"
ln -s ../outside/users.inc "$work/repo/users.inc"
sed -i 's,^#include.*,#include "users.inc",' "$work/repo/ari.conf"
fix --unsafe-fixes "$work/repo"
check 'an include by a link that leads out is changed' cmp "$scratch/kept" "$work/outside/users.inc"
cd "$work" || exit

fresh
server "$work/etc" word-of-12345
backend "$work/outside" 0
backend "$work/repo" 0
rm "$work/repo/.env" && ln -s ../outside/.env "$work/repo/.env"
cp "$work/outside/.env" "$scratch/kept"
fix "$work/etc" "$work/repo"
check 'a link that leads out of the folder is changed' cmp "$scratch/kept" "$work/outside/.env"
fix "$work/etc" "$work/repo/.env"
has 'the link itself, named' "$work/outside/.env" word-of-12345

for kind in fifo device socket; do
	fresh
	mkdir "$work/etc"
	case $kind in
	fifo) mkfifo "$work/etc/odd" ;;
	device) mknod "$work/etc/odd" c 1 5 ;;
	socket) python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$work/etc/odd" ;;
	esac
	printf '[general]\nenabled = yes\n#tryinclude "odd"\n' > "$work/etc/ari.conf"
	ln -s odd "$work/etc/http.conf"
	status=0
	strace -f -qq -e trace=open,openat -o "$scratch/trace" timeout 20 "$arilint" --isolated "$work/etc" > "$scratch/out" 2>&1 || status=$?
	check "$kind: exit status $status" test "$status" = 3
	check "$kind: it is opened" bash -c '! grep -E "(odd|http.conf)\"" "$0" | grep -vE "O_PATH| = -1" | grep -q .' "$scratch/trace"
done
mkfifo "$work/log"
status=0
timeout 20 "$arilint" diagnose --isolated --with "$work" "$work/log" > "$scratch/out" 2>&1 || status=$?
check "diagnose of a FIFO to which nobody writes: exit status $status" test "$status" = 3
status=0
(sleep 1; echo 'res_ari.c: 401 Unauthorized') > "$work/log" &
timeout 20 "$arilint" diagnose --isolated --with "$work" "$work/log" > "$scratch/out" 2>&1 || status=$?
wait
check "diagnose of a FIFO to which somebody writes: exit status $status: $(cat "$scratch/out")" grep -q '1 line' "$scratch/out"
status=0
timeout 20 "$arilint" diagnose --isolated --with "$work" /dev/zero > "$scratch/out" 2>&1 || status=$?
check "diagnose of a device: exit status $status" test "$status" = 3

### an include is opened as the owner of what includes it could

# What he may read by modes and lists, the system can still refuse him: his part of the run shows his rights.
fresh
mkdir -p "$work/etc/parts"
printf '[general]\nenabled = yes\n#include "parts/clients.inc"\n' > "$work/etc/ari.conf"
printf '[client]\ntype = user\npassword = word-of-12345\n' > "$work/etc/parts/clients.inc"
chown -R $other:$other "$work/etc"
for from in / "$work"; do
	cd "$from" || exit
	strace -f -qq -e trace=openat,setfsuid,setgroups -o "$scratch/trace" "$arilint" --isolated "$work/etc" > "$scratch/out" 2>&1
	grep -oE 'setfsuid\([0-9]+\)|setgroups\([0-9]+, \[[^]]*\]\)|clients.inc' "$scratch/trace" | tr '\n' ' ' > "$scratch/order"
	check "an include is opened as its owner: $(cat "$scratch/order")" \
		grep -qE "setgroups\(1, \[[0-9]+\]\) setfsuid\($other\) clients.inc setfsuid\(0\) setgroups" "$scratch/order"
done
chmod 700 "$scratch"
(cd "$scratch" && run "$arilint" --isolated work/etc; cp "$scratch/out" "$scratch/relative")
chmod 755 "$scratch"
check "from a folder that he may not enter: $(cat "$scratch/relative")" grep -q "can't be judged: work/etc/ari.conf includes" "$scratch/relative"
fresh
printf '[general]\nenabled = yes\n#include "clients.inc"\n' > "$work/ari.conf"
printf '[client]\ntype = user\npassword = word-of-12345\n' > "$work/clients.inc"
strace -f -qq -e trace=setfsuid -o "$scratch/trace" "$arilint" --isolated "$work" > "$scratch/out" 2>&1
check "root's own files are read as root" test ! -s "$scratch/trace"

### descriptors, cores, outputs

fresh
server "$work/etc" word-of-12345
backend "$work/backend" 0
for closed in '0<&-' '1>&-' '2>&-' '0<&- 1>&-' '0<&- 1>&- 2>&-' '1>&- 2>&-'; do
	backend "$work/backend" 0
	status=0
	eval '"$arilint" --fix --isolated --state-dir "$state" "$work" '"$closed" > /dev/null 2>&1 || status=$?
	[[ $closed != *1* ]] || { bash -c 'exec '"$closed"'; "$0" --fix --isolated --state-dir "$1" "$2"' "$arilint" "$state" "$work"; status=$?; }
	has "without $closed it is fixed" "$work/backend/.env" word-of-12345
	check "without $closed the lock holds more than a number: $(cat "$state/lock")" grep -qxE '[0-9]+' "$state/lock"
	check "without $closed no copy holds what was said" bash -c '! grep -rqE "^(changed|arilint:|fixed) " "$0"' "$state"
	[[ $closed != *1* ]] || check "without $closed: exit status $status" test "$status" = 8
done
backend "$work/backend" 0
status=0
"$arilint" --fix --isolated --state-dir "$state" "$work" > /dev/full 2> "$scratch/err" || status=$?
check "a full output: exit status $status" test "$status" = 8
has 'a full output: what is changed is said' "$scratch/err" 'this file is changed'
backend "$work/backend" 0
{ sleep 0.3; "$arilint" --fix --isolated --state-dir "$state" "$work" 2> "$scratch/err"; echo $? > "$scratch/status"; } | true
check "an output that is closed: exit status $(cat "$scratch/status")" grep -qx 8 "$scratch/status"
has 'an output that is closed' "$work/backend/.env" word-of-12345
for verb in rule config 'rule ari/password-drift' 'dump --readers' --help 'schema rules' test; do
	status=0
	"$arilint" $verb --isolated > /dev/full 2> "$scratch/err" || "$arilint" $verb > /dev/full 2> "$scratch/err" || status=$?
	check "a full output of $verb: exit status $status" test "$status" = 8
done

mkdir "$work/cores"
cd "$work/cores" || exit
mkfifo feed
(exec 9<> feed; ulimit -c unlimited; "$arilint" diagnose --isolated --with "$work/etc" - < feed > /dev/null 2>&1 & echo $! > pid; sleep 0.5
	cat "/proc/$(cat pid)/status" > "$scratch/status"; stat -c %u "/proc/$(cat pid)/mem" > "$scratch/mem"
	kill -SEGV "$(cat pid)"; wait "$(cat pid)" 2> /dev/null)
check 'a core is left' bash -c '! find "$0" /var/lib/systemd/coredump -name "*core*" -newer "$1" -size +1k 2> /dev/null | grep -q .' "$work/cores" "$scratch/status"
chmod 777 "$work/cores"
cp "$arilint" "$scratch/program" && chmod 755 "$scratch/program"
(exec 9<> feed; chmod 666 feed; "${as_other[@]}" "$scratch/program" diagnose --isolated --with /dev/null - < feed > /dev/null 2>&1 & echo $! > pid; sleep 0.5
	"${as_other[@]}" cat "/proc/$(cat pid)/environ" > "$scratch/environ" 2> /dev/null; kill "$(cat pid)"; wait "$(cat pid)" 2> /dev/null)
check "a user's other programs can look into it" test ! -s "$scratch/environ"
cd / || exit

### configurations

configure() { # FOLDER
	mkdir -p "$1"
	{ echo 'arilint: 1'; cat; } > "$1/.arilint.yaml"
}

in_folder() { # FOLDER WORD...
	cd "$1" || exit
	shift
	run "$arilint" "$@"
	cd / || exit
}

# A clone that root has made: all in it belongs to root.
fresh
server "$work/etc" word-of-12345
backend "$work/live" 0
cp "$work/live/.env" "$scratch/kept"
mkdir -p "$work/clone/.git"
for path in "$work/live/.env" ../live/.env link/.env; do
	rm -f "$work/clone/link" && ln -s ../live "$work/clone/link"
	server "$work/clone" word-of-12345
	configure "$work/clone" <<< "groups: {g: {files: {ari: ari.conf, env: $path}}}"
	in_folder "$work/clone" --fix --state-dir "$state"
	check "a group of $path: exit status $status" test "$status" = 2
	check "a group of $path: it is changed" cmp "$scratch/kept" "$work/live/.env"
	says "a group of $path" 'leads out of'
done
printf 'secret-line: of-root-alone\n' > "$work/secret.yaml"
for pack in "$work/secret.yaml" ../secret.yaml pack.yaml uz; do
	rm -rf "$work/clone" && mkdir -p "$work/clone/.git" "$work/clone/uz"
	case $pack in
	pack.yaml) ln -s ../secret.yaml "$work/clone/pack.yaml" ;;
	uz) printf 'arilint: 1\npack: app\n' > "$work/clone/app.yaml" && ln -s ../../secret.yaml "$work/clone/uz/app.yaml" ;;
	esac
	configure "$work/clone" <<< "packs: [${pack/#uz/app.yaml}]"
	in_folder "$work/clone" --select none .
	check "the pack $pack: exit status $status" test "$status" = 2
	silent "the pack $pack" of-root-alone
done
rm -rf "$work/clone" && mkdir -p "$work/clone/.git"
ln -s ../secret.yaml "$work/clone/.arilint.yaml"
in_folder "$work/clone" config
check "a configuration that is a link: exit status $status" test "$status" = 2
silent 'a configuration that is a link' of-root-alone

# What a repository says is about its own files.
rm -rf "$work/clone" && backend "$work/clone" 0 && mkdir "$work/clone/.git"
cat > "$work/clone/app.yaml" << 'END'
arilint: 1
pack: app
use: common
roles: {open: {readers: asterisk, files: [ari.conf], handler: ari}}
settings:
  word: {role: open, section: client, keys: [password]}
rules:
  - {id: show, severity: warning, title: Shows, look_at: {each: key, in: env}, message: 'the word is {word}'}
  - {id: all, severity: warning, title: Shows, look_at: {each: key, in: open}, message: 'here is {value}'}
  - id: change
    severity: warning
    title: Changes
    look_at: {each: key, in: ari, where: {key: {is: enabled}}}
    expect: {value: {is: no}}
    message: wrong
    fix: {safety: safe, title: no, do: {set: {place: value, to: 'no'}}}
END
configure "$work/clone" <<< "$(printf 'packs: [app.yaml]\nauthority: env\nfail_on: never\nrules: {"*": ignore, "app/*": warning}\nexclude: ["%s/**", "*.conf"]\nreaders: {"%s/*": [dotenv]}' "$work/etc" "$work/etc")"
server "$work/etc" word-of-12345
printf '[general]\nenabled = yes\n' >> "$work/etc/ari.conf"
cp "$work/etc/ari.conf" "$scratch/kept"
in_folder "$work/clone" --format concise "$work/etc" .
says "a repository's rules silence nothing elsewhere" 'ari/repeated-general'
check "a repository's fail_on is not for others' files: exit status $status" test "$status" = 1
silent "a repository's pack is shown no other file" word-of-12345
check "a repository's pack judges no other file: $(cat "$scratch/out")" bash -c '! grep "etc/ari.conf" "$0" | grep -q "\[app/"' "$scratch/out"
in_folder "$work/clone" --fix --state-dir "$state" --select app/change "$work/etc" .
check "a repository's pack changes no other file" cmp "$scratch/kept" "$work/etc/ari.conf"

# Whose word it is.
fresh
repository() { # NAME EXPECTED COMMAND
	rm -rf "$work/repo" && mkdir -p "$work/repo/.git"
	configure "$work/repo" <<< 'language: uz'
	(cd "$work/repo" && eval "$3")
	in_folder "$work/repo" config
	check "$1: exit status $status: $(cat "$scratch/err")" test "$status" = "$2"
}
repository "root's own" 0 true
repository 'written by all' 2 'chmod 666 .arilint.yaml'
repository 'in a folder of all' 2 'chmod 777 .'
repository "another's" 2 "chown $other .arilint.yaml"
repository "in another's folder" 2 "chown $other ."
rm -rf "$work/repo" && mkdir "$work/repo" && configure "$work/repo" <<< 'language: uz' && chown -R $other "$work/repo"
export SUDO_UID=$other
in_folder "$work/repo" config
check "that of sudo's caller: exit status $status" test "$status" = 2
unset SUDO_UID
mkdir -m 1777 "$work/shared" && chmod 1777 "$work/shared"
"${as_other[@]}" mkdir "$work/shared/.git"
"${as_other[@]}" bash -c 'echo "arilint: 2" > "$0/.arilint.yaml"' "$work/shared"
mkdir "$work/shared/mine"
server "$work/shared/mine" word-of-12345
in_folder "$work/shared/mine" --select none .
check "below a stranger's .git: exit status $status: $(cat "$scratch/err")" test "$status" = 0
in_folder "$work/shared/mine" config
hasnt "below a stranger's .git" "$scratch/out" '../.arilint'

### the state folder

# A manifest that another user wrote, of a run that changed /WORK/passwd.
forge() { # FOLDER
	mkdir -p "$1"
	printf 'arilint 1\t20261123T103100.000000Z-1\tkeep\t\t%032d\n' 0 > "$1/manifest"
	printf 'file\t%s\t.arilint-x\t\t04755\t%d\t%d\t0600\t0\t0\t4\t0000000000000000\t4\t0000000000000000\tx\nend\t1\n' \
		"$work/passwd" $other $other >> "$1/manifest"
	printf 'evil' > "$1/0"
}
for place in journal-publish journal-done undo/20261123T103100.000000Z-1; do
	for owned in folder manifest copy mode above; do
		fresh
		echo root > "$work/passwd"
		mkdir -m 700 "$state"
		forge "$state/$place"
		chmod -R go-rwx "$state"
		case $owned in
		folder) chown $other "$state/$place" ;;
		manifest) chown $other "$state/$place/manifest" ;;
		copy) chown $other "$state/$place/0" ;;
		mode) chmod 666 "$state/$place/manifest" ;;
		above) [[ $place == undo/* ]] && chmod 777 "$state/undo" || chmod 777 "$state/$place" ;;
		esac
		cp -a "$state" "$scratch/before" && stat -c '%a %u' "$work/passwd" > "$scratch/kept"
		run "$arilint" recover --state-dir "$state"
		run "$arilint" undo --force --state-dir "$state"
		check "$place, the $owned of another: obeyed" grep -qx root "$work/passwd"
		check "$place, the $owned of another: owner or mode changed" bash -c 'stat -c "%a %u" "$0" | cmp -s - "$1"' "$work/passwd" "$scratch/kept"
		says "$place, the $owned of another" 'is not obeyed|others may write'
		rm -rf "$scratch/before"
	done
done
fresh
mkdir "$work/his" && mkdir -m 700 "$work/his/state" && chown $other "$work/his"
server "$work/etc" word-of-12345
backend "$work/backend" 0
run "$arilint" --fix --isolated --state-dir "$work/his/state" "$work"
check "a state folder in another's folder: exit status $status" test "$status" = 4

### handlers

if unshare -m true 2> /dev/null; then
	for folder in "$work/his" "$work/open" "$work/link" "$work/acl" "$work/his/own" /tmp "$work/fine"; do
		fresh
		server "$work/etc" word-of-12345
		printf '[general]\npretty = yes\n' >> "$work/etc/ari.conf"
		mkdir "$work/his" "$work/open" "$work/fine" "$work/acl" && chmod 777 "$work/open" && chown $other "$work/his"
		mkdir "$work/his/own" && ln -s his "$work/link"
		setfacl -m "u:$other:rwx" "$work/acl" 2> /dev/null || chmod 777 "$work/acl"
		cat > "$scratch/handlers.yaml" <<- END
			arilint: 1
			handlers:
			  ari: {run: [/bin/sh, -c, ':'], folder: $folder}
			  http: {run: [/bin/true]}
			  backend: {run: [/bin/true]}
		END
		run unshare -m bash -c 'mount -t tmpfs none /etc/arilint 2> /dev/null || { mkdir -p /etc/arilint && mount -t tmpfs none /etc/arilint; }
			chmod 755 /etc/arilint && mkdir -m 755 /etc/arilint/handlers.d && install -m 644 "$0" /etc/arilint/handlers.d/a.yaml && shift 0
			env -u CI -u PRE_COMMIT "$@"' "$scratch/handlers.yaml" "$arilint" --fix --run-handlers --isolated --state-dir "$state" "$work/etc"
		if [ "$folder" = "$work/fine" ]; then
			check "a handler in $folder: exit status $status: $(cat "$scratch/err")" test "$status" = 0
		else
			check "a handler in $folder: exit status $status: $(cat "$scratch/err")" test "$status" = 4
			says "a handler in $folder" 'its folder .* is not safe'
		fi
	done
fi

### verify

cat > "$scratch/listen.py" << 'END'
import os, socket, sys
family = socket.AF_INET6 if ":" in sys.argv[2] else socket.AF_INET
listening = socket.socket(family)
os.setuid(int(sys.argv[1]))
listening = socket.socket(family)
listening.bind((sys.argv[2], int(sys.argv[3])))
listening.listen()
print(listening.getsockname()[1], flush=True)
with open(sys.argv[4], "ab", 0) as heard:
    while True:
        connection, _ = listening.accept()
        heard.write(connection.recv(65536))
        connection.sendall(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        connection.close()
END
cp "$arilint" "${arilint}-verify" "$scratch/" 2> /dev/null
listens() { # NAME USER ADDRESS HOST PASSWORD-GOES
	local port
	: > "$scratch/heard" && chmod 666 "$scratch/heard"
	python3 "$scratch/listen.py" "$2" "$3" 0 "$scratch/heard" > "$scratch/port" &
	soon test -s "$scratch/port"
	port=$(cat "$scratch/port")
	backend "$work/backend" 0
	sed -i "s,localhost:8088,$4:$port," "$work/backend/.env"
	run "$arilint" verify --isolated --timeout 5 "$work/backend"
	kill %% && wait %% 2> /dev/null
	check "$1: exit status $status" test "$status" = 6
	check "$1: nothing was asked: $(cat "$scratch/out" "$scratch/err")" grep -q 'GET /ari/asterisk/info' "$scratch/heard"
	check "$1: the password is sent ($5 is right)" bash -c '[ "$(grep -qi "^authorization" "$0" && echo yes || echo no)" = "$1" ]' \
		"$scratch/heard" "$5"
	[ "$5" = yes ] || says "$1" "the password is not sent: it is the user $2 who listens there"
	rm "$scratch/port"
}
fresh
listens 'root, named'           0      127.0.0.1 127.0.0.1 yes
listens 'root, localhost'       0      127.0.0.1 localhost yes
listens 'another, named'        $other 127.0.0.1 127.0.0.1 no
listens 'another, localhost'    $other 127.0.0.1 localhost no
listens 'another, everywhere'   $other 0.0.0.0   127.0.0.1 no
if python3 -c 'import socket; socket.socket(socket.AF_INET6).bind(("::1", 0))' 2> /dev/null; then
	listens 'another, on IPv6'      $other ::1 '[::1]' no
	listens 'another, on all of IPv6' $other :: 127.0.0.1 no
fi
backend "$work/backend" 0
sed -i "s,localhost:8088,127.0.0.1:1," "$work/backend/.env"
run "$arilint" verify --isolated --timeout 5 "$work/backend"
says 'nobody listens' 'failed .*refused|nothing listens|listens'

finish
