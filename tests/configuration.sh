#!/usr/bin/env bash
# The configuration file: where it is looked for, what it may say, and what then is in force; --select and --ignore.
. "$(dirname "$0")/harness.sh"

# The machine's own /etc/arilint must not have a say: every case has a configuration, or --isolated, or looks for none.
work=$scratch/work
mkdir "$work"
chmod 755 "$scratch" "$work"

# Files of three set-ups: `good` agrees, `drift` has another password, `hash` has one that loaders read differently.
write_files() { # FOLDER ARI-PASSWORD ENV-PASSWORD
	mkdir -p "$1"
	printf '[general]\nenabled = yes\n[app]\ntype = user\npassword = %s\n' "$2" > "$1/ari.conf"
	printf '[general]\nenabled = yes\nbindaddr = 127.0.0.1\n' > "$1/http.conf"
	printf 'ARI_URL=http://localhost:8088/ari\nARI_USERNAME=app\nARI_PASSWORD=%s\n' "$3" > "$1/.env"
}

# Runs arilint in a folder below $work; checks status and texts of both streams: `-` stands for nothing.
try() { # NAME FOLDER STATUS MUST MUST-NOT WORD...
	local name=$1 folder=$2 expected=$3 must=$4 must_not=$5
	shift 5
	cd "$work/$folder" || exit
	run "${as[@]}" "$arilint" "$@"
	cd "$work" || exit
	check "$name: exit status $status, not $expected: $(head -c 300 "$scratch/out" "$scratch/err")" \
		test "$status" = "$expected"
	[ "$must" = - ] || check "$name: does not say '$must': $(head -c 300 "$scratch/out" "$scratch/err")" \
		grep -qF -- "$must" "$scratch/out" "$scratch/err"
	[ "$must_not" = - ] || check "$name: says '$must_not'" \
		bash -c '! grep -qF -- "$0" "$@"' "$must_not" "$scratch/out" "$scratch/err"
}
as=()

# Writes a configuration: `arilint: 1` and the lines of standard input.
configure() { # FOLDER
	{ echo 'arilint: 1'; cat; } > "$work/$1/.arilint.yaml"
}

# The same under another name, for --config.
other() { # FOLDER YAML
	printf 'arilint: 1\n%b' "$2" > "$work/$1/other.yaml"
}

# --- where it is looked for ---

mkdir -p "$work/repository/.git" "$work/repository/deep/er" "$work/bare/below"
write_files "$work/repository/deep/er" secret-1 secret-1
configure repository <<< 'language: uz'
try 'in the root'          repository          0 'configuration: .arilint.yaml' - config
try 'from below'           repository/deep/er  0 'configuration: ../../.arilint.yaml' - config
try 'isolated'             repository/deep/er  0 'configuration: none' - config --isolated
configure repository/deep <<< 'language: ru'
try 'the nearest'          repository/deep/er  0 'configuration: ../.arilint.yaml' - config
rm "$work/repository/deep/.arilint.yaml"
mkdir "$work/repository/deep/.git"
try 'not out of it'        repository/deep/er  0 - 'er/../' config
check 'a repository within another does not see its configuration' \
	bash -c '! grep -q "^configuration: ../../" "$0"' "$scratch/out"
rm -r "$work/repository/deep/.git"
echo 'gitdir: elsewhere' > "$work/repository/deep/.git"
cd "$work/repository/deep/er" && run "$arilint" config
check 'a .git file ends a repository' bash -c '! grep -q "^configuration: ../../" "$0"' "$scratch/out"
rm "$work/repository/deep/.git"
configure bare <<< 'language: uz'
try 'without a repository' bare        0 'configuration: .arilint.yaml' - config
cd "$work/bare/below" && run "$arilint" config
check 'without a repository only the working directory counts' \
	bash -c '! grep -q "^configuration: \.\./" "$0"' "$scratch/out"
try '--config'             bare/below  0 'configuration: ../.arilint.yaml' - config --config ../.arilint.yaml
try '--config=absolute'    bare/below  0 'language: uz' - config --config="$work/bare/.arilint.yaml"
try '--config and --isolated' bare     2 'choose one' - config --config .arilint.yaml --isolated
try 'a missing file'       bare        2 'does not exist' - --config no-such.yaml
try 'a folder'             bare        2 'is a folder' - --config below
ln -s nowhere "$work/bare/below/.arilint.yaml"
try 'a dangling link'      bare/below  2 'does not exist' - config
rm "$work/bare/below/.arilint.yaml"
try 'without permission'   repository/deep/er 0 - - --select none .
if [ "$(id -u)" = 0 ]; then
	chmod 600 "$work/bare/.arilint.yaml"
	as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	try 'an unreadable file' bare 2 'permission denied' - config
	as=()
	chmod 644 "$work/bare/.arilint.yaml"
	chown 65534 "$work/bare/.arilint.yaml"
	try "somebody else's file"  bare 2 'belongs to another user' - config
	try "somebody else's, named" bare 0 'language: uz' - config --config .arilint.yaml
	try "somebody else's, left out" bare 0 'configuration: none' - config --isolated
	as=(env SUDO_UID=65534)
	try "that of sudo's caller" bare 2 'another user' - config
	as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	try "one's own"             bare 0 'language: uz' - config
	as=()
	chown 0 "$work/bare/.arilint.yaml"
	chown 65534 "$work/repository"
	cd "$work/repository/deep/er" && run "$arilint" config
	check "a folder above that is somebody else's is not looked into" \
		bash -c '! grep -q "^configuration: ../../" "$0"' "$scratch/out"
	chown 0 "$work/repository"
fi

# A file system of its own hides the machine's /etc.
if unshare -m mount -t tmpfs none /etc 2> /dev/null; then
	as=(unshare -m bash -c 'mount -t tmpfs none /etc && mkdir /etc/arilint &&
		printf "arilint: 1\nlanguage: ru\n" > /etc/arilint/arilint.yaml && exec "$@"' -)
	try 'that of the machine'   bare/below  0 'configuration: /etc/arilint/arilint.yaml' - config
	try 'is the last'           bare        0 'configuration: .arilint.yaml' - config
	try 'not when isolated'     bare/below  0 'configuration: none' - config --isolated
	as=()
fi

# --- faults: each at its place, all at once ---

mkdir "$work/faults"
fault() { # LINE:COLUMN TEXT YAML
	printf '%b' "$3" > "$work/faults/f.yaml"
	try "fault $3" faults 2 "f.yaml:$1: error[arilint/configuration] $2" - --format concise --config f.yaml
}
fault 1:1 'empty' ''
fault 1:1 "a configuration needs 'arilint'" 'language: uz\n'
fault 1:10 "format 2 is newer" 'arilint: 2\n'
fault 2:1 "a configuration has no 'grups'" 'arilint: 1\ngrups: {}\n'
fault 3:1 "'language' is there twice" 'arilint: 1\nlanguage: uz\nlanguage: ru\n'
fault 2:11 "this must be en, uz or ru" 'arilint: 1\nlanguage: de\n'
fault 2:10 "this must be error, warning, info or never" 'arilint: 1\nfail_on: fatal\n'
fault 2:10 'this must be a text, not a list' 'arilint: 1\nfail_on: [a]\n'
fault 2:12 "no pack has a role 'ary'" 'arilint: 1\nauthority: ary\n'
fault 2:11 "no pack judges for versions of 'asterix'" "arilint: 1\ntargets: {asterix: '1'}\n"
fault 2:21 'this must be a version' 'arilint: 1\ntargets: {asterisk: new}\n'
fault 2:9 "there is no rule or pack 'ari/red-only'" 'arilint: 1\nrules: {ari/red-only: ignore}\n'
fault 2:9 "there is no rule or pack 'x/*'" "arilint: 1\nrules: {x/*: ignore}\n"
fault 2:24 'this must be error, warning, info or ignore' 'arilint: 1\nrules: {ari/read-only: off}\n'
fault 2:9 "'arilint/unused-suppression' has no other severity" \
	'arilint: 1\nrules: {arilint/unused-suppression: info}\n'
fault 2:16 "there is no reader 'node-21'" "arilint: 1\nreaders: {'*': node-21}\n"
fault 2:16 'name at least one reader' "arilint: 1\nreaders: {'*': []}\n"
fault 2:12 "no pack has a setting 'ari/env_pasword'" 'arilint: 1\nsettings: {ari/env_pasword: A}\n'
fault 2:12 "no pack has a setting 'ari/ari_user'" 'arilint: 1\nsettings: {ari/ari_user: A}\n'
fault 2:26 "a key's name has a letter" "arilint: 1\nsettings: {ari/env_host: '*_*'}\n"
fault 2:26 'this must be a list, not a map' 'arilint: 1\nsettings: {ari/env_host: {}}\n'
fault 2:29 "'ari/env_host' is there twice" 'arilint: 1\nsettings: {ari/env_host: A, ari/env_host: B}\n'
fault 2:11 'a glob has 1 to' "arilint: 1\nexclude: ['']\n"
fault 2:9 'layers must be a list' 'arilint: 1\nlayers: a\n'
fault 2:10 'exclude must be a list' 'arilint: 1\nexclude: a\n'
fault 2:9 'this must be a path' "arilint: 1\npacks: ['']\n"
fault 3:6 "a group needs 'files'" 'arilint: 1\ngroups:\n  a: {}\n'
fault 3:15 "no pack has a role 'arj'" 'arilint: 1\ngroups:\n  a: {files: {arj: x}}\n'
fault 3:15 "no pack has a role 'other.ari'" 'arilint: 1\ngroups:\n  a: {files: {other.ari: x}}\n'
fault 3:20 'this must be a text' 'arilint: 1\ngroups:\n  a: {files: {ari: {}}}\n'
fault 4:3 "'a' is there twice" 'arilint: 1\ngroups:\n  a: {files: {}}\n  a: {files: {}}\n'
fault 2:9 'anchors' 'arilint: 1\ngroups: &a {}\n'
fault 3:1 'not YAML' 'arilint: 1\ngroups: [\n'
printf 'arilint: 1\nrules: {ari/red-only: ignore}\nlanguage: de\ngroups: {a: {fils: {}}}\n' > "$work/faults/f.yaml"
try 'all faults at once' faults 2 "did you mean 'ari/read-only'?" - --config f.yaml
check 'each fault is told' test "$(grep -c '^error\[arilint/configuration\]' "$scratch/out")" = 4
check 'a caret is under the fault' grep -qF ' |         ^^^^^^^^^^^^' "$scratch/out"
other faults 'packs: [no-such.yaml]\n'
try 'a pack that is not there' faults 2 'no-such.yaml' - --config other.yaml
for noise in 1 2 3; do
	head -c 2000 /dev/urandom > "$work/faults/noise.yaml"
	try "noise $noise" faults 2 'arilint/configuration' - --config noise.yaml
done
{ echo 'arilint: 1'; echo 'rules:'; seq -f '  "ari/rule-%g": ignore' 30000; } > "$work/faults/long.yaml"
try '30000 unknown rules' faults 2 'ari/rule-1' - --format concise --config long.yaml

# --- groups ---

for name in one two; do
	mkdir -p "$work/groups/$name"
done
cd "$work/groups" || exit
write_files one secret-1 secret-1
write_files two secret-2 secret-2
mv one/ari.conf ari-one.ini && mv two/ari.conf ari-two.ini
mv one/http.conf http.one && mv two/http.conf http.two
mv one/.env first.vars && mv two/.env second.vars
configure groups << 'END'
groups:
  first: {files: {ari: ari-one.ini, http: http.one, env: [first.vars]}}
  second: {files: {ari.ari: ari-two.ini, http: http.two, env: second.vars}}
END
mkdir -p "$work/elsewhere"
try 'odd names in one folder'  groups 0 - drift
try 'listed'                   groups 0 'ari.ari: ari-two.ini' 'does not exist' config
try 'their roles'              groups 0 '"role": "env"' - --format json
sed -i 's/secret-2/secret-1/' "$work/groups/second.vars"
try 'the second one drifts'    groups 1 'second.vars:3:14: error[ari/password-drift]' 'first.vars' --format concise
try 'from another folder'      elsewhere 1 '../groups/second.vars:3:14: error[ari/password-drift]' - \
	--format concise --config ../groups/.arilint.yaml
try 'peers are read along'     groups 1 'second.vars:3:14' - --format concise second.vars
try 'and from the other side'  groups 1 'second.vars:3:14' - --format concise ari-two.ini
try 'but not for other files'  groups 0 - second.vars --format concise first.vars
try 'by folder'                groups 1 'second.vars:3:14' - --format concise .
ln -s ../groups/second.vars "$work/elsewhere/.env"
try 'by a link'                elsewhere 1 '.env:3:14' - --format concise --config ../groups/.arilint.yaml .env
write_files "$work/groups/more" secret-9 secret-2
rm "$work/groups/more/ari.conf"
try 'a file outside of groups goes by nearness' groups 1 'equally near' 'more/.env:' --show-not-evaluated \
	more/.env ari-one.ini ari-two.ini
rm -r "$work/groups/more"
try 'standard input'           groups 0 - - --format concise --as second.vars - 
try 'isolated they are nothing' groups 3 'is no file that a rule knows' - --isolated second.vars
cp -r "$work/groups" "$work/fixed"
try '--fix of the other side'  fixed 1 'second.vars:3:14' - --fix --format concise ari-two.ini
check '--fix changes named files only' diff -r "$work/groups" "$work/fixed"
try '--fix of the group'       fixed 0 - - --fix --format concise
check '--fix takes the password of the group' grep -q '^ARI_PASSWORD=secret-2$' "$work/fixed/second.vars"
cp -r "$work/groups" "$work/away"
rm "$work/away/http.two"
try 'a missing file'           away 3 'http.two' - --format concise
try 'a missing file is shown'  away 0 'http: http.two (does not exist)' - config
configure groups << 'END'
groups:
  first: {files: {ari: ari-one.ini, env: [first.vars, second.vars]}}
END
try 'one server, two backends' groups 0 'no http file in the group first' drift --show-not-evaluated
configure groups << 'END'
groups:
  first: {files: {ari: ari-one.ini, env: first.vars}}
  second: {files: {ari: ari-one.ini, env: second.vars}}
END
try 'one server, two groups'   groups 0 - drift
sed -i 's/secret-1/secret-3/' "$work/groups/ari-one.ini"
try 'one server drifts twice'  groups 1 'first.vars:3:14' - --format concise
check 'each drift is told once' test "$(grep -c 'password-drift' "$scratch/out")" = 2
{ echo groups:; seq -f '  g%g: {files: {ari: ari-one.ini}}' 65; } | configure groups
try 'too many groups'          groups 2 '.arilint.yaml:67:22: error[arilint/configuration] a file may be in at most 64' \
	- --format concise

# --- targets ---

mkdir "$work/targets"
cd "$work/targets" || exit
for name in old new; do
	write_files $name secret-1 secret-1
	printf '[general]\npretty = yes\n' >> $name/ari.conf
done
configure targets << 'END'
targets: {asterisk: '16.28'}
groups:
  old: {files: {ari: old/ari.conf, env: old/.env, http: old/http.conf}}
  new: {files: {ari: new/ari.conf, env: new/.env, http: new/http.conf}, targets: {asterisk: 22.10}}
END
effects() { # WORD...
	cd "$work/targets" && run "$arilint" --format json --select ari/repeated-general "$@"
	grep -oE '"effect": ("[^"]*"|null), "path": "[^"]*"' "$scratch/out" | tr -d '",' | awk '{ printf "%s=%s ", $4, $2 }'
}
wanted_old=$(effects --isolated --target asterisk=16.28 old new)
wanted_new=$(effects --isolated --target asterisk=22.10 old new)
check 'versions have different effects' test "$wanted_old" != "$wanted_new"
both=$(effects)
check "each group has its version: $both" \
	test "$both" = "$(cut -d' ' -f1 <<< "$wanted_new") $(cut -d' ' -f2 <<< "$wanted_old") "
check 'the command line comes first' test "$(effects --target asterisk=22.10)" = "$wanted_new"
other targets "targets: {asterisk: '16.28'}\n"
check 'without a group the general version counts' \
	test "$(effects --config other.yaml old new)" = "$wanted_old"

# --- exclude ---

write_files "$work/excluded/old/deep" secret-1 secret-2
write_files "$work/excluded/new" secret-1 secret-1
configure excluded <<< "exclude: [old]"
try 'what is named is linted'  excluded 1 'password-drift' - old/deep/.env old/deep/ari.conf
try '--force-exclude'          excluded 0 'no faults found in 0 files' 'drift' --force-exclude old/deep/.env old/deep/ari.conf
try '--force-exclude, folder'  excluded 0 'no faults found in 0 files' 'drift' --force-exclude ./old
try '--force-exclude, others'  excluded 0 'no faults found in 2 files' 'drift' --force-exclude old/deep/.env new/.env new/ari.conf
try '--force-exclude --fix'    excluded 0 - 'changed' --force-exclude --fix old/deep/.env
try '--force-exclude, missing' excluded 3 'no-such' - --force-exclude no-such
try '--force-exclude without exclude' excluded 1 'password-drift' - --force-exclude --isolated old/deep/.env old/deep/ari.conf

# --- further keys of settings ---

write_files "$work/settings" secret-right secret-wrong
printf 'PBX_LOGIN=app\nPBX_PASS=secret-wrong\nA_PBX_URL=http://localhost:8077\nPBX_TOKEN=http://127.0.0.1:8066\n' \
	> "$work/settings/.env"
configure settings << 'END'
settings:
  ari/env_user: PBX_LOGIN
  ari/env_password: [PBX_PASS]
  ari/env_url: ['*_PBX_URL', PBX_TOKEN]
END
try 'named keys are compared' settings 1 '.env:2:10: error[ari/password-drift] PBX_PASS' 'secret-' --format concise
try 'a glob of them'          settings 1 'A_PBX_URL has port 8077' - --format concise
try 'a named secret is hidden' settings 1 'PBX_PASS=<secret:' 'secret-wrong'
try 'a public one is shown'   settings 1 'A_PBX_URL=http://localhost:8077' -
try 'but not what is called a secret' settings 1 'PBX_TOKEN=<secret:' '8066'
try 'unnamed they are nothing' settings 0 - 'PBX_PASS is' --isolated --format concise .
try 'they are in force'       settings 0 'ari/env_url: *_PBX_URL, PBX_TOKEN' - config
try 'they are in force, as JSON' settings 0 '"setting": "ari/env_password", "keys": ["PBX_PASS"]' - config --format json
try 'they are recognised'     settings 0 'in env: PBX_PASS (of the configuration), ARI_PASSWORD' - rule --settings
try 'they are recognised, as JSON' settings 0 '"configured_keys": ["PBX_LOGIN"]' - rule --settings --format json
try 'they are fixed'          settings 0 'fixed 3' 'secret-' --fix --backup=none --select ari/password-drift,ari/url-port
check 'the named key has the password' grep -qx 'PBX_PASS=secret-right' "$work/settings/.env"
configure faults <<< 'settings: {env_host: A}'
try 'a setting without its pack' faults 2 "did you mean 'ari/env_host'?" -
configure faults <<< 'settings: {ari/env_hots: A}'
try 'a misspelt setting'      faults 2 "did you mean 'ari/env_host'?" -
rm "$work/faults/.arilint.yaml"

# --- layers ---

write_files "$work/layers" secret-right secret-wrong
mv "$work/layers/.env" "$work/layers/.env.site"
printf 'ARI_PASSWORD=secret-right\n' > "$work/layers/.env"
try 'a layer that is not known' layers 0 "is for 'site'" - --show-not-evaluated .
configure layers <<< 'layers: [.env, .env.site]'
try 'a declared layer is certain' layers 1 '.env.site:3:14: error[ari/password-drift]' '.env:1' --format concise
try 'layers are in force'     layers 0 '  .env.site' - config
try 'layers are in force, as JSON' layers 0 '"layers": [".env", ".env.site"]' - config --format json
configure layers <<< 'layers: [.env.site, .env]'
try 'the last one wins'       layers 0 'no faults' 'password-drift' --format text
try 'what loses is not evaluated' layers 0 'ARI_PASSWORD is set again in .env' - --show-not-evaluated

# A repository's configuration names keys of its own files only.
mkdir -p "$work/outside" "$work/settings/.git"
printf 'PBX_LOGIN=app\nPBX_PASS=secret-wrong\nA_PBX_URL=http://localhost:8077\n' > "$work/outside/.env"
cp "$work/settings/ari.conf" "$work/settings/http.conf" "$work/outside"
configure settings << 'END'
settings: {ari/env_user: PBX_LOGIN, ari/env_password: PBX_PASS, ari/env_url: '*_PBX_URL'}
END
try 'not those of others'     settings 0 'no fault' 'is not the password' --ignore ari/nothing-recognised ../outside
try 'but with --config'       settings 1 'PBX_PASS is not the password' - --config .arilint.yaml ../outside

# --- readers ---

write_files "$work/readers" 'abc#123' 'abc#123'
cd "$work/readers" || exit
for case in dotenv:1 node-22:1 python-dotenv:0 docker:0 compose:0; do
	configure readers <<< "readers: {'*.env': ${case%:*}, '.env': [${case%:*}]}"
	try "read by ${case%:*}" readers "${case#*:}" - - --select ari/password-drift --format concise .
done
configure readers <<< "readers: {'sub/.env': python-dotenv}"
try 'another path'      readers 1 - - --select ari/password-drift .
configure readers <<< "readers: {'**': python-dotenv}"
try 'readers of .env files do not read ari.conf' readers 0 - - --select ari/password-drift .
other readers "readers: {'.e?v': dotenv, '**': python-dotenv}\n"
try 'the first that matches' readers 1 - - --select ari/password-drift --config other.yaml .
configure readers <<< "readers: {'.env': [python-dotenv, dotenv]}"
sed -i 's/abc#123/other/' "$work/readers/.env"
try 'written for all'   readers 0 - - --fix --select ari/password-drift .
check 'the value is quoted as dotenv needs it' grep -qE "^ARI_PASSWORD=['\"]abc#123['\"]$" "$work/readers/.env"

# --- --force-exclude ---

write_files "$work/exclude" secret-1 secret-1
for name in old old/deep backup/a new; do
	write_files "$work/exclude/$name" secret-1 secret-2
done
excluded() { # NAME MUST MUST-NOT YAML-LIST
	configure exclude <<< "exclude: $4"
	try "exclude $4: $1" exclude 1 "$2" "$3" --format concise .
}
excluded 'a folder'       'new/.env' 'old/'      "['old/**', 'backup']"
excluded 'a folder by /'  'new/.env' 'old/'      "['old/', backup/]"
excluded 'one level'      'old/deep/.env' 'old/.env:' "['old/*env', 'old/*.conf']"
excluded 'any level'      'new/.env' 'deep'      "['**/deep/**']"
excluded 'files'          'new/.env' 'old/deep/.env' "['old/**/.env', 'old/**/*.conf']"
excluded 'nothing'        'backup/a/.env' -      "[other]"
other exclude "exclude: ['**']\n"
try 'a named file is linted' exclude 1 'old/.env' - --format concise --config other.yaml old/ari.conf old/.env
try 'nothing is left' exclude 7 'nothing to lint' - --config other.yaml .

# --- rules, --select, --ignore ---

write_files "$work/rules" secret-1 secret-2
printf '; arilint: ignore[ari/url-port]\n[more]\ntype = user\npassword = secret-3\n' >> "$work/rules/ari.conf"
level() { # NAME STATUS MUST MUST-NOT YAML-MAP WORD...
	local name=$1 expected=$2 must=$3 must_not=$4
	configure rules <<< "rules: $5"
	shift 5
	try "$name" rules "$expected" "$must" "$must_not" --format concise "$@" .
}
level 'as it is'          1 'error[ari/password-drift]' - '{}'
level 'unused'            1 'arilint/unused-suppression' - '{}'
level 'ignore'            1 'arilint/unused-suppression' 'password-drift' '{ari/password-drift: ignore}'
level 'severity'          1 'warning[ari/password-drift]' - '{ari/password-drift: warning}'
level 'info'              0 'info[ari/password-drift]' - \
	'{ari/password-drift: info, arilint/unused-suppression: ignore}' --fail-on warning
level 'of a glob'         1 'info[ari/password-drift]' - "{'ari/*-drift': info}"
level 'of a pack'         0 - 'ari/' '{ari: ignore}' --select default
level 'the exact one'     1 'warning[ari/password-drift]' 'error[' "{ari/password-drift: warning, 'ari/*': ignore}"
level 'a switched off rule leaves its suppression' 0 - 'unused' "{'ari/*': ignore}"
level 'no warning of unused ones' 1 - 'unused' '{arilint/unused-suppression: ignore}'
level '--ignore'          1 - 'password-drift' '{}' --ignore ari/password-drift
level '--ignore twice'    0 - '[' '{}' --ignore 'ari/*' --ignore arilint
level '--select'          1 'password-drift' 'unused' '{}' --select ari/password-drift
level '--select, ignored' 1 'password-drift' - '{ari/password-drift: ignore}' --select ari/password-drift
level '--select ari, ignored' 0 - 'password-drift' '{ari/password-drift: ignore}' --select ari
level '--select default'  1 'password-drift' - '{}' --select default
level '--select none'     0 - '[' '{}' --select none
level '--select a list'   1 'password-drift' 'unused' '{}' --select 'ari/url-port,ari/password-drift'
level '--select and --ignore' 0 - 'password-drift' '{}' --select all --ignore 'ari/pass*,arilint'
level 'an unknown name'   2 "did you mean 'ari/password-drift'?" - '{}' --select ari/pasword-drift
level 'an unknown pack'   2 "there is no rule or pack 'nonsense'" - '{}' --ignore nonsense
level 'an empty name'     2 "there is no rule or pack ''" - '{}' --ignore ''
printf '\0\0\0' > "$work/rules/.env"
level '--select none reads all' 3 'arilint/binary' - '{}' --select none
write_files "$work/rules" secret-1 secret-2
cat > "$work/rules/own.yaml" << 'END'
arilint: 1
pack: own
roles: {env: {readers: dotenv, files: [.env]}, odd: {readers: dotenv, files: [odd]}}
rules:
  - id: quiet
    enabled: 'false'
    severity: info
    title: A quiet rule
    look_at: {each: file, in: env}
    message: 'quiet'
  - id: loud
    severity: info
    title: A loud rule
    look_at: {each: file, in: env}
    message: 'loud'
END
own() { # NAME STATUS MUST MUST-NOT YAML WORD...
	local name=$1 expected=$2 must=$3 must_not=$4
	printf 'packs: [own.yaml]\n%b' "$5" | configure rules
	shift 5
	try "$name" rules "$expected" "$must" "$must_not" --format concise --no-builtin "$@"
}
own 'off by default'      0 'own/loud' 'own/quiet' '' .
own 'on by severity'      1 'warning[own/quiet]' - 'rules: {own/quiet: warning}\n' .
own 'on by a glob'        1 'warning[own/quiet]' - "rules: {'own/*': warning}\n" .
own 'not by its pack'     1 'warning[own/loud]' 'own/quiet' 'rules: {own: warning}\n' .
own '--select its pack'   0 'own/loud' 'own/quiet' '' --select own .
own '--select a glob'     0 'own/quiet' - '' --select 'own/*' .
own '--select it'         0 'own/quiet' 'own/loud' '' --select own/quiet .
own '--select all'        0 'own/quiet' - '' --select all .
own 'the role of a pack'  0 'own/loud' - 'groups: {g: {files: {own.env: ari.conf}}}\n'
try 'a pack of the configuration is explained' rules 0 'A loud rule' - rule own/loud
try 'from another folder' repository 0 'A loud rule' - rule --config ../rules/.arilint.yaml own/loud

# --- comments that silence, and those that were meant to ---

mkdir "$work/silence"
silence() { # NAME STATUS MUST MUST-NOT COMMENT
	printf '[general]\nenabled = yes\n[x]\ntype = user\nread_only = yes\npassword = short ; %s\n' "$5" > "$work/silence/ari.conf"
	try "silence: $1" silence "$2" "$3" "$4" --isolated .
}
silence 'a rule'          0 'no faults' 'unused' 'arilint: ignore[secrets/short] why'
silence 'two rules'       1 "finds nothing there" 'secrets/short]:' 'arilint: ignore[secrets/short, ari/read-only]'
silence 'one for another' 1 'secrets/short]:' 'no rule' 'arilint: ignore[ari/read-only]'
silence 'without a pack'  1 "no rule 'short' to be silenced" - 'arilint: ignore[short]'
check 'silence: the whole name' grep -qF "did you mean 'secrets/short'?" "$scratch/out"
silence 'misspelt, without a pack' 1 "did you mean 'secrets/short'?" - 'arilint: ignore[shrot]'
silence 'misspelt'        1 "did you mean 'secrets/short'?" - 'arilint: ignore[secrets/shotr]'
silence 'a pack'          1 "did you mean 'secrets/short'?" - 'arilint: ignore[secrets]'
silence 'a glob'          1 "did you mean 'secrets/short'?" - 'arilint: ignore[secrets/*]'
silence 'a glob of nothing' 1 'a comment names rules one by one' 'did you mean' 'arilint: ignore[dotenv/*]'
silence 'of a file'       0 'no faults' 'unused' 'arilint: ignore-file[secrets/short]'
silence 'a pack of a file' 1 "did you mean 'secrets/short'?" - 'arilint: ignore-file[secrets]'
for comment in 'arilint: ignore' 'arilint: ignroe[secrets/short]' 'arilint ignore[secrets/short]' 'arilint:ignore[secrets/short]' \
	'arilint: ignore-line[secrets/short]' 'arilint: ignore [secrets/short]' 'arilint: ignore[secrets/short' \
	'arilint: disable[secrets/short]'; do
	silence "'$comment'"  1 'this silences nothing: it is written `arilint: ignore[PACK/RULE]`' - "$comment"
	check "silence: '$comment' silences nothing" grep -qF 'warning[secrets/short]' "$scratch/out"
done
for comment in 'arilint' 'arilint: please look here' 'see arilint: ignore' 'arilint finds [this] short' 'arilints: ignored'; do
	silence "'$comment'"  1 'warning[secrets/short]' 'silences' "$comment"
done
rm "$work/silence/ari.conf"
printf 'A=1\nA=2 # arilint: ignore[dotenv/repeated-key]\n' > "$work/silence/.env"
try 'silence: behind a value' silence 1 'put it alone on the line above' - --isolated .
check 'silence: behind a value it silences nothing' grep -qF 'warning[dotenv/repeated-key]' "$scratch/out"
printf '# arilint: ignore[dotenv/repeated-same]\n# and\n# arilint: ignore[dotenv/repeated-key]\nA=1\nA=2\n' > "$work/silence/.env"
try 'silence: a remark between' silence 1 'dotenv/repeated-same finds nothing there' - --isolated .
printf 'A=1\n# arilint: ignore[dotenv/lowercase-key] a\n# arilint: ignore[dotenv/repeated-key] b\nA=2\n' > "$work/silence/.env"
try 'silence: one above another' silence 1 'dotenv/lowercase-key finds nothing' 'repeated-key' --isolated --select default,dotenv/lowercase-key .

# --- ignore: rules of some files ---

write_files "$work/ignored/old" secret-1 secret-2
write_files "$work/ignored/new" secret-1 secret-2
ignored() { # NAME STATUS MUST MUST-NOT YAML-MAP WORD...
	local name=$1 expected=$2 must=$3 must_not=$4
	configure ignored <<< "ignore: $5"
	shift 5
	try "ignore: $name" ignored "$expected" "$must" "$must_not" --format concise "$@" .
}
ignored 'none'            1 'old/.env:3:14' - '{}'
ignored 'a rule of a file' 1 'new/.env:3:14' 'old/.env' '{old/.env: ari/password-drift}'
ignored 'a folder'        1 'new/.env:3:14' 'old/.env' "{'old/**': [ari/password-drift]}"
ignored 'a name'          0 - 'drift' '{.env: [ari/password-drift]}'
ignored 'a glob of rules' 1 'new/.env:3:14' 'old/.env' "{'old/*': ['ari/*-drift']}"
ignored 'a pack'          1 'new/.env:3:14' 'old/.env' "{'old/*': ari}"
ignored 'all'             0 - 'drift' "{'old/*': all, 'new/*': all}"
ignored 'another rule'    1 'old/.env:3:14' - "{'old/*': [ari/read-only]}"
ignored 'the other side'  1 'old/.env:3:14' - "{old/ari.conf: ari/password-drift}"
ignored 'it is not fixed' 0 - '@@' '{.env: ari/password-drift}' --diff
ignored 'without a pack'  2 "there is no rule or pack 'password-drift'" - '{.env: password-drift}'
try 'ignore: what was meant' ignored 2 "did you mean 'ari/password-drift'?" - .
ignored 'misspelt'        2 '.arilint.yaml:2:22: error[arilint/configuration] there is no rule' - '{.env: [ari, arri]}'
ignored 'no list'         2 'must be a list' - '{.env: {a: b}}'
configure ignored <<< "ignore: {'old/*': [ari/password-drift, dotenv]}"
try 'ignore is in force'  ignored 0 'old/*: ari/password-drift, dotenv/*' - config
try 'ignore is in force, as JSON' ignored 0 '{"files": "old/*", "rules": ["ari/password-drift", "dotenv/*"]}' - config --format json
check 'it is JSON' python3 -m json.tool "$scratch/out" /dev/null
printf '\0\0\0' > "$work/ignored/old/.env"
ignored 'what is not read' 3 'arilint/binary' - "{'**': all}"
configure rules <<< 'rules: {password-drift: ignore, foo: ignore}'
try 'a rule without its pack' rules 2 "did you mean 'ari/password-drift'?" 'there are:' .

# --- readers of no file ---

write_files "$work/unread/backend" secret-1 secret-1
unread() { # NAME MUST MUST-NOT YAML-MAP WORD...
	configure unread <<< "readers: $4"
	try "readers: $1" unread 0 "$2" "$3" --format concise "${@:5}"
}
note="note: .arilint.yaml:2: no file of this run is read by 'backnd/.env' of \`readers\`; did you mean 'backend/.env'?"
unread 'a file that is there' - 'no file' "{backend/.env: node-22, '.e?v': dotenv}"
unread 'a misspelt folder' "$note" - '{backnd/.env: node-22}'
unread 'a misspelt folder, by path' "$note" - '{backnd/.env: node-22}' .
unread 'a name'           "'.evn' of \`readers\`; did you mean 'backend/.env'?" - "{.evn: node-22}"
unread 'nothing like it'  "by 'php/*.ini' of \`readers\`" 'did you mean' "{'php/*.ini': node-22}"
unread 'a part of it'     - 'no file' '{backnd/.env: node-22}' backend
unread 'a file'           - 'no file' '{backnd/.env: node-22}' backend/.env

# --- the rest: who has the last word ---

configure rules << 'END'
authority: env
language: ru
fail_on: never
END
try 'fail_on'            rules 0 'error[' - --format concise .
try '--fail-on'          rules 1 'error[' - --format concise --fail-on error .
try 'language'           rules 0 'не ' - .
try '--lang'             rules 0 'is not' 'не ' --lang en .
try 'authority'          rules 1 'secret' - --diff .
try 'authority'          rules 0 'authority: env' - config
try '--authority'        rules 0 'authority: ari' - config --authority ari
cp "$work/rules/.env" "$scratch/env"
try '--fix by authority' rules 0 - - --fix --unsafe-fixes --format concise .
check '--fix by authority changes the other side' cmp "$scratch/env" "$work/rules/.env"
check '--fix by authority writes the value' grep -q 'password = secret-2' "$work/rules/ari.conf"
configure targets << 'END'
groups: {"odd\e[31mname": {files: {ari: "e\u009bvil.conf", env: old/.env}}}
rules: {ari/read-only: ignore}
exclude: [a, b]
readers: {'.env': [node-22, compose]}
END
try 'config as JSON' targets 0 '"rule": "ari/read-only", "level": "ignore"' - config --format json
check 'it is JSON' python3 -m json.tool "$scratch/out" "$scratch/json"
check 'nothing drives a terminal' bash -c '! LC_ALL=C grep -qP "\x1b|\xc2\x9b" "$0"' "$scratch/out"
try 'config as text' targets 0 '.env: node-22, compose' - config
check 'nothing drives a terminal' bash -c '! LC_ALL=C grep -qP "\x1b|\xc2\x9b" "$0"' "$scratch/out"
try 'config --help' targets 0 '--isolated' - config --help
try 'config with words' targets 2 'too many words' - config words
try 'config in another format' targets 2 'text or json' - config --format concise
finish
