#!/usr/bin/env bash
# The command line: exit statuses, what is said, and inputs that are no configuration files.
. "$(dirname "$0")/harness.sh"

mkdir "$scratch/work"
cd "$scratch/work" || exit
chmod 755 "$scratch" .
install -m 755 "$arilint" "$scratch/arilint"
cp -r "$repository/fixtures/call-center/fixed" good
cp -r "$repository/fixtures/call-center/broken" bad
ari=$(find good -name ari.conf)
env=good/backend/.env

# EXPECTED-STATUS MUST-APPEAR MUST-NOT-APPEAR WORD...: `-` stands for nothing; both streams are searched.
try() {
	local expected=$1 must=$2 must_not=$3 name
	shift 3
	name="arilint $*"
	run "${as[@]}" "$scratch/arilint" "$@" < /dev/null
	said "$expected" "$must" "$must_not" "$name"
}

said() { # EXPECTED-STATUS MUST-APPEAR MUST-NOT-APPEAR NAME
	check "$4: exit status $status, not $1: $(head -c 300 "$scratch/err")" test "$status" = "$1"
	[ "$2" = - ] || check "$4: does not say '$2'" grep -qF -- "$2" "$scratch/out" "$scratch/err"
	[ "$3" = - ] || check "$4: says '$3'" bash -c '! grep -qF -- "$0" "$@"' "$3" "$scratch/out" "$scratch/err"
}
as=()

try 0 'arilint'            -       --version
try 0 '--fix'              -       --help
try 0 '--reader'           -       dump --help
for verb in check diagnose dump undo recover rule config test schema validate verify; do
	try 0 'Examples:'          'error:' $verb --help
done
try 0 -                    error   good/etc good/backend
try 0 -                    error   check good/etc good/backend
try 1 'error['             -       --format concise bad/etc bad/backend
try 1 '@@'                 -       --diff bad/etc bad/backend
try 0 -                    '@@'    --diff good/etc good/backend
try 0 -                    -       --fail-on error good/etc good/backend
try 0 -                    -       dump --reader asterisk "$ari"
try 0 '"vars"'             -       dump --reader dotenv "$env"
try 0 'asterisk'           -       dump --readers
try 0 -                    -       undo --list --state-dir state

# Which files of a folder are taken for .env files, and which of them as examples: .env differs from ari.conf for
# certain.
taken() { # SEVERITY FILE...; none: not taken
	local name
	for name in "${@:2}"; do
		rm -rf named && mkdir named
		printf '[general]\nenabled = yes\n[x]\ntype = user\npassword = long-enough-1\n' > named/ari.conf
		printf 'ARI_USER=x\nARI_PASSWORD=another-one-1\n' > "named/$name"
		run "$scratch/arilint" --isolated --format concise named
		if [ "$1" = none ]; then
			said 0 - another-one-1 "arilint, a folder with $name"
			check "$name is taken" bash -c '! grep -q "^named/.*env" "$0"' "$scratch/out"
		else
			check "$name: no $1: $(cat "$scratch/out")" grep -qF "$1[ari/password-drift]" "$scratch/out"
		fi
	done
}
taken error .env
taken warning prod.env .env.live .env.old-pbx
taken info .env.example .env-example .env_sample env.example env.prod.example app.env.example .env.example.local \
	example.env app.env.prod.dist .env.template .env.local.tmpl
taken none .env.swp .env.swo .env~ .env.bak prod.env.bak .env.old .env.orig .env.prod-backup .env.20260131 \
	.env.2026-01-31 .env.dpkg-old .env.gpg .env.enc .enc.env .env.age .env.sops .env.vault .env.keys .env.zip .env.json \
	'#.env#' ._.env .env.example.bak

# What editors and backups leave beside a file of any other role.
mkdir beside
for name in ari.conf http.conf manager.conf pjsip.conf extensions.conf compose.yaml app.ini; do
	for other in "$name~" $name.bak $name.swp ".$name.swp" "#$name#" "._$name" $name.orig $name.dpkg-old $name.gpg $name.enc \
		$name.old $name.rpmsave; do
		printf '[general]\n[general]\n' > "beside/$other"
	done
	ln -s nowhere "beside/.#$name"
done
try 7 'nothing to lint'    'beside/' --isolated beside

mkdir -p edited/asterisk && ln -s somebody@host.1234 edited/asterisk/.#extensions.conf
printf '[internal]\nexten => 100,1,Answer()\n' > edited/asterisk/extensions.conf
try 0 - extensions.conf: edited

# A search keeps to files: not what the kernel makes up, nor, from /, what other file systems hold.
try 3 'the kernel makes it up' - --isolated /proc
mkdir -p root/proc root/disk root/etc/asterisk root/app/node_modules/x
cp "$(dirname "$ari")"/*.conf root/etc/asterisk
printf 'A=1\nA=2\n' > root/app/node_modules/x/.env
cp "$scratch/arilint" root/arilint
ldd "$scratch/arilint" 2> /dev/null | grep -o '/[^ ]*' | xargs -r cp --parents -t root
if unshare -m true 2> /dev/null; then
	mounted() { # COMMAND...
		run unshare -m bash -c 'mount -t proc none root/proc && mount -t tmpfs none root/disk &&
			cp root/app/node_modules/x/.env root/disk && exec "$@"' - "$@"
	}
	mounted chroot root /arilint --isolated --select dotenv/repeated-key /
	said 0 'passed over, as it is another file system: /disk; name it' '/proc' 'arilint /'
	check 'arilint /: all that is on it' grep -q 'no faults found in 2 files' "$scratch/out"
	mounted chroot root /arilint --isolated --select dotenv/repeated-key / /disk
	said 1 '/disk/.env:2:1' 'node_modules' 'arilint / /disk'
	mounted "$scratch/arilint" --isolated --select dotenv/repeated-key root
	said 1 'root/disk/.env:2:1' 'passed over' 'another file system below a folder'
fi

# A long search tells how far it is, and ends in order when it is stopped.
cat > terminal.py << 'END'
"""Runs a command on a terminal of its own, and presses Ctrl-C as soon as it shows the text of the first word. Prints what
it has shown, and how it ended."""
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
	os.execvp(sys.argv[2], sys.argv[2:])
shown, pressed = b'', False
while True:
	try:
		got = os.read(terminal, 4096)
	except OSError:
		break
	shown += got
	if sys.argv[1] and not pressed and sys.argv[1].encode() in shown:
		pressed = os.write(terminal, b'\x03') == 1
print(shown.decode().replace('\r', '\n'))
print('status', os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
END
if strace -qq -o /dev/null true 2> /dev/null && [[ $arilint != *sanitize* ]]; then
	mkdir -p slow/{1..20}
	cp "$env" slow
	slow=(strace -qq -o /dev/null -e inject=getdents64:delay_enter=100000 "$scratch/arilint" --isolated)
	run python3 terminal.py '' "${slow[@]}" slow
	said 0 'searching, 9 folders so far: slow/' stopped 'a long search'
	check 'a long search: the line goes' grep -q '^.\[Kno faults found' "$scratch/out"
	run python3 terminal.py searching "${slow[@]}" slow
	said 0 'stopped while it searched' 'no faults' 'a search that is stopped'
	check 'a search that is stopped: by the signal' grep -qx 'status -2\|status 130' "$scratch/out"
	run python3 terminal.py '' "$scratch/arilint" --isolated slow
	said 0 'no faults found' searching 'a short search'
else
	echo 'skipped: a long search: strace may not trace here'
fi

rm -rf root slow beside

# Names that are nearly right.
try 2 "--target: no pack judges for versions of 'asterisc'; did you mean 'asterisk'?" - --target asterisc=22 good
try 2 "no pack judges for versions of 'postgres'" 'did you mean' --target postgres=16 good
try 2 "--authority: no pack has a role 'aro'; did you mean 'ari'?" - --authority aro good

# What --diff shows: also of what is read under another name, and what could not be read.
printf 'A=1\nA=2\n' > settings
mkdir -p old
printf '[general]\nenabled = yes\n[x]\ntype = user\npassword = long-enough-1\n' > old/ari.conf
printf 'ARI_USER=x\nARI_PASSWORD=long-enough-1\n' > old/.env
filter() { # STATUS MUST MUST-NOT INPUT WORD...
	run bash -c 'printf "$1" | "${@:2}"' - "$4" "$scratch/arilint" --isolated "${@:5}"
	said "$1" "$2" "$3" "arilint ${*:5} < $4"
}
try 1 '+++ b/.env'         -       --diff --as .env settings
try 3 'no-such-file: does not exist' - --diff no-such-file
try 3 'no-such-file: does not exist' - --diff no-such-file bad/etc
check 'what could not be read stands beside the patch' grep -q '^+++ b/' "$scratch/out"
filter 1 '@@ -1,2 +1 @@'   -       'A=1\nA=2\n' --diff --as .env -
filter 0 -                 '@@'    'A=1\nB=2\n' --diff --as .env -
filter 1 '+++ b/old/.env'  -       'ARI_USER=x\nARI_PASSWORD=long-enough-2\n' --diff --as old/.env --peers old -
filter 1 'ari/password-drift' 'equally near' 'ARI_USER=x\nARI_PASSWORD=long-enough-2\n' --as old/.env --peers . --select \
	ari/password-drift --show-not-evaluated -
filter 1 'old/.env:2:14'   -       '[x]\ntype = user\npassword = long-enough-3\n' --as ./old/ari.conf --peers old \
	--select ari/password-drift --format concise -
filter 0 'compared: old/.env with old/ari.conf' - 'ARI_USER=x\nARI_PASSWORD=long-enough-1\n' --as old/.env --peers old \
	--select ari/password-drift -
check '--diff and standard input change no file' grep -qx 'ARI_PASSWORD=long-enough-1' old/.env

# The verb: behind options too, misspelt, or an option that people write as one.
try 0 'ari/password-drift' -       --isolated rule
try 0 'ari/password-drift' -       --color always --lang=en rule
try 0 '"configuration"'    -       --format json --isolated config
try 0 -                    'error' --isolated recover --state-dir state
try 2 'goes with another verb' -   --fix rule
try 0 'usage: arilint [check]' -   help
try 0 'usage: arilint rule' -      help rule
try 0 'usage: arilint rule' -      rule -h
try 0 'arilint 0'          usage   version
try 0 'arilint 0'          usage   -V
try 0 'arilint 0'          usage   rule --version
try 2 'did you mean `arilint check`?' - chek
try 2 'did you mean `arilint check`?' - help chek
try 2 'did you mean `arilint undo`?' - undoo --list
try 2 'did you mean `arilint rule`?' - --isolated ruel
try 3 './chek'             'did you mean' ./chek
try 3 'nothing-of-it'      'did you mean' nothing-of-it
mkdir rule tset
try 7 'in tset'            -       tset
try 7 'in rule'            -       --fix rule
try 0 'ari/password-drift' -       rule
rmdir rule tset

# What --fix says to programs.
user='[general]\nenabled = yes\n[x]\ntype = user\npassword = long-enough-1\n'
mkdir machine
for format in json concise; do
	printf "$user" > machine/ari.conf
	printf 'ARI_USER=x\nARI_PASSWORD=long-enough-2\n' > machine/.env
	try 0 "machine/.env" 'undo' --fix --isolated --state-dir state --format $format machine
	[ $format = json ] || check 'a changed file is named' grep -qx 'changed machine/.env (ari/password-drift)' "$scratch/out"
	[ $format = concise ] || check 'a changed file is named in JSON' grep -qF \
		'"changed": [
{"path": "machine/.env", "rules": ["ari/password-drift"]}],' "$scratch/out"
	try 0 -            'machine/.env (' --fix --isolated --state-dir state --format $format machine
done
try 0 '"changed": []'      -       --fix --isolated --state-dir state --format json machine
try 0 -                    '"changed"' --isolated --format json machine
mkdir none
try 7 '"files": []'        -       --isolated --format json none
check 'nothing to lint, as JSON' python3 -m json.tool "$scratch/out" /dev/null

# What is recognised.
try 0 'ari/env_password'   -       rule --settings --isolated
try 0 'rules: ari/password-drift' - rule --settings --isolated
try 0 'in ari, [{login_user}]: password' - rule --settings --isolated
try 0 'http: http.conf, '  -       rule --settings --isolated --format text
try 0 '| ari/env_password | in env | `ARI_PASSWORD`, ' - rule --settings --isolated --format markdown
try 0 '\|nearest(' - rule --settings --isolated --format markdown
try 0 '"setting": "ari/env_password", "role": "env", "section": null, "keys": ["ARI_PASSWORD"' - \
	rule --settings --isolated --format json
check 'rule --settings --format json is JSON' python3 -m json.tool "$scratch/out" /dev/null
try 2 'text, markdown or json' -   rule --settings --format nonsense
try 0 '"rule": "ari/password-drift", "severity": "error", "effect": "401", "enabled": true, "title": "' - rule --format json --isolated
check 'rule --format json is JSON, and has all rules' test "$(jq '.rules | length' "$scratch/out")" = "$(
	"$scratch/arilint" rule --isolated | wc -l)"
try 0 '## <code>ari/password-drift</code>' - rule --format markdown --isolated
check 'rule --format markdown has all rules' test "$(grep -c '^## <code>' "$scratch/out")" = "$("$scratch/arilint" rule --isolated | wc -l)"
try 0 '"rule": "ari/password-drift"' 'url-port' rule --format json --isolated ari/password-drift
try 2 'did you mean'       '{'     rule --format json --isolated ari/password-drif
try 2 'without an ID'      -       rule --settings ari/password-drift

# What was compared, and what was not.
mkdir -p alone/a alone/b
printf 'PBX_PASSCODE=secret-1\n' > alone/.env
cp "$ari" alone/ari.conf
for name in a b; do
	printf 'ARI_URL=http://localhost:8088/ari\nARI_USER=x\nARI_PASSWORD=long-enough-1\n' > alone/$name/.env
	printf '[general]\nenabled = yes\n[x]\ntype = user\npassword = long-enough-1\n' > alone/$name/ari.conf
done
try 0 'no faults found in 3 files' 'no other' good
try 0 'compared: good/backend/.env with good/etc/asterisk/ari.conf, good/etc/asterisk/http.conf' '; ' good
try 0 'no faults found in 1 file; it was compared with no other' 'compared:' "$env"
try 0 'no ari file among the inputs (' 'ari/password-drift' "$env"
try 0 'ari/password-drift: no ari file' 'among the inputs (' --show-not-evaluated "$env"
try 0 '1 rule was not evaluated:' - --select ari/password-drift "$env"
try 0 'no faults found in 2 files; none of them was compared with another' - --ignore ari/nothing-recognised \
	alone/ari.conf alone/.env
try 0 'compared: alone/a/.env with alone/a/ari.conf; alone/b/.env with alone/b/ari.conf' 'no other' alone/a alone/b
try 0 '; good/etc/asterisk/http.conf with no other' - --select ari/password-drift good
try 0 'no env file with a key that is known among the inputs' - --ignore ari/nothing-recognised --show-not-evaluated \
	alone/ari.conf alone/.env
try 0 '"compared": []'     -       --format json "$env"
try 0 '{"path": "good/backend/.env", "with": "good/etc/asterisk/ari.conf"}' - --format json good
try 0 'compared: alone/a/.env with alone/a/ari.conf' - --peers alone --select ari/password-drift alone/a/ari.conf

# What may not belong together was not compared.
mkdir stages
cp alone/b/ari.conf stages
cp alone/b/.env stages
cp alone/b/.env stages/.env.production
cp alone/b/.env stages/.env.test
try 0 'compared: stages/.env with stages/ari.conf; 2 files with no other' - --isolated stages

# What --fix has made work, and what it leaves.
left() { # STATUS MUST MUST-NOT ARI-CONF ENV WORD...
	mkdir -p left && printf '%b' "$4" > left/ari.conf && printf '%b' "$5" > left/.env
	try "$1" "$2" "$3" --fix --backup=none --isolated left "${@:6}"
}
user='[general]\nenabled = yes\n[x]\ntype = user\npassword = long-enough-1\n'
other='[y2]\ntype = user\npassword = long-enough-3\n'
client='ARI_USER=x\nARI_PASSWORD=long-enough-2\n'
left 0 "works once the files are read again, as far as they tell: the client's user and password are accepted" 'left:' \
	"$user" "$client"
left 0 "tell: the server has the client's path; the client's user and password are accepted" 'left:' \
	"$user[general]\n" "$client"
left 0 'no faults left in 2 files' 'left:' "$user" "$client"
left 1 'left: 1 error that a person must decide (ari/unknown-user)' 'works once' \
	"$user$other" 'ARI_USER=somebody\nARI_PASSWORD=long-enough-2\n'
left 1 'left: 1 error that --unsafe-fixes can mend (ari/unknown-user)' 'works once' \
	"$user" 'ARI_USER=y\nARI_PASSWORD=long-enough-2\n'
left 1 'left: 1 error and 1 warning that a person must decide (ari/unknown-user, secrets/short)' 'works once' \
	"${user/long-enough-1/short}$other" 'ARI_USER=somebody\nARI_PASSWORD=changeme\n'
left 1 'fixed 1 fault' - '[general\nenabled = no\n[x]\ntype = user\npassword = long-enough-1\n' "${client/2/1}"
left 0 'no faults found in 2 files' 'left:' "$user" 'ARI_USER=x\nARI_PASSWORD=long-enough-1\n'

# A password that a comment sign cuts: the drift says so, and only then.
cut() { # MUST MUST-NOT ARI-PASSWORD ENV-PASSWORD
	mkdir -p cut && printf '[general]\nenabled = yes\n[x]\ntype = user\npassword = %s\n' "$3" > cut/ari.conf
	printf 'ARI_USER=x\nARI_PASSWORD=%s\n' "$4" > cut/.env
	try 1 "$1" "$2" --isolated --select ari/password-drift cut
}
for value in 'long#enough-1' 'long#enough-1 # of the backend' 'long #enough-1'; do
	cut '= help: a # begins a comment and cuts ARI_PASSWORD: put the value in quotes' 'to Asterisk' "${value%% # *}" "$value"
	check 'the place of the comment has a label' grep -qF -- '- a comment to whoever reads this file' "$scratch/out"
done
cut 'is not the password' 'a comment' 'long#enough-1' 'long#enough-2'
cut 'is not the password' 'a comment' 'long#enough-1' 'other#enough-1'
cut 'is not the password' 'a comment' 'long#enough-1' "'long#enough-2'"
cut '- a comment to Asterisk' 'put the value' 'long-long;enough-1' 'long-long;enough-1'
try 0 -                    -       --isolated --fix --backup=none --select ari/password-drift cut

try 1 'ari/repeated-general' drift --format concise bad/etc/asterisk/ari.conf
try 1 'ari/password-drift' -       --format concise --peers bad bad/etc/asterisk/ari.conf
try 0 -                    drift   --format concise --peers bad bad/etc/asterisk/http.conf
try 0 -                    -       --target asterisk=16.28 good/etc good/backend
try 2 'asterisk=22.10'     -       --target asterisk good/etc
try 2 'nobody'             -       --authority nobody good/etc
try 2 -                    -       --fix --diff good/etc

try 2 '--nonsense'         -       --nonsense good/etc
try 2 '--format'           -       --format
try 2 'usage: arilint [check]' validate --nonsense good/etc
try 2 'usage: arilint undo [OPTIONS] [ID]' - undo one two
try 2 'usage: arilint dump --reader NAME' - dump --nonsense
try 2 'json'               -       --format nonsense good/etc
try 2 'nonsense'           -       --fail-on nonsense good/etc
try 2 'nonsense'           -       dump --reader nonsense "$env"
try 2 -                    -       dump
try 2 'no-such-pack'       -       --rules no-such-pack.yaml good/etc

try 3 'no-such-file'       -       no-such-file
try 3 'no-such-file'       -       good/etc no-such-file
try 3 'no-such-file'       -       dump --reader dotenv no-such-file

mkdir empty nothing
echo text > nothing/readme.txt
try 7 -                    -       empty
try 7 -                    -       nothing

# Files that are looked at for the sake of others alone are none to lint, and are not counted.
mkdir -p aside/asterisk
printf 'services:\n  pbx:\n    image: pbx:20\n' > aside/compose.yaml
printf 'context in { 1 => Stasis(ivr); }\n' > aside/asterisk/extensions.ael
try 0 'no faults found in 1 file' -   aside
mv aside/compose.yaml aside/compose.txt
try 7 -                    -       aside
mv aside/compose.txt aside/compose.yaml
printf '[general]\nenabled = yes\n' > aside/asterisk/ari.conf
try 0 'no faults found in 2 files' -  aside
printf 'services: {pbx: {volumes: ["./asterisk:/etc/asterisk"]}}\n' > aside/compose.yaml
try 1 'modules/not-mounted' 'compose.yaml' aside
printf '[modules]\nautoload = yes\n' > aside/asterisk/modules.conf
try 0 'no faults found in 3 files' -  aside

# What a compose file mounts where Asterisk reads it is found under any name, below the folder that is searched alone.
mkdir -p mounted/pbx outside
printf '[general]\nenabled = yes\n[desk]\ntype = user\npassword = Pamir-72-east\n' | tee mounted/pbx/live.cfg > outside/live.cfg
printf 'services:\n  pbx: {volumes: ["%s:/etc/asterisk/ari.conf"]}\n  app: {environment: {ARI_USER: desk, ARI_PASSWORD: Pamir-72-west}}\n' \
	./pbx/live.cfg > mounted/compose.yaml
try 1 'compared: mounted/compose.yaml with mounted/pbx/live.cfg' - mounted
try 1 'compose.yaml:3:53: error[ari/password-drift]' -             --format concise "$PWD/mounted"
try 1 '+password ='        '@@ -3'  --diff --authority env mounted
sed -i 's|./pbx|../outside|' mounted/compose.yaml
try 0 -                    live.cfg mounted
try 1 'error[ari/password-drift]' - --format concise mounted outside
rm mounted/pbx/live.cfg
sed -i 's|../outside|./pbx|' mounted/compose.yaml
try 0 -                    live.cfg mounted

# A broken pack: every fault of it at its place.
cat > broken.yaml <<- 'END'
	format: 1
	pack: demo
	rulez: []
	rules:
	  - id: one
	    severity: grave
END
try 2 'broken.yaml:3'      -       --rules broken.yaml good/etc
try 2 'grave'              -       --rules broken.yaml good/etc
printf 'a: [1, 2\nb: {' > unclosed.yaml
try 2 'unclosed.yaml'      -       --rules unclosed.yaml good/etc
head -c 3000 /dev/urandom > noise.yaml
try 2 'noise.yaml'         -       --rules noise.yaml good/etc

mkdir -p odd/zero odd/binary odd/huge odd/fifo odd/link odd/many
: > odd/zero/ari.conf
try 0 -                    -       odd/zero
head -c 100000 /dev/urandom > odd/binary/ari.conf
head -c 100000 /dev/urandom > odd/binary/.env
run "$scratch/arilint" odd/binary
check "binary files: exit status $status" test "$status" = 1 -o "$status" = 3 -o "$status" = 0
check 'binary files: no escape sequence reaches a terminal' bash -c '! grep -qP "\x1b|\x9b" "$0"' "$scratch/out"
truncate -s 1G odd/huge/ari.conf
try 3 'odd/huge/ari.conf'  -       odd/huge
mkfifo odd/fifo/.env
try 3 'odd/fifo/.env'      -       odd/fifo/.env
try 3 '/dev/zero'          -       /dev/zero
ln -s loop odd/link/loop
ln -s loop odd/link/.env
try 3 'odd/link/.env'      -       odd/link/.env

# A file that may not be read is never a green run; the others are linted all the same.
cp -r good closed
cp -r bad closed-env
chmod 000 "closed/${ari#good/}" closed-env/backend/.env
if [ "$(id -u)" = 0 ]; then
	as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
fi
try 3 'ari.conf'           -       closed/etc closed/backend
try 3 '/ari.conf:'         -       --format concise closed-env/etc closed-env/backend
try 3 'backend/.env'       -       --format concise closed-env/etc closed-env/backend
as=()

run bash -c 'exec "$0" - < "$1"' "$scratch/arilint" "$env"
check "standard input: exit status $status" test "$status" -le 3
run bash -c '"$0" --format json bad/etc bad/backend > /dev/full' "$scratch/arilint"
check "a full disk behind the output: exit status $status" test "$status" = 8

# A folder's name says what its files are for, unless the user names the folder himself.
mkdir -p pair/prod
cp -r bad/etc pair/etc
cp -r bad/backend pair/prod/backend
cd pair || exit
try 1 'warning[ari/password-drift]' 'error[ari/password-drift]' --select ari/password-drift --format concise .
try 1 'error[ari/password-drift]'   -                           --select ari/password-drift --format concise etc prod
try 1 'error[ari/password-drift]'   -                           --select ari/password-drift --format concise etc prod/backend
cd ..

# Names from the command line reach the output as text, never as commands to the terminal.
mkdir "$(printf 'esc\033[31m')"
cp bad/backend/.env "$(printf 'esc\033[31m/.env')"
run "$scratch/arilint" "$(printf 'esc\033[31m')"
check 'a path with an escape sequence is shown raw' bash -c '! grep -q "$(printf "\033")" "$0" "$1"' "$scratch/out" \
	"$scratch/err"
finish
