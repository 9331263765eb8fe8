#!/usr/bin/env bash
# `arilint diagnose`: every symptom of the packs in every form in which logs come, streams, hostile logs, secrets, what
# explains a symptom, and exit statuses.
. "$(dirname "$0")/harness.sh"
fixtures=$repository/fixtures
cd "$scratch" || exit
mkdir nothing

diagnose() { # ARGUMENT...
	run "$arilint" diagnose --isolated --lang en "$@"
}

# The symptoms of the last run in JSON, each with its count.
seen() {
	jq -r '.symptoms[] | "\(.symptom) \(.count)"' out
}

# --- every symptom, in every form ---

# Asterisk writes none of these.
of_backends=$(for pack in "$repository"/rules/*.yaml; do
	sed -n '/^symptoms:/,$p' "$pack" | awk -v pack="$(basename "$pack" .yaml)" \
		'/^  - id: /{id = pack "/" $3} /^    source: backend$/{print id}'
done)

# A line as it is, and as those print it that stand between a program and who reads its log.
forms() { # SYMPTOM LINE QUOTED NESTED: QUOTED as a text of JSON, NESTED as one that holds an object of JSON
	local line=$2 quoted=$3 nested=$4
	printf '%s\n' "$line"
	printf '%s\r\n' "$line"
	printf '0|call-center  | %s\n' "$line"
	printf '12|api | 2026-11-22T10:31:00.123Z: %s\n' "$line"
	printf 'backend-1  | [2026-11-22 10:31:00 +0500] %s\n' "$line"
	printf 'Nov 22 10:31:00 pbx node[812]: %s\n' "$line"
	printf '2026-11-22T10:31:00+05:00 pbx node[812]: \033[31m%s\033[39m\n' "$line"
	printf '\033]0;title\007[Nest] 812  - 11/22/2026, 10:31:00 AM \033[1;31mERROR\033[0m %s\n' "${line/#out1: /\\n}" |
		sed "s/\\\\n/out1: /"
	printf '{"level":50,"time":1790000000000,"msg":%s}\n' "$quoted"
	printf '{"level":"error","message":"ARI failed","err":{"type":"Error","message":%s,"code":7}}\n' "$quoted"
	printf '{"log":%s,"stream":"stderr","time":"2026-11-22T10:31:00.5Z"}\n' "$nested"
	! grep -qx "$1" <<< "$of_backends" || return
	printf '[Nov 22 10:31:00] ERROR[123] config.c: %s\n' "$line"
	printf '[2026-11-22 10:31:00.123] WARNING[9][C-0000001a]: ari/config.c:512 load_config: %s\n' "$line"
	printf 'Nov  2 10:31:00 pbx asterisk[812]: [Nov  2 10:31:00] NOTICE[9]: config.c:1990 process_text_line: %s\n' "$line"
}

mkdir logs
while IFS= read -r symptom && IFS= read -r line && IFS= read -r quoted && IFS= read -r nested; do
	forms "$symptom" "$line" "$quoted" "$nested" >> "logs/${symptom/\//.}"
done < <(jq -Rr 'split("\t") | .[0], (.[1] | ., tojson, ("0|api | {\"message\":\(tojson)}\n" | tojson))' "$fixtures/logs/symptoms")
# What begins with a name of its own does not stand at the start behind another text, and what must be the whole message
# is not.
sed -i '/Nest/d; /"err"/d' logs/ari.outbound logs/manager.greeting logs/asterisk.module-not-loaded
sed -i '/Nest/d' logs/manager.login-refused logs/ari.{allocation-failed,invalid-parameter,channel-gone,app-not-found}

symptoms=$(cut -f 1 "$fixtures/logs/symptoms" | sort -u)
batch < <(for symptom in $symptoms; do
	printf 'diagnose\t--isolated\t--lang\ten\t--with\tnothing\t--format\tjson\tlogs/%s\n' "${symptom/\//.}"
done)
jq -r '[input_filename, (.symptoms | group_by(.symptom)[] | "\(.[0].symptom) \(map(.count) | add)")] | join("\t")' "$outputs"/*.out > sights
number=0
for symptom in $symptoms; do
	number=$((number + 1))
	sight=$(sed -n "s,^$outputs/$number\\.out\t,,p" sights)
	check "$symptom: exit status ${statuses[number]}" test "${statuses[number]}" = 1
	check "$symptom: seen as $sight" test "$sight" = "$symptom $(wc -l < "logs/${symptom/\//.}")"
done
for pack in "$repository"/rules/*.yaml; do
	for id in $(sed -n '/^symptoms:/,$p' "$pack" | sed -n 's/^  - id: //p'); do
		check "$pack: no line shows the symptom $id" grep -qx "$(basename "$pack" .yaml)/$id" <<< "$symptoms"
	done
	# Rules of another pack are not looked up when a pack is loaded.
	for rule in $(sed -n '/^symptoms:/,$p' "$pack" | grep -E '^ +(explained_by|rules): ' |
		grep -oE '\b(ari|http)/[a-z-]+\b'); do
		check "$pack: there is no rule $rule" grep -qE "^  - id: ${rule#*/}$" "$repository/rules/${rule%/*}.yaml"
	done
done

# What the lines name, the third column of the table.
mkdir named
while IFS=$'\t' read -r number line; do
	printf '%s\n' "$line" > "named/$number"
done < <(cut -f 2 "$fixtures/logs/symptoms" | cat -n | sed 's/^ *//')
batch < <(for number in $(seq "$(wc -l < "$fixtures/logs/symptoms")"); do
	printf 'diagnose\t--isolated\t--with\tnothing\t--format\tjson\tnamed/%s\n' "$number"
done)
number=0
while IFS=$'\t' read -r symptom line names; do
	number=$((number + 1))
	got=$(jq -r '[.symptoms[] | .names | to_entries[] | "\(.key)=\(.value)"] | join(" ")' "$outputs/$number.out")
	check "$symptom: $line: names '$got'" test -z "$names" -o "$got" = "$names"
done < "$fixtures/logs/symptoms"

# Lines that look alike and mean nothing.
diagnose --with nothing --format json "$fixtures/logs/no-symptom"
check "no-symptom: exit status $status, $(seen)" test "$status" = 0 -a -z "$(seen)"

# --- what is said ---

printf '2026-11-22T10:30:00: one\n0|api | 2026-11-22T10:31:00: Error: Unexpected server response: 401\n%s\n' \
	'0|api | 2026-11-22T10:32:00: Error: Unexpected server response: 401' > log
diagnose --with nothing log
check 'time and count' grep -qx ' --> log:3, at 2026-11-22T10:32:00, the last of 2 times' out
check 'the last line' grep -qxF '  | 0|api | 2026-11-22T10:32:00: Error: Unexpected server response: 401' out
check 'the effect' grep -q '^  = effect: 401: ' out
check 'no file was read' grep -q 'not explained: no configuration file was read' out
check 'the summary' test "$(tail -n 1 out)" = '1 symptom in 3 lines of 1 log'
echo '{"time":1790000000000,"msg":"Unexpected server response: 401"}' > log
diagnose --with nothing log
check 'the time of JSON' grep -q ', at 2026-09-21T14:13:20Z$' out
printf 'Error: socket hang up\nError: connect ECONNREFUSED [::1]:8088\nError: Unexpected server response: 404\n' > log
printf 'Error: Unexpected server response: 401\nOrigin header %s does not match an allowed origin.\n' "'http://a'" >> log
diagnose --with nothing --format json log
check "gravest first: $(seen | tr '\n' ' ')" test "$(seen | cut -d ' ' -f 1 | grep -v hang-up | tr '\n' ' ')" = \
	'ari/refused ari/not-found ari/unauthorized ari/origin '
for language in uz:hech ru:никто; do
	run "$arilint" diagnose --isolated --with nothing --lang "${language%:*}" log
	check "--lang ${language%:*}" grep -q "${language#*:}" out
done

# --- what explains it ---

# SYMPTOM LINE FILES...: the rules that explain a line
explains() { # WANTED LINE PATH
	local got
	printf '%s\n' "$2" > log
	diagnose --with "$3" --format json log
	got=$(jq -r '.symptoms[0].explained_by | map(.rule) | join(" ")' out)
	check "$2: explained by '$got', not '$1'" test "$got" = "$1"
}

broken=$fixtures/call-center/broken
explains ari/password-drift 'Error: Unexpected server response: 401' "$broken"
explains ari/repeated-general "Config file 'ari.conf' could not be loaded; configuration contains a duplicate object: 'general' of type 'general'" "$broken"
explains '' 'Error: connect ECONNREFUSED 127.0.0.1:8088' "$broken"
explains '' 'Error: Unexpected server response: 401' "$fixtures/call-center/fixed"
diagnose --with "$broken" log
check 'a finding has path, line, rule and message' bash -c \
	'grep -q "explained by: .*/backend/.env:[0-9]* ari/password-drift ASTERISK_ARI_PASSWORD is not" out'
check 'what --fix mends is said' grep -q 'arilint --fix. mends 1 of the findings' out
diagnose --with "$fixtures/call-center/fixed" log
check 'files that explain nothing' grep -qE 'not explained: nothing in the [0-9]+ configuration files' out
check 'what to do next' grep -q '^  = help: ' out
mkdir drift && cp -r "$fixtures/call-center/fixed/." drift
sed -i 's/8088/8099/' "$(grep -rl 'URL.*8088' drift | head -n 1)"
explains ari/url-port 'Error: connect ECONNREFUSED 127.0.0.1:8099' drift
diagnose --with "$broken" --format json log
check 'valid JSON' bash -c 'jq -e ".version and .logs[0].lines and .symptoms[0].last.text and .summary" out > /dev/null'

# --- what is told apart ---

# Each folder: a log, the files of a set-up, and what is expected: symptom, lines, names, and what explains it, with `=` for
# certain and `~` for what may.
for case in "$fixtures"/logs/cases/*/; do
	diagnose --with "$case/files" --format json "$case/log"
	jq -r '.symptoms[] | "\(.symptom) \(.count)\(.names | to_entries | map(" \(.key)=\(.value)") | join("")):\(.explained_by |
		map(" " + (if .certain then "=" else "~" end) + .rule) | join(""))"' out | LC_ALL=C sort > told
	check "$case: $(diff told "$case/expected")" cmp -s told "$case/expected"
done

# Memory is bounded whatever the logs name; what is left out is told, and every symptom is told once at least.
for number in $(seq 40); do
	printf "10.0.0.%s failed to authenticate as 'crm'\n" "$number"
	printf 'Error: connect ECONNREFUSED 10.1.0.%s:8088\n' "$number"
done > many
echo 'Error: Unexpected server response: 404' >> many
diagnose --with nothing many
check 'more than are told apart' grep -qx 'left out: 16 lines of further addresses or users; of one symptom, 32 are told apart' out
check 'the symptom behind them' grep -q '^symptom.ari/not-found' out
diagnose --with nothing --format json many
check 'how many are left out, in JSON' test "$(jq .summary.not_told_apart out)" = 16
check 'how many are told' test "$(jq '.symptoms | length' out)" = 65

# --- streams ---

mkfifo pipe
{ printf 'Error: Unexpected server resp'; sleep 0.2; printf 'onse: 401\nError: socket'; sleep 0.2; printf ' hang up'; } > pipe &
diagnose --with nothing --format json pipe
wait
check "a stream in pieces: $(seen)" test "$(seen | sort | tr '\n' ' ')" = 'ari/hang-up 1 ari/unauthorized 1 '
# Who sleeps while something stood in the pipe has read it.
rm -f written
{ echo 'Error: socket hang up' && touch written && exec sleep 600; } > pipe &
feeder=$!
"$arilint" diagnose --isolated --with nothing pipe > out 2> err &
reader=$!
soon test -e written
soon grep -q '^State:.S' /proc/$reader/status
kill -INT $reader
wait $reader
status=$?
check "interrupted: exit status $status" test "$status" = 1
check 'interrupted: the summary' grep -qx '1 symptom in 1 line of 1 log' out
kill $feeder 2> /dev/null
wait $feeder 2> /dev/null
"$arilint" diagnose --isolated --with nothing < log > out
check "standard input: exit status $?" grep -q -- '--> standard input:1' out

# Somebody who watches a stream is told of a symptom when it comes, once, and of all at the end.
cat > watch << END
{ echo 'Error: socket hang up'; bash -c 'until [ -s out ]; do sleep 0.05; done'; echo 'Error: socket hang up'; } |
	"$arilint" diagnose --isolated --with nothing --color never
END
run script -qec 'bash watch' /dev/null
check 'a watched stream' test "$(grep -c '^symptom.ari/hang-up' out)" = 2
check 'a watched stream: at once' bash -c 'grep -m 1 -- "-->" out | grep -q "standard input:1.$"'

# --- hostile logs ---

most_memory=100000 # KiB; a sanitizer reserves more than that of its own
[[ ${BUILD:-} != *sanitize* ]] || most_memory=unlimited
bounded() { # NAME EXPECTED_STATUS ARGUMENT...
	local name=$1 expected=$2
	shift 2
	run bash -c 'ulimit -v "$1" && shift && exec "$@"' - $most_memory "$arilint" diagnose --isolated --with nothing "$@"
	check "$name: exit status $status: $(head -n 1 err)" test "$status" = "$expected"
}
{ head -c 30000000 /dev/zero | tr '\0' 'x'; echo; echo 'Error: socket hang up'; } > long
bounded 'a line of 30 MB' 1 long
check 'the line behind it' grep -q -- '--> long:2' out
{ printf 'Error: Unexpected server response: 401 '; head -c 200000 /dev/zero | tr '\0' 'y'; } > long
bounded 'a symptom in a long line' 1 long
check 'the line is shown in part' test "$(wc -c < out)" -lt 3000
head -c "${THOROUGH:+3}300000" /dev/urandom > garbage
bounded 'random bytes' 0 garbage
printf '\033]52;c;cHduZWQ=\007Error: socket hang up\033[2J\302\233\0\001\n' > garbage
bounded 'control bytes' 1 garbage
check 'control bytes are printed' bash -c '! LC_ALL=C grep -qP "[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]" out'
for start in '{"msg":' '[[[[' '{"a":{' '{"msg":"\ud83d' '{"msg":"\u00' '0|' '[Nov 22 10:31:00' 'ERROR[' "Config file '" '{"msg":"x"}}'; do
	for _ in $(seq 500); do printf '%s' "$start"; done
	printf '\n%s\n' "$start"
done > garbage
bounded 'lines that break off' 0 garbage
{ printf '{"a":'; head -c 60000 /dev/zero | tr '\0' '['; echo; } > garbage
bounded 'deep JSON' 0 garbage

# --- secrets ---

mkdir secret
cat > secret/ari.conf << 'END'
[general]
enabled = yes
[backend]
type = user
password = Tr0ub4dor&3"x
END
cat > secret/.env << 'END'
ARI_USER=backend
ARI_PASSWORD='An0ther "pass'
STRIPE_KEY=sk_live_51Habcdef
SMS_TOKEN=zq7
END
hidden='Tr0ub4dor|An0ther|sk_live|zq7\>|hunter2|c2VjcmV0|OTHERTOKEN'
while IFS= read -r line; do
	printf '%s\n' "$line" > log
	printf '{"message":%s}\n' "$(jq -Rs . <<< "$line" | sed 's/\\n"$/"/')" > log.json
	head -c 66000 /dev/zero | tr '\0' ' ' | sed "s/^/${line//[&\/]/\\&}/" > log.long
	for log in log log.json log.long; do
		for format in text json; do
			diagnose --with secret --format $format $log
			check "$log: exit status $status: $line" test "$status" = 1
			check "a secret shows in $format: $line: $(grep -E "$hidden" out)" bash -c '! grep -qE "$1" out err' - "$hidden"
		done
	done
done << 'END'
Error: Unexpected server response: 401 password Tr0ub4dor&3"x
Error: Unexpected server response: 401 ws://127.0.0.1/ari/events?api_key=backend:hunter2&app=x
Error: Unexpected server response: 401 http://backend:hunter2@127.0.0.1:8088/ari
Error: Unexpected server response: 401 Tr0ub4dor%263%22x {"p":"Tr0ub4dor&3\"x"}
Error: Unexpected server response: 401 An0ther "pass, An0ther%20%22pass
Error: Unexpected server response: 401 sk_live_51Habcdef pin zq7, not zq7x
Error: Unexpected server response: 401 Authorization: Basic YmFja2VuZDpodW50ZXIyOTHERTOKEN
Error: Unexpected server response: 401 headers: { authorization: 'Bearer c2VjcmV0LXRva2Vu' }
Error: Unexpected server response: 401 {"password": "hunter2", "apiKey":"OTHERTOKEN"}
Error: Can't read swagger JSON from http://backend:hunter2@127.0.0.1:8088/ari/api-docs/resources.json
User 'backend' missing password, api_key=hunter2
Stasis app 'Tr0ub4dor&3"x' not registered
[FATAL] Cannot connect to Asterisk Manager with freepbx/hunter2
WSServerHandshakeError: 401, message='x', url=URL('ws://127.0.0.1:8088/ari/events?app=ivr&api_key=backend:hunter2')
out: Websocket connection to 'ws://backend:hunter2@10.9.0.3:9000/ari' failed: Connection refused
END

# --- exit statuses and logs that are none ---

expect() { # NAME EXPECTED ARGUMENT...
	local name=$1 expected=$2
	shift 2
	diagnose "$@"
	check "$name: exit status $status: $(cat err)" test "$status" = "$expected"
}
echo 'all is well' > quiet
echo 'Error: socket hang up' > log
gzip -k log
expect 'a log without symptoms' 0 --with nothing quiet
expect 'a symptom' 1 --with nothing quiet log
expect 'an unknown option' 2 --fix log
expect 'an unknown format' 2 --format sarif log
expect 'an unknown language' 2 --lang de log
expect 'a log that is not there' 3 --with nothing missing log
check 'the other log is read' grep -q hang-up out
check 'the missing one is named' grep -q '^arilint: error: missing: ' err
expect 'a folder' 3 --with nothing nothing
expect 'a device' 3 --with nothing /dev/zero
expect 'a compressed log' 3 --with nothing log.gz
check 'what reads a compressed log' grep -q zcat err
expect 'files that are not there' 3 --with missing log
check 'the symptom is told all the same' grep -q hang-up out

# --- packs of one's own ---

cat > app.yaml << 'END'
arilint: 1
pack: app
roles:
  ini: {readers: asterisk, files: [app.ini], public: ['*']}
rules:
  - id: odd
    severity: warning
    title: odd
    look_at: {each: key, in: ini}
    expect: {value: {is: x}}
    message: odd
symptoms:
  - id: lost
    pattern: 'lost (?<what>\w+) {2}at'
    title: '{{{what}}} is lost'
    message: {en: 'lost', ru: 'потеряно'}
    explained_by: {rules: [odd]}
END
printf '[a]\nb = c\n' > app.ini
echo 'we lost it  at sea' > log
expect 'a pack' 1 --no-builtin --rules app.yaml --with app.ini log
check 'braces and captures' grep -qF 'symptom[app/lost]: {it} is lost' out
check 'its rule' grep -q 'explained by: app.ini:2 app/odd odd' out
wrong() { # NAME SED EXPECTED
	sed "$2" app.yaml > wrong.yaml
	run "$arilint" validate --format concise wrong.yaml
	check "$1: $(cat out err)" grep -qF -- "$3" out
	check "$1: exit status $status" test "$status" = 2
}
wrong 'a capture' 's/{what}/{wat}/' "wrong.yaml:15:16: error[arilint/pack] the pattern has no group 'wat'"
wrong 'a rule' 's/\[odd\]/[od]/' "there is no rule 'od'"
wrong 'a pattern' 's/w+)/w+/' 'not a regular expression'
wrong 'an effect' 's/rules: .odd./effects: [four]/' "there is no effect 'four'"
wrong 'a member' 's/    message: {en/    mesage: {en/' "a symptom has no 'mesage'"
wrong 'a language' "s/ru: 'пот/de: 'пот/" "a message has no 'de'"
wrong 'a source' 's/  - id: lost/  - id: lost\n    source: moon/' 'this must be backend or asterisk'
wrong 'an id twice' 's/^symptoms:/symptoms:\n  - {id: lost, pattern: x, title: x, message: x}/' "there is another symptom 'lost'"
run "$arilint" schema rules
cp out schema.json
check 'the schema takes symptoms' test "$(python3 "$repository/tests/schema.py" schema.json app.yaml -- wrong.yaml)" != ''
finish
