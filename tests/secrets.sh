#!/usr/bin/env bash
# No password of the example ever shows, in no report, diff or file name.
. "$(dirname "$0")/harness.sh"

cp -r "$repository/fixtures/call-center" "$scratch/tree"
cd "$scratch/tree"
{
	grep -rhoE '^[A-Za-z_]*(password|PASSWORD|SECRET) *= *[^;#]*' broken/etc broken/backend/.env |
		sed -E "s/^[^=]*= *//; s/[[:space:]]*$//; s/^[\"']//; s/[\"']$//"
	grep -hoE '://[^:@]*:[^@]*@' broken/backend/.env | sed -E 's/.*:(.*)@/\1/'
} | sort -u > "$scratch/passwords"
check 'the example has four passwords' test "$(wc -l < "$scratch/passwords")" = 4

shows_none() { # ARGUMENT...
	local state=(--state-dir "$scratch/state")
	[ "$1" != dump ] || state=()
	run "$arilint" "$@" "${state[@]}"
	if grep -qFf "$scratch/passwords" "$scratch/out" "$scratch/err"; then
		fail "a password shows: arilint $*"
	elif [ "$status" -gt 1 ]; then
		fail "exit status $status: arilint $*: $(head -n 3 "$scratch/err")"
	else
		pass
	fi
}

formats=$("$arilint" --format '?' . 2>&1 | grep -oE '\b(text|concise|json|sarif|github|gitlab|junit|checkstyle|gcc|rdjson)\b' | sort -u)
check 'an unknown format is answered with the list of formats' grep -q json <<< "$formats"
for format in $formats; do
	shows_none --format "$format" broken/etc broken/backend
	shows_none --format "$format" --color always broken/etc broken/backend
	shows_none --format "$format" --diff broken/etc broken/backend
	shows_none --format "$format" --authority env --diff broken/etc broken/backend
	shows_none --format "$format" --show-not-evaluated broken/etc broken/backend fixed/etc fixed/backend
	cp -r broken "copy-$format"
	shows_none --format "$format" --fix "copy-$format/etc" "copy-$format/backend"
done
run "$arilint" --show-secrets broken/etc broken/backend
check '--show-secrets away from a terminal is refused' test "$status" = 2
shows_none undo --list

# dump masks like everything else.
shows_none dump --reader dotenv broken/backend/.env
shows_none dump --reader asterisk broken/etc/asterisk/ari.conf
shows_none dump --reader dotenv --explain ARI_PASSWORD broken/backend/.env
cp broken/backend/.env nameless
shows_none dump --reader dotenv nameless
run "$arilint" dump --show-secrets --reader dotenv nameless
check 'dump --show-secrets away from a terminal is refused' test "$status" = 2
run "$arilint" dump --show-secrets=yes --reader dotenv nameless
check 'dump --show-secrets=yes is refused' test "$status" = 2
run "$arilint" dump --show-secrets=always --reader dotenv nameless
check 'dump --show-secrets=always shows' grep -qFf "$scratch/passwords" "$scratch/out"
run script -qec "'$arilint' dump --show-secrets --reader dotenv nameless" /dev/null
check 'dump --show-secrets shows on a terminal' grep -qFf "$scratch/passwords" "$scratch/out"

# What a program refuses holds its secrets all the same.
refused_hides() { # READER BYTES
	mkdir -p "$scratch/refused"
	printf 'arilint: 1\nreaders: {.env: %s}\n' "$1" > "$scratch/refused/.arilint.yaml"
	printf "$2" > "$scratch/refused/.env"
	run env -C "$scratch/refused" "$arilint" .env
	check "reader $1 refuses the file" grep -q 'dotenv/refused' "$scratch/out"
	check "reader $1 shows a value of a file it refuses" test -z "$(grep -a Geheimnis "$scratch/out")"
}
refused_hides python-dotenv 'ARI_PASSWORD=Geheimnis\xe9\n'
refused_hides compose 'ARI_PASSWORD=Geheimnis${\n'
refused_hides dotenvy 'ARI_PASSWORD=Geheimnis${\n'

# Faults show lines of the files they are in: of files that are none of YAML, none.
run "$arilint" validate broken/backend/.env
check 'validate shows a password of a .env file' bash -c '! grep -qFf "$1" "$2"' - "$scratch/passwords" "$scratch/out"
check 'a .env file is refused as a pack' grep -q 'not YAML by its name' "$scratch/out"
{ echo 'arilint: 1'; sed -nE 's/^(ASTERISK_)?ARI_PASSWORD=/password: /p' broken/backend/.env; } > pack.yaml
run "$arilint" validate pack.yaml
check 'validate shows a password of a pack' bash -c '! grep -qFf "$1" "$2"' - "$scratch/passwords" "$scratch/out"
check 'a fault is shown in its frame' grep -q 'password: <secret:' "$scratch/out"

# Edits that carry a password in a URL.
mkdir -p edits
printf '[general]\nenabled = yes\n[dialer]\ntype = user\nread_only = no\npassword = Geheimnis7\n' > edits/ari.conf
printf '[general]\nenabled = yes\nbindport = 8099\n' > edits/http.conf
printf 'ARI_URL=http://dialer:Geheimnis7@127.0.0.1:8088\nARI_USERNAME=dialer\nARI_PASSWORD=Geheimnis7\n' > edits/.env
for format in $formats; do
	run "$arilint" --format "$format" edits
	check "$format shows a password in an edit" test -z "$(grep -a Geheimnis7 "$scratch/out")"
done
run "$arilint" --format json edits
check 'there is an edit with a secret' jq -e '[.diagnostics[].fix.edits[]? | select(.secret)] | length > 0' "$scratch/out" > /dev/null

# A quote that was not closed swallows the name, and what is left of the secret looks like a statement.
printf "KEY='595038684573\nARI_PASSWORD='YP8hEsk=Z9Df0VO'\n" > rest.env
for reader in compose godotenv; do
	run "$arilint" dump --reader "$reader" rest.env
	check "dump --reader $reader shows the rest of a secret" test -z "$(grep -aE 'YP8hEsk|Z9Df0VO' "$scratch/out")"
done

# No line is a command to a CI system, and no character turns the direction of writing.
mkdir -p commands
printf 'ARI_PORT=x\nARI_PORT=y\n' > 'commands/::error ::x.env'
printf '##[error]x=1\n##[error]x=1\n##vso[x]y=1\n##vso[x]y=1\n' > commands/.env
printf 'A=1\nA=\342\200\256x\n\342\200\256B=1\n\342\200\256B=1\n' > commands/turned.env
for format in $formats; do
	own='^$'
	[ "$format" != github ] || own='^::(error|warning|notice) title=[a-z/-]+,file=[^:]+,line=[0-9]+,[^:]*::[^:]'
	run env -C commands "$arilint" --format "$format" '::error ::x.env' .env turned.env
	check "$format writes a command" test -z "$(grep -aE '^[[:space:]]*::(error|warning)' "$scratch/out" | grep -avE "$own")"
	check "$format writes an old command" test -z "$(grep -aE '##(\[|vso)' "$scratch/out")"
	check "$format turns the direction" test -z "$(grep -a $'\u202e' "$scratch/out")"
done
check 'a name in the state folder shows a password' \
	bash -c '! find "$1" -printf "%P\n" | grep -qFf "$2"' - "$scratch/state" "$scratch/passwords"
finish
