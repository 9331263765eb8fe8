#!/usr/bin/env bash
# `arilint verify` against servers with scripted answers: every answer becomes its cause, no secret goes where it does not
# belong, and nothing a server does holds it up.
. "$(dirname "$0")/harness.sh"

cd "$scratch" || exit
chmod 755 "$scratch"
password='S3cret&"<x>/%41+ü'
encoded=$(printf 'backend:%s' "$password" | base64 -w 0)
mkdir -p app etc/asterisk
printf '[general]\nenabled = yes\n[backend]\ntype = user\npassword = another-one-47\n' > etc/asterisk/ari.conf
printf '[general]\nenabled = yes\nbindaddr = 127.0.0.1\n' > etc/asterisk/http.conf

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
	-addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' -keyout key.pem -out certificate.pem 2> /dev/null
cat key.pem certificate.pem > both.pem
"$repository/tests/verify/server.py" both.pem requests > ports &
server=$!
trap 'kill $server; chmod -R u+rwX "$scratch"; rm -rf "$scratch"' EXIT
soon grep -qs '^$' ports

port() { awk -v name="$1" '$1 == name { print $2 }' ports; }

env_file() { # FOLDER URL [LINE...]
	mkdir -p "$1"
	printf 'ARI_URL=%s\nARI_USER=backend\n' "$2" > "$1/.env"
	printf "ARI_PASSWORD='%s'\n" "$password" >> "$1/.env"
	printf '%s\n' "${@:3}" >> "$1/.env"
}

no_secret() { # NAME FILE...
	local name=$1 form
	shift
	for form in "$password" "$encoded" "${encoded%%=*}" 'S3cret' '%26%22%3Cx' '&amp;&quot;&lt;x'; do
		check "$name: a secret shows" bash -c '! grep -qF -- "$1" "${@:2}"' - "$form" "$@"
	done
}

# NAME OF A SERVER, EXIT STATUS, OUTCOME, WORDS of its cause (empty: none)
answers() {
	local name=$1 wanted=$2 outcome=$3 words=$4
	shift 4
	env_file app "http://127.0.0.1:$(port "$name")/ari"
	run "$arilint" verify --timeout 60 "$@" app
	check "$name: exit status $status, not $wanted: $(cat err)" test "$status" = "$wanted"
	check "$name: not '$outcome': $(cat out)" grep -qF -- ": $outcome" out
	check "$name: not '$words': $(cat out)" grep -qF -- "$words" out
	no_secret "$name" out err
}

# What takes its time does so while the rest goes on.
slow='silent drip not-http short-bytes closed'
for name in $slow; do
	case $name in silent | drip) seconds=1 ;; *) seconds=60 ;; esac
	env_file "slow/$name" "http://127.0.0.1:$(port "$name")/ari"
	{ timeout 600 "$arilint" verify --timeout "$seconds" "slow/$name" > "slow/$name/out" 2>&1; echo $? > "slow/$name/status"; } &
done

answers sound 0 200 'ARI answers and takes the password'
answers incomplete 6 200 'it lacks config, status'
answers not-json 6 200 'it lacks build'
answers deep-json 6 200 'it lacks build'
answers html 6 200 "is not Asterisk but 'nginx'"
answers 401 6 '401 "Authentication required"' 'does not accept the user backend'
answers other-realm 6 401 "is not Asterisk but 'lighttpd'"
answers no-realm 6 401 'does not accept the user backend'
answers 403 6 403 'denies access'
answers 404 6 404 'ARI is off, not loaded, or below another path'
answers 404-other 6 404 "is not Asterisk but 'nginx'"
answers 405 6 405 'a slash at the end of the address'
answers 400 6 400 'app is missing'
answers 503 6 503 'a fault of its own: shutting down'
answers redirect 6 302 'go to http://127.0.0.1:1/steal; arilint does not follow'
answers endless-header 6 too-large 'no HTTP server'
answers endless-line 6 too-large 'no HTTP server'
answers endless-100 6 too-large 'no HTTP server'
answers huge-body 6 200 'it lacks build'
answers echo 6 500 '<secret:'
answers bad-accept 6 bad-accept 'no WebSocket server'
answers no-close 6 no-close 'does not close it'
answers events-first 0 101 'a WebSocket opens and closes'
answers endless-frame 6 no-close 'does not close it'
answers refused 6 refused 'nothing listens on 127.0.0.1'
answers tls 6 tls-port 'speaks TLS, but the address says http'

# Whose realm it is, ari.conf knows.
answers other-realm 6 401 "with the realm 'Router' turns the password away; the one of ari.conf has 'Asterisk REST" etc
answers 401 6 401 'found: error[ari/password-drift] app/.env:3:' etc
# address NAME URL STATUS WORDS [ARGUMENT...]: other ways to write the address.
address() {
	env_file app "$2"
	run "$arilint" verify --timeout 60 "${@:5}" app
	check "$1: exit status $status, not $3: $(cat out err)" test "$status" = "$3"
	check "$1: not '$4': $(cat out err)" grep -qF -- "$4" out
}

sound=$(port sound)
tls=$(port tls)
address 'a slash at its end' "http://127.0.0.1:$sound/ari/" 6 'GET /ari//asterisk/info: 405'
address 'without a path' "http://localhost:$sound" 0 'GET /ari/asterisk/info: 200'
address 'only a slash' "http://localhost:$sound/" 0 'GET /ari/asterisk/info: 200'
address 'of a WebSocket' "ws://localhost:$sound/ari/?api_key=x:y" 6 'GET /ari//asterisk/info'
address 'with somebody else in it' "http://me:word@127.0.0.1:$sound/ari" 0 "backend at http://127.0.0.1:$sound/ari"
address 'another prefix' "http://127.0.0.1:$sound/pbx" 6 'GET /pbx/ari/asterisk/info: 404'
address 'https of a plain port' "https://127.0.0.1:$sound/ari" 6 'speaks plain HTTP, but the address says https'
address 'a certificate of nobody' "https://localhost:$tls/ari" 6 "certificate is not trusted"
address 'a certificate of nobody, on loopback' "https://localhost:$tls/ari" 0 '3 passed' --insecure-loopback
address 'no URL' 'localhost:8088' 6 'not verified: the address is no URL'
address 'a line in the host' 'http://a b/ari' 6 'not verified: the address is no URL'
address 'a port of nobody' 'http://127.0.0.1:99999/ari' 6 'not verified: the port'
address 'not this machine' 'http://198.51.100.7:8088/ari' 6 'nothing was sent to 198.51.100.7: it is not this machine'
address 'nearly this machine' 'http://127.0.0.1.nip.example/ari' 6 'nothing was sent to 127.0.0.1.nip.example'
address 'this machine in disguise' 'http://2130706433/ari' 6 'nothing was sent to 2130706433'

# A call is placed with --call alone, and hung up.
: > requests
answers sound 0 200 passed
check 'a call was placed without --call' bash -c '! grep -qE "POST|DELETE" requests'
answers sound 0 204 'the call was hung up' --call PJSIP/100 '2 00&x=y'
check '--call does not say what it does' grep -q 'note: .*PJSIP/100 ring' err
check "the call is another: $(grep POST requests)" \
	grep -qE 'POST /ari/channels\?endpoint=PJSIP%2F100&extension=2%2000%26x%3Dy&timeout=5&channelId=arilint-verify-[0-9a-f]{16} ' requests
check 'another call is hung up' test "$(grep -oE 'arilint-verify-[0-9a-f]{16}' requests | sort -u | wc -l)" = 1
check 'the call is not hung up at once' bash -c 'grep -A1 "sound POST" requests | grep -q "sound DELETE"'
answers call-refused 6 500 'does not place the call from PJSIP/100: Allocation failed' --call PJSIP/100 200
run "$arilint" verify --call PJSIP/100
check "--call with one word: exit status $status" test "$status" = 2

# The backend's application is looked for, never taken.
env_file app "http://127.0.0.1:$sound/ari" ARI_APP=shop
run "$arilint" verify app
check "a connected backend: $(cat out)" grep -q "GET /ari/applications/shop: 200.*connected as 'shop'" out
check 'the WebSocket is opened under the name of the backend' bash -c '! grep -q "app=shop" requests'
env_file app "http://127.0.0.1:$(port no-backend)/ari" ARI_APP=shop
run "$arilint" verify app
check "no backend: exit status $status" test "$status" = 0
check "no backend: $(cat out)" grep -q 'no backend is connected' out

# Formats.
run "$arilint" verify --format nagios app
check "nagios, a warning: exit status $status" test "$status" = 1
check "nagios, a warning: $(cat out)" grep -qxE "ARILINT WARNING - 3 passed, 0 failed, 1 warned; application 404: .*\|info=[0-9.]+s .*" out
nagios() { # NAME STATUS URL WORDS
	env_file app "$3"
	run "$arilint" verify --format nagios --timeout 60 app
	check "nagios, $1: exit status $status" test "$status" = "$2"
	check "nagios, $1: $(cat out)" grep -qF -- "ARILINT $4" out
	check "nagios, $1: not one line" test "$(wc -l < out)" = 1
}
nagios sound 0 "http://127.0.0.1:$sound/ari" OK
nagios 401 2 "http://127.0.0.1:$(port 401)/ari" CRITICAL
nagios 'not listed' 3 http://198.51.100.7/ari UNKNOWN
run "$arilint" verify --format nagios nowhere
check "nagios, no file: exit status $status" test "$status" = 3
run "$arilint" verify --format nagios --timeout never app
check "nagios, wrong usage: exit status $status" test "$status" = 3
for name in sound 401 echo refused; do
	env_file app "http://127.0.0.1:$(port $name)/ari"
	run "$arilint" verify --format json app etc
	check "json of $name" bash -c 'jq -e ".clients[0].probes | length == 6" out > /dev/null'
	no_secret "json of $name" out err
	run "$arilint" verify --format nagios app
	no_secret "nagios of $name" out err
	run "$arilint" verify --format prometheus --output metrics app
	check "prometheus of $name" grep -qE '^arilint_verify_probe_success\{file="app/.env",key="ARI_PASSWORD",probe="info"\} [01]$' metrics
	check "prometheus of $name: on standard output" test ! -s out
	no_secret "prometheus of $name" metrics err
done
check 'the metrics can be read by others' test "$(stat -c %a metrics)" = 644
check 'something is left beside the metrics' test -z "$(find . -maxdepth 1 -name '.metrics*')"
run "$arilint" verify --format prometheus --output nowhere/metrics app
check "no folder for the metrics: exit status $status" test "$status" = 2
run "$arilint" verify --format yaml app
check "an unknown format: exit status $status" test "$status" = 2
env_file app "http://127.0.0.1:$(port 401)/ari"
run "$arilint" verify --lang ru app
check "in Russian: $(cat out)" grep -q 'Asterisk не принимает' out
run "$arilint" verify --lang uz app
check "in Uzbek: $(cat out)" grep -q 'qabul qilmaydi' out
mkdir empty
run "$arilint" verify empty
check "nothing to verify: exit status $status" test "$status" = 7
run "$arilint" verify nowhere
check "a path that does not exist: exit status $status" test "$status" = 3

# Nothing of the secret in an argument or an environment, whoever runs.
env_file app "http://127.0.0.1:$sound/ari"
run strace -f -o trace -e trace=execve,execveat -v -s 10000 "$arilint" verify app
check "under strace: exit status $status: $(tail -n 3 err)" test "$status" = 0
check "arilint-verify is run once, alone: $(grep -v ENOENT trace)" \
	test "$(grep -cE 'execveat\([0-9]+, "", \["arilint-verify"\], \[\], AT_EMPTY_PATH' trace)" = 1
no_secret strace trace
# Nobody else's program of that name is run.
mkdir -p trap alone open
printf '#!/bin/sh\ntouch %s/trapped\n' "$scratch" > trap/arilint-verify
chmod 755 trap/arilint-verify
cp "$arilint" alone/arilint
cp trap/arilint-verify arilint-verify
run env PATH="$scratch/trap:$PATH" "$scratch/alone/arilint" verify app
check "without its program: exit status $status" test "$status" = 6
check "without its program: $(cat err)" grep -q 'arilint-verify is not beside arilint' err
check 'a program from PATH was run' test ! -e trapped
cp "$(dirname "$(realpath "$arilint")")/arilint-verify" alone/
chmod 777 alone/arilint-verify
run "$scratch/alone/arilint" verify app
check "a program that others may write: exit status $status" test "$status" = 6
check "a program that others may write: $(cat err)" grep -q "can't be trusted" err
chmod 755 alone/arilint-verify alone/arilint
run "$scratch/alone/arilint" verify app
check "a program beside it: exit status $status: $(cat err)" test "$status" = 0

# Hosts that a user lists for himself; root has /etc/arilint alone.
as_nobody() {
	if [ "$(id -u)" = 0 ]; then
		run setpriv --reuid=65534 --regid=65534 --clear-groups env XDG_CONFIG_HOME="$scratch/open" "$@"
	else
		run env XDG_CONFIG_HOME="$scratch/open" "$@"
	fi
}
env_file app http://pbx.invalid:8088/ari
chmod 644 app/.env
mkdir -p open/arilint
printf '# the office\n  PBX.invalid # the exchange\n' > open/arilint/verify-hosts
run env XDG_CONFIG_HOME="$scratch/open" "$arilint" verify app
[ "$(id -u)" != 0 ] || check "root took a user's list: $(cat out)" grep -q 'not verified: nothing was sent' out
as_nobody "$scratch/alone/arilint" verify --timeout 3 app
check "a listed host is asked: $(cat out err)" grep -qE ': (no-host|timeout|unreachable)' out
chmod 666 open/arilint/verify-hosts
as_nobody "$scratch/alone/arilint" verify app
check "a list that others may write: $(cat out)" grep -q 'verify-hosts may be written to by others' out
chmod 644 open/arilint/verify-hosts
chmod 777 open
as_nobody "$scratch/alone/arilint" verify app
check "a folder that others may write: $(cat out)" grep -q 'open may be written to by others' out

wait $(jobs -p | grep -v "^$server$")
while read -r name outcome words; do
	check "$name: exit status" test "$(cat "slow/$name/status")" = 6
	check "$name: $(cat "slow/$name/out")" grep -qF -- "info: $outcome" "slow/$name/out"
	check "$name: $(cat "slow/$name/out")" grep -qF -- "$words" "slow/$name/out"
done << 'END'
silent timeout gave no whole answer in time
drip timeout gave no whole answer in time
not-http not-http no HTTP server
short-bytes not-http no HTTP server
closed closed closed the connection
END
finish
