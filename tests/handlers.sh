#!/usr/bin/env bash
# Handlers, the pending marker and --run-handlers, with programs that stand in for asterisk and pm2 and lie as those do.
# As root it runs in a mount namespace of its own, with an /etc of its own; else its handlers are those of the user.
if [ "$(id -u)" = 0 ] && [ -z "${OWN_ETC:-}" ] && unshare -m true 2> /dev/null; then
	OWN_ETC=yes exec unshare -m "$0"
fi
. "$(dirname "$0")/harness.sh"

tree=$scratch/tree state=$scratch/state bin=$scratch/bin log=$scratch/log control=$scratch/control
etc=$scratch/etc secret=n0t-to-be-seen
chmod 755 "$scratch"
mkdir -p "$bin" "$control"
if [ -n "${OWN_ETC:-}" ]; then
	mkdir -p "$etc/arilint/handlers.d"
	cp -a /etc/passwd /etc/group "$etc"
	[ ! -e /etc/localtime ] || cp -L /etc/localtime "$etc"
	[ ! -e /etc/ld.so.cache ] || cp /etc/ld.so.cache "$etc"
	[ ! -e /etc/alternatives ] || cp -a /etc/alternatives "$etc"
	[ ! -e /etc/ssl ] || cp -a /etc/ssl "$etc"
	mount --bind "$etc" /etc
	definitions=/etc/arilint/handlers.d
else
	export XDG_CONFIG_HOME=$scratch/config
	definitions=$XDG_CONFIG_HOME/arilint/handlers.d
	mkdir -p "$definitions"
	chmod 755 "$scratch/config" "$scratch/config/arilint" "$definitions"
fi

# Both do what the file of the command's name says; without one, all is well.
cat > "$bin/asterisk" << EOF
#!/bin/sh
printf 'asterisk %s\n' "\$*" >> $log
name=\$(echo "\$2" | tr ' ' '-')
[ ! -e "$control/\$name" ] || { . "$control/\$name"; exit; }
case \$2 in
'module reload '*) echo "Module '\${2##* }' reloaded successfully." ;;
'ari show status') printf 'ARI Status:\nEnabled: Yes\n' ;;
'ari show users') printf 'r/o?  Username\n----  --------\nNo    backend\n' ;;
'http show status') echo 'Server Enabled and Bound to 127.0.0.1:8088' ;;
esac
EOF
cat > "$bin/pm2" << EOF
#!/bin/sh
printf 'pm2 %s\n' "\$*" >> $log
[ ! -e "$control/pm2-\$1" ] || { . "$control/pm2-\$1"; exit; }
[ "\$1" != jlist ] || echo '[{"pid":7,"name":"app","pm2_env":{"status":"online","restart_time":3,"pm_uptime":1},"pm_id":0}]'
EOF
cat > "$bin/restart" << EOF
#!/bin/sh
echo restart >> $log
rm -f $control/module-reload-res_ari
EOF
chmod 755 "$bin"/*

define() { # the whole file on standard input
	rm -rf "${definitions:?}"/*
	cat > "$definitions/test.yaml"
	chmod 644 "$definitions/test.yaml"
}

usual() {
	define << EOF
arilint: 1
handlers:
  backend:
    after: [ari]
    run: [$bin/pm2, restart, app]
    state: {run: [$bin/pm2, jlist], pm2: app, steady: 1, within: 1}
  ari:
    after: [http]
    run: [$bin/asterisk, -rx, module reload res_ari]
    timeout: 60
    expect: reloaded successfully
    forbid: [No such module, reload failure]
    retry: {pattern: already in progress, times: 3, delay: 0}
    fallback:
      {pattern: was not properly initialized, handler: ari-restart, message: Asterisk must be started again}
    state: {run: [$bin/asterisk, -rx, ari show status], expect: 'Enabled: Yes', within: 0}
  http:
    run: [$bin/asterisk, -rx, module reload http]
    expect: reloaded successfully
EOF
}

add_restart() {
	cat >> "$definitions/test.yaml" << EOF
  ari-restart:
    run: [$bin/restart]
EOF
}

# ari.conf and .env both need a fix.
fresh() {
	rm -rf "$tree" "$state" "$log" "${control:?}"/*
	mkdir -p "$tree/etc" "$tree/backend"
	touch "$log"
	chmod 666 "$log"
	cat > "$tree/etc/ari.conf" << EOF
[general]
enabled = yes
[general]
pretty = no
[backend]
type = user
password = $secret
EOF
	cat > "$tree/etc/http.conf" << 'EOF'
[general]
enabled = yes
bindaddr = 127.0.0.1
bindport = 8088
EOF
	cat > "$tree/backend/.env" << 'EOF'
ARI_URL=http://127.0.0.1:8088
ARI_USERNAME=backend
ARI_PASSWORD=another-secret
EOF
	chmod 640 "$tree/etc/ari.conf" "$tree/backend/.env"
	usual
}

fix() { # OPTION...
	run "$arilint" --fix --isolated --lang en --fail-on error --state-dir "$state" "$@" "$tree"
	! grep -qF -e "$secret" -e another-secret "$scratch/out" "$scratch/err" || fail "a secret is shown by --fix $*"
}

load() {
	fix --run-handlers "$@"
}

pending() { # NAME EXPECTED
	local found
	found=$(cat "$state"/pending/* 2> /dev/null | sort | tr '\n' ' ')
	check "$1: pending is '$found', not '$2'" test "$found" = "$2"
}

says() { # NAME PATTERN
	check "$1: does not say '$2': $(head -c 700 "$scratch/err" "$scratch/out")" grep -qE -- "$2" "$scratch/err" "$scratch/out"
}

ends() { # NAME STATUS
	check "$1: exit status $status, not $2: $(head -c 700 "$scratch/err")" test "$status" = "$2"
}

ran() { # NAME EXPECTED: the first words of what was run, in order
	local found
	found=$(grep -vE 'show|jlist' "$log" | sed -E 's/asterisk -rx module reload /reload /; s/pm2 restart app/pm2/' | tr '\n' ' ')
	check "$1: ran '$found', not '$2'" test "$found" = "$2"
}

untouched() { # NAME
	check "$1: a file is changed" grep -q another-secret "$tree/backend/.env"
	check "$1: something is pending" test ! -e "$state/pending"
}

changed() { # NAME
	check "$1: no file is changed" bash -c '! grep -q another-secret "$0"' "$tree/backend/.env"
}

### it works

fresh
load
ends success 0
ran success 'reload res_ari pm2 '
pending success ''
says success 'state: new files, loaded$'
check 'success: the folder of markers is left' test ! -e "$state/pending"
run "$arilint" --isolated --state-dir "$state" "$tree"
check 'success: later runs still speak of it' bash -c '! grep -q "not loaded" "$0"' "$scratch/err"

fresh
load --format json
ends 'json' 0
check 'json: no handlers, state' python3 -c '
import json, sys
report = json.load(open(sys.argv[1]))
assert report["handlers"] == [{"name": "ari", "succeeded": True}, {"name": "backend", "succeeded": True}], report
assert report["state"] == "new files, loaded" and "pending" not in report' "$scratch/out"

### without --run-handlers: nothing runs, and every later run says so

fresh
fix
ends 'only --fix' 0
ran 'only --fix' ''
pending 'only --fix' 'ari backend '
says 'only --fix' 'changes of [0-9:]+ are not loaded yet: ari, backend'
run "$arilint" --isolated --state-dir "$state" "$tree"
says 'a check afterwards' 'note: changes of [0-9:]+ are not loaded yet: ari, backend'
run "$arilint" --isolated --state-dir "$state" --format json "$tree"
check 'json: no pending' python3 -c '
import json, sys
report = json.load(open(sys.argv[1]))
assert [run["handlers"] for run in report["pending"]] == [["ari", "backend"]], report' "$scratch/out"
load
ends 'what was pending' 0
ran 'what was pending' 'reload res_ari pm2 '
pending 'what was pending' ''
load
ran 'nothing is pending' 'reload res_ari pm2 '
says 'nothing is pending' 'state: files as they were, loaded'

### never in a hook or a build

for variable in CI PRE_COMMIT; do
	for value in true 1; do
		fresh
		export $variable=$value
		load
		unset $variable
		ends "$variable=$value" 2
		ran "$variable=$value" ''
		untouched "$variable=$value"
	done
done
fresh
run "$arilint" --diff --run-handlers --isolated --state-dir "$state" "$tree"
ends '--diff' 2
ran '--diff' ''
run "$arilint" --run-handlers --isolated --state-dir "$state" "$tree"
ends 'without --fix' 2
load --on-failure rollback --backup none
ends 'rollback without originals' 2
untouched 'rollback without originals'

### lies

failing() { # NAME PATTERN PENDING: with what was put into $control
	load
	ends "$1" 6
	says "$1" "$2"
	pending "$1" "$3"
	changed "$1"
	says "$1" 'state: new files, not loaded'
}

fresh
echo "echo \"No such module 'res_ari'\"" > "$control/module-reload-res_ari"
failing 'no such module' 'handler `ari` has failed: asterisk says what it must not' 'ari backend '
ran 'no such module' 'reload res_ari '
rm "$control/module-reload-res_ari"
load
ends 'no such module, then' 0
pending 'no such module, then' ''

fresh
echo "echo \"The module 'res_ari' reported a reload failure\"" > "$control/module-reload-res_ari"
failing 'a reload failure' 'says what it must not' 'ari backend '
fresh
echo 'echo nothing of note' > "$control/module-reload-res_ari"
failing 'no word of success' 'does not say what it must' 'ari backend '
fresh
echo 'echo reloaded successfully; exit 3' > "$control/module-reload-res_ari"
failing 'an exit status' 'asterisk ended with status 3' 'ari backend '
fresh
echo 'echo "Enabled: No"' > "$control/ari-show-status"
failing 'another state' 'it was run, but afterwards: asterisk does not say what it must' 'ari backend '
fresh
echo 'kill -9 $$' > "$control/module-reload-res_ari"
failing 'ended by a signal' 'ended by signal 9' 'ari backend '

fresh
echo "echo \"The module 'res_ari' was not properly initialized. Before reloading ...\"" > "$control/module-reload-res_ari"
failing 'not initialized' 'Asterisk must be started again \(no handler `ari-restart`' 'ari backend '
add_restart
load
ends 'not initialized, with a handler' 0
ran 'not initialized, with a handler' 'reload res_ari reload res_ari restart pm2 '
says 'not initialized, with a handler' 'ari: Asterisk must be started again; done by `ari-restart`'
pending 'not initialized, with a handler' ''

fresh
cat > "$control/pm2-jlist" << EOF
n=\$(cat $control/count 2> /dev/null || echo 3); n=\$((n + 5)); echo \$n > $control/count
echo '>>>> In-memory PM2 is out-of-date'
echo "[{\"name\":\"app\",\"pm2_env\":{\"status\":\"online\",\"restart_time\":\$n,\"pm_uptime\":\$n,\"P\":\"$secret\"}}]"
EOF
failing 'a crash loop' 'it does not stay up: pm2 has started it 13 times, 8 a moment before' 'backend '
fresh
echo "echo '[{\"name\":\"app\",\"pm2_env\":{\"status\":\"errored\",\"restart_time\":15}}]'" > "$control/pm2-jlist"
failing 'an errored app' "pm2 says that 'app' is errored" 'backend '
fresh
echo "echo '[]'" > "$control/pm2-jlist"
failing 'no such app' "pm2 has no app 'app'" 'backend '
fresh
echo 'echo "pm2: what?"' > "$control/pm2-jlist"
failing 'no JSON' 'did not list its apps as JSON' 'backend '

fresh
echo "sleep 300 & echo \$! > $control/child; trap '' TERM; sleep 300" > "$control/module-reload-res_ari"
sed -i 's/timeout: 60/timeout: 2/' "$definitions/test.yaml"
SECONDS=0
failing 'it hangs' 'did not end within 2 s and was stopped' 'ari backend '
check "it hangs: took $SECONDS s" test "$SECONDS" -lt 250
check 'it hangs: a child is left' bash -c '! kill -0 "$(cat "$0")" 2> /dev/null || grep -q "State:.Z" "/proc/$(cat "$0")/status"' "$control/child"

fresh
echo "yes $secret | head -c 1000000; echo; echo \"password is $secret\" >&2; exit 1" > "$control/module-reload-res_ari"
failing 'a megabyte' 'ended with status 1' 'ari backend '
check "a megabyte: prints $(wc -c < "$scratch/err") bytes" test "$(wc -c < "$scratch/err")" -lt 8000
fresh
echo "echo another-secret; echo $secret; exit 1" > "$control/module-reload-res_ari"
failing 'it prints the secret' '^  \| <secret:[0-9a-f]{4}>$' 'ari backend '
fresh
printf 'printf "\\033]0;title\\a"; exit 1\n' > "$control/module-reload-res_ari"
load
check 'it prints escapes: they reach the terminal' bash -c '! grep -q "$(printf "\033")" "$0"' "$scratch/err"

fresh
cat > "$control/module-reload-res_ari" << EOF
n=\$(cat $control/count 2> /dev/null || echo 0); echo \$((n + 1)) > $control/count
[ \$n -ge 2 ] && echo reloaded successfully || echo a reload is already in progress
EOF
load
ends retry 0
ran retry 'reload res_ari reload res_ari reload res_ari pm2 '

### definitions that are not to be trusted

refused() { # NAME STATUS PATTERN
	load
	ends "$1" "$2"
	says "$1" "$3"
	ran "$1" ''
	untouched "$1"
}

fresh
chmod 666 "$definitions/test.yaml"
refused 'others may write' 2 'may be written to by others'
fix
pending 'others may write: only --fix' 'ari backend '
fresh
chmod 664 "$definitions/test.yaml"
refused 'a group may write' 2 'may be written to by others'
fresh
chmod 777 "$definitions"
refused 'a folder that others may write to' 2 'may be written to by others'
chmod 755 "$definitions"
fresh
chmod 775 "$definitions/.."
refused 'a parent that a group may write to' 2 'may be written to by others'
chmod 755 "$definitions/.."
fresh
mv "$definitions/test.yaml" "$scratch/elsewhere.yaml"
ln -s "$scratch/elsewhere.yaml" "$definitions/test.yaml"
refused 'a link out' 2 'is a symbolic link'
fresh
mv "$definitions" "$definitions.real"
ln -s "$definitions.real" "$definitions"
refused 'a folder that is a link' 2 'symbolic links are not followed'
rm "$definitions"
mv "$definitions.real" "$definitions"
if [ -n "${OWN_ETC:-}" ]; then
	fresh
	chown nobody "$definitions/test.yaml"
	refused "another user's" 2 'belongs to nobody'
fi

fresh
define << 'EOF'
arilint: 1
handlers:
  ari: {run: [asterisk, -rx, reload], expects: ok, timeout: soon}
  http: {run: [/bin/true], expect: '(', after: [backend]}
  backend: {run: [/bin/true], after: [http], state: {run: [/bin/true]}}
EOF
refused 'faults' 2 'this must be an absolute path'
for pattern in "did you mean 'expect'" 'whole number from 1 to 3600' 'the pattern is wrong at its byte' "needs 'expect', 'forbid' or 'pm2'"; do
	says faults "$pattern"
done
fresh
sed -i 's/after: \[http\]/after: [backend]/' "$definitions/test.yaml"
refused 'a circle' 2 'wait for each other'
fresh
define << 'EOF'
arilint: 1
handlers:
  ari: {run: [/bin/true], state: {run: [/bin/true], expect: ''}}
  backend: {run: [/bin/true], after: [arii, http, ami], state: {run: [/bin/true], expect: ''}}
EOF
refused 'a misspelt handler' 2 "'backend' is to come after 'arii', which is no handler"
says 'a misspelt handler' "did you mean 'ari'?"
check 'a misspelt handler: what this machine does not define is no fault' bash -c '! grep -q "http.*no handler" "$0"' "$scratch/err"
fresh
define << 'EOF'
arilint: 1
handlers:
  arii: {run: [/bin/true], state: {run: [/bin/true], expect: ''}}
  backend: {run: [/bin/true], state: {run: [/bin/true], expect: ''}}
EOF
refused 'a handler with a misspelt name' 4 'no handler `ari` on this machine \(there is `arii`\)'
define << 'EOF'
arilint: 1
handlers:
  ari: {run: [/bin/true]}
EOF
fresh
cp "$definitions/test.yaml" "$definitions/other.yaml"
refused 'defined twice' 2 'is defined in .*other.yaml, too'

fresh
sed -i '/^  backend:/,/^  ari:/{/^  ari:/!d}' "$definitions/test.yaml"
refused 'no handler' 4 'nothing was changed: no handler `backend` on this machine; run by hand: start the backend again'
fix
ends 'no handler, only --fix' 0
pending 'no handler, only --fix' 'ari '
says 'no handler, only --fix' 'note: no handler `backend` on this machine; run by hand'

### programs that are not to be trusted

bad_program() { # NAME PATTERN PATH
	sed -i "s,$bin/pm2\, restart,$3\, restart," "$definitions/test.yaml"
	refused "$1" 4 "nothing was changed: the handler .backend. can't be run: .*$2"
}

fresh
bad_program 'a program that is not there' 'its program .*missing is not there' "$bin/missing"
cp "$bin/pm2" "$bin/other"
fresh
chmod 644 "$bin/other"
bad_program 'a program that is not executable' 'not executable' "$bin/other"
fresh
chmod 777 "$bin/other"
bad_program 'a program that others may write to' 'may be written to by others' "$bin/other"
chmod 755 "$bin/other"
fresh
mkdir -p "$scratch/open"
chmod 777 "$scratch/open"
cp "$bin/pm2" "$scratch/open/pm2"
bad_program 'a program in an open folder' 'is not safe: .*open may be written to' "$scratch/open/pm2"
fresh
ln -sf "$scratch/open/pm2" "$bin/link"
bad_program 'a link to one' 'is not safe' "$bin/link"
fresh
sed -i 's/^  backend:/&\n    user: no-such-user/' "$definitions/test.yaml"
refused 'no such user' 4 "there is no user 'no-such-user'"

### what a handler gets

fresh
cat > "$control/module-reload-res_ari" << EOF
env | sort > $control/environment
id -u > $control/user; id -G >> $control/user
readlink /proc/self/fd/0 > $control/input; pwd > $control/folder; ls /proc/self/fd | wc -l >> $control/input
ps -o pgid= -p \$\$ > $control/group 2> /dev/null
echo "Module 'res_ari' reloaded successfully."
EOF
chmod 777 "$control"
SECRET_OF_OURS=$secret load
ends 'what it gets' 0
check 'its environment holds more' test "$(cut -d= -f1 "$control/environment" | grep -vE '^(HOME|LANG|LOGNAME|PATH|USER|PWD|OLDPWD|SHLVL|_)$')" = ''
check 'its standard input is not /dev/null' grep -qx /dev/null "$control/input"
check 'its folder is not the root' grep -qx / "$control/folder"
if [ -n "${OWN_ETC:-}" ]; then
	cp "$control/module-reload-res_ari" "$scratch/kept"
	fresh
	cp "$scratch/kept" "$control/module-reload-res_ari"
	sed -i 's/^  ari:/&\n    user: nobody\n    folder: \/tmp/' "$definitions/test.yaml"
	load
	ends 'another user' 0
	check "another user: it is $(tr '\n' ' ' < "$control/user")" test "$(tr '\n' ' ' < "$control/user")" = "$(id -u nobody) $(id -G nobody) "
	check 'another user: its folder' grep -qx /tmp "$control/folder"
	check 'another user: its home' grep -qx "HOME=$(awk -F: '$1 == "nobody" { print $6 }' /etc/passwd)" "$control/environment"
fi
if command -v strace > /dev/null; then
	fresh
	run strace -f -qq -e trace=execve -v -s 10000 -o "$scratch/trace" "$arilint" --fix --run-handlers --isolated --state-dir "$state" "$tree"
	ends 'traced' 0
	check 'traced: the handlers were run' grep -q 'module reload res_ari' "$scratch/trace"
	check 'a secret is in an argv or an environment' bash -c '! grep -qE "$0|another-secret" "$1"' "$secret" "$scratch/trace"
fi

### killed

fresh
echo 'kill -9 $PPID; sleep 1' > "$control/module-reload-res_ari"
load
ends 'killed in the first handler' 137
changed 'killed in the first handler'
pending 'killed in the first handler' 'ari backend '
rm "$control/module-reload-res_ari"
: > "$log"
load
ends 'killed in the first handler, then' 0
ran 'killed in the first handler, then' 'reload res_ari pm2 '
fresh
echo 'kill -9 $PPID; sleep 1' > "$control/pm2-restart"
load
pending 'killed between two handlers' 'backend '
rm "$control/pm2-restart"
: > "$log"
load
ends 'killed between two handlers, then' 0
ran 'killed between two handlers, then' 'pm2 '
pending 'killed between two handlers, then' ''
fresh
echo "kill -TERM \$PPID; sleep 300" > "$control/module-reload-res_ari"
load
ends 'told to end' 143
pending 'told to end' 'ari backend '
says 'told to end' 'a signal stopped it'

# A kill at each rename and each exchange: new files are never without their marker, and a recovery keeps it so.
if command -v strace > /dev/null; then
	for call in renameat renameat2 mkdirat unlinkat; do
		for time in 1 2 3 4 5 6; do
			fresh
			run strace -f -qq -o /dev/null -e trace=$call -e inject=$call:signal=KILL:when=$time \
				"$arilint" --fix --isolated --state-dir "$state" "$tree"
			[ "$status" = 137 ] || continue
			if ! grep -q another-secret "$tree/backend/.env" || [ "$(grep -c general "$tree/etc/ari.conf")" = 1 ]; then
				pending "killed at $call $time" 'ari backend '
			fi
			run "$arilint" recover --state-dir "$state"
			ends "recovered after $call $time" 0
			if grep -q another-secret "$tree/backend/.env"; then
				pending "put back after $call $time" ''
			else
				pending "finished after $call $time" 'ari backend '
			fi
		done
	done
fi

### undo needs them again

fresh
load
run "$arilint" undo --state-dir "$state"
ends undo 0
pending undo 'ari backend '
says undo 'changes of [0-9:]+ are not loaded yet: ari, backend'
fresh
fix
run "$arilint" undo --state-dir "$state"
pending 'undo of what was not loaded' 'ari backend '
check 'undo of what was not loaded: two markers' test "$(find "$state/pending" -type f | wc -l)" = 1
fresh
load
: > "$log"
run "$arilint" undo --run-handlers --state-dir "$state"
ends 'undo --run-handlers' 0
ran 'undo --run-handlers' 'reload res_ari pm2 '
says 'undo --run-handlers' 'state: old files, loaded'
pending 'undo --run-handlers' ''
fresh
load
echo "echo another-secret $secret; exit 1" > "$control/module-reload-res_ari"
run "$arilint" undo --run-handlers --state-dir "$state"
ends 'undo, and a handler fails' 6
says 'undo, and a handler fails' 'state: old files, not loaded'
check 'undo, and a handler fails: a secret is shown' bash -c '! grep -qE "$0|another-secret" "$1"' "$secret" "$scratch/err"
fresh
load
CI=true run "$arilint" undo --run-handlers --state-dir "$state"
ends 'undo --run-handlers in a build' 2

### the way back

fresh
echo "echo '[{\"name\":\"app\",\"pm2_env\":{\"status\":\"errored\"}}]'; [ ! -e $control/again ] || echo '[{\"name\":\"app\",\"pm2_env\":{\"status\":\"online\",\"restart_time\":1}}]'; touch $control/tried" > "$control/pm2-jlist"
echo "[ ! -e $control/tried ] || touch $control/again" > "$control/pm2-restart"
load --on-failure rollback
ends rollback 6
untouched rollback
says rollback 'state: old files, loaded'
ran rollback 'reload res_ari pm2 reload res_ari pm2 '
fresh
echo 'exit 1' > "$control/pm2-restart"
load --on-failure rollback
ends 'rollback that fails' 6
says 'rollback that fails' 'state: old files, not loaded'
pending 'rollback that fails' 'backend '
check 'rollback that fails: files' grep -q another-secret "$tree/backend/.env"
fresh
echo 'exit 1' > "$control/pm2-restart"
load --on-failure keep
ends keep 6
changed keep

### the verification

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout "$scratch/key.pem" \
	-out "$scratch/certificate.pem" 2> /dev/null
cat "$scratch/key.pem" "$scratch/certificate.pem" > "$scratch/both.pem"
"$repository/tests/verify/server.py" "$scratch/both.pem" "$scratch/requests" > "$scratch/ports" &
server=$!
trap 'kill $server 2> /dev/null; chmod -R u+rwX "$scratch"; rm -rf "$scratch"' EXIT
soon grep -qs '^$' "$scratch/ports"

answered_by() { # NAME OF A SERVER
	local port
	port=$(awk -v name="$1" '$1 == name { print $2 }' "$scratch/ports")
	fresh
	sed -i "s/8088/$port/" "$tree/etc/http.conf" "$tree/backend/.env"
}

answered_by sound
load --verify
ends verified 0
says verified 'passed +GET /ari/asterisk/info'
says verified 'state: new files, loaded, verified$'
answered_by sound
load --verify --format json
check 'json: no verification' python3 -c '
import json, sys
report = json.load(open(sys.argv[1]))
assert report["handlers"][-1] == {"name": "verify", "succeeded": True}, report
assert report["state"] == "new files, loaded, verified", report' "$scratch/out"
answered_by 401
load --verify
ends 'a server that says 401' 6
says 'a server that says 401' 'the verification has failed'
says 'a server that says 401' 'state: new files, loaded, not verified'
pending 'a server that says 401' ''
answered_by 401
load --verify --on-failure rollback
ends 'a server that says 401, rollback' 6
untouched 'a server that says 401, rollback'
ran 'a server that says 401, rollback' 'reload res_ari pm2 reload res_ari pm2 '
says 'a server that says 401, rollback' 'state: old files, loaded, not verified'
answered_by sound
echo 'exit 1' > "$control/pm2-restart"
load --verify
ends 'a handler fails before the verification' 6
says 'a handler fails before the verification' 'state: new files, not loaded, not verified'
fix --verify
ends '--verify alone' 2

### a fault in the way of the marker stops the change

fresh
mkdir -p "$state" && chmod 700 "$state" && touch "$state/pending"
fix
ends 'no room for the marker' 4
check 'no room for the marker: a file is changed' grep -q another-secret "$tree/backend/.env"

### config --init

if [ -n "${OWN_ETC:-}" ]; then
	rm -rf /etc/arilint
	mkdir -p /etc/systemd/system "$scratch/app"
	printf '[Service]\nEnvironmentFile=/srv/app/.env\nExecStart=/usr/bin/node x\n' > /etc/systemd/system/our-backend.service
	run "$arilint" config --init
	ends '--init' 0
	for file in "$definitions"/*.yaml; do
		[ ! -e "$file" ] || check "--init: $file" test "$(stat -c '%U %a' "$file")" = 'root 644'
	done
	snapshot /etc/arilint > "$scratch/before" 2> /dev/null
	run "$arilint" config --init
	snapshot /etc/arilint > "$scratch/after" 2> /dev/null
	check '--init twice changes something' diff "$scratch/before" "$scratch/after"
fi

### the examples are right

for file in "$repository"/src/integrations/handlers/*.yaml; do
	fresh
	rm -rf "${definitions:?}"
	mkdir -p "$definitions"
	cp "$file" "$definitions/test.yaml"
	chmod 755 "$definitions" "$definitions/.."
	chmod 644 "$definitions/test.yaml"
	load
	ends "${file##*/} (its programs are not here)" 4
done
finish
