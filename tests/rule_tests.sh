#!/usr/bin/env bash
# `arilint test`: the tests that rules bring along. Those of the built-in packs pass; each way to fail is told with its
# place. `arilint schema rules` takes what the loader takes, and `arilint rule` shows the tests as examples.
. "$(dirname "$0")/harness.sh"
cd "$scratch" || exit

# A pack of one rule, whose tests come from standard input and begin at line 25.
pack() { # FILE [FIX]
	cat > "$1" << END
arilint: 1
pack: app
roles:
  ini: {readers: asterisk, files: [app.ini], public: ['*']}
  env: {readers: dotenv, files: [.env], secret: true, public: [APP_PORT]}
targets:
  old: {program: app, versions: ['..1'], label: app 1}
settings:
  env_port: {role: env, keys: [APP_PORT]}
  ini_port: {role: ini, section: server, keys: [port], default: '8000'}
rules:
  - id: port-drift
    severity: error
    effect: refused
    title: The port differs
    by_target: {old: {severity: warning, effect: latent}}
    look_at: {setting: env_port}
    expect: {value: {same_as: ini_port}}
    message: '{key} is {value}, but {ini_port|name} says {ini_port}'
    fix:
      safety: safe
      title: mend it
      do: ${2:-"{set: {place: value, to: '{ini_port}'}}"}
    tests:
$(cat)
END
}

# The pack's tests say this and no more.
says() { # NAME STATUS WORD...
	local name=$1 wanted=$2 run_status
	shift 2
	run "$arilint" test "$@"
	run_status=$status
	cat > expected
	check "$name: exit status $run_status" test "$run_status" = "$wanted"
	check "$name: says something else" diff expected out
	check "$name: writes to standard error" test ! -s err
}

# --- the built-in packs ---

run "$arilint" test --strict
check "the built-in packs: exit status $status" test "$status" = 0
check 'the built-in packs: no last line' grep -qE '^[0-9]{3,} passed, 0 failed$' out
for file in "$repository"/rules/*.yaml; do
	run "$arilint" test "$file"
	check "$file: exit status $status" test "$status" = 0
done
run "$arilint" test "$repository/fixtures/rules"
check "the cases: exit status $status: $(head -n 3 out)" test "$status" = 0
run "$arilint" test --strict "$repository/rules" "$repository/fixtures/rules"
check "packs and cases: exit status $status: $(head -n 3 out)" test "$status" = 0

awk '/^```yaml$/ { block = ""; next } /^```$/ && block ~ /\npack: / { printf "%s", block; exit } { block = block $0 "\n" }' \
	"$repository/README.md" > readme.yaml
run "$arilint" test readme.yaml
check "README.md: the pack: exit status $status: $(head -n 1 out)" test "$status" = 0
check 'README.md: the pack has no tests' grep -qE '^[1-9][0-9]* passed' out

# --- verdicts ---

drift="      - files: {app.ini: \"[server]\\nport = 9000\\n\", .env: \"A=1\\nAPP_PORT=8000\\n\"}"
same="      - files: {app.ini: \"[server]\\nport = 8000\\n\", .env: \"A=1\\nAPP_PORT=8000\\n\"}"
found='.env:2:10: APP_PORT is 8000, but app.ini says 9000'

pack pass.yaml << END
$drift
        report: ['.env:2:10']
        fixed: {.env: "A=1\nAPP_PORT=9000\n"}
$drift
        targets: {app: '1.5'}
        report:
          - {at: '.env:2:10', message: 'APP_PORT is 8000, but app.ini says 9000', severity: warning, effect: latent}
$same
$same
        fixed: {}
      - files: {.env: "APP_PORT=8000\n"}
        not_evaluated: 'true'
      - files:
          etc/app.ini: "[server]\n#include conf.d/*.inc\n"
          etc/conf.d/port.inc: "port = 9000\n"
          etc/.env: "APP_PORT=8000\n"
        report: ['etc/.env:1:10']
END
says 'tests that pass' 0 --strict pass.yaml << END
6 passed, 0 failed
END

pack noisy.yaml << END
$drift
END
says noisy 1 noisy.yaml << END
noisy.yaml:25:9: app/port-drift: noisy
  found:    $found
0 passed, 1 failed
END

pack missing.yaml << END
$same
        report: ['.env:2:10']
      - files: {.env: "APP_PORT=8000\n"}
        report: ['.env:1:10']
END
says missing 1 missing.yaml << END
missing.yaml:25:9: app/port-drift: missing
  expected: .env:2:10
missing.yaml:27:9: app/port-drift: missing
  expected: .env:1:10
  found:    not evaluated: no ini file among the inputs
0 passed, 2 failed
END

pack place.yaml << END
$drift
        report: ['.env:2:1']
$drift
        report: ['.env:1:1', '.env:2:10']
END
says 'wrong place' 1 place.yaml << END
place.yaml:25:9: app/port-drift: wrong place
  expected: .env:2:1
  found:    $found
place.yaml:27:9: app/port-drift: missing
  expected: .env:1:1
0 passed, 2 failed
END

pack saying.yaml << END
$drift
        report: [{at: '.env:2:10', message: no, severity: warning, effect: '401'}]
$drift
        report: [{at: '.env:2:10', effect: none}]
END
says 'wrong message, severity and effect' 1 saying.yaml << END
saying.yaml:25:9: app/port-drift: wrong message
  expected: no
  found:    APP_PORT is 8000, but app.ini says 9000
saying.yaml:25:9: app/port-drift: wrong severity
  expected: warning
  found:    error
saying.yaml:25:9: app/port-drift: wrong effect
  expected: 401
  found:    refused
saying.yaml:27:9: app/port-drift: wrong effect
  expected: none
  found:    refused
0 passed, 2 failed
END

pack fix.yaml << END
$drift
        report: ['.env:2:10']
        fixed: {.env: "A=1\nAPP_PORT=9001\n"}
$drift
        report: ['.env:2:10']
        fixed: {}
END
says 'wrong fix' 1 fix.yaml << END
fix.yaml:25:9: app/port-drift: wrong fix ('-' is expected, '+' was found)
--- a/.env
+++ b/.env
@@ -1,2 +1,2 @@
 A=1
-APP_PORT=9001
+APP_PORT=9000
fix.yaml:28:9: app/port-drift: wrong fix ('-' is expected, '+' was found)
--- a/.env
+++ b/.env
@@ -1,2 +1,2 @@
 A=1
-APP_PORT=8000
+APP_PORT=9000
0 passed, 2 failed
END

pack stable.yaml "{set: {place: value, to: '{value}1'}}" << END
$drift
        report: ['.env:2:10']
        fixed: {}
END
says 'not stable' 1 stable.yaml << END
stable.yaml:25:9: app/port-drift: not stable
  found:    the fixes undo each other: the file would change at every run
0 passed, 1 failed
END

pack skipped.yaml << END
$same
        not_evaluated: 'true'
      - files: {.env: "APP_PORT=8000\n"}
END
says 'not skipped, and skipped' 1 skipped.yaml << END
skipped.yaml:25:9: app/port-drift: not skipped: the rule was evaluated
skipped.yaml:27:9: app/port-drift: skipped: the rule was not evaluated
  found:    no ini file among the inputs
0 passed, 2 failed
END

# What is deleted counts, so that to delete it is not safe.
cat > refused.yaml << 'END'
arilint: 1
pack: app
roles:
  env: {readers: dotenv, files: [.env]}
rules:
  - id: old
    severity: error
    title: An old key
    look_at: {each: key, in: env, where: {key: {is: OLD}}}
    message: '{key} is old'
    fix: {safety: safe, title: delete it, do: {delete: {place: key}}}
    tests:
      - files: {.env: "OLD=1\nNEW=2\n"}
        report: ['.env:1:5']
        fixed: {.env: "NEW=2\n"}
END
says refused 1 refused.yaml << END
refused.yaml:13:9: app/old: refused
  found:    .env would be read with another value of OLD, which no fix is about
0 passed, 1 failed
END

pack strict.yaml << END
      - files: {.env: "APP_PORT=8000\n"}
        not_evaluated: 'true'
END
says 'not strict' 0 strict.yaml << END
1 passed, 0 failed
END
says strict 1 --strict strict.yaml << END
strict.yaml:12:5: app/port-drift: no test in which it finds something (report)
strict.yaml:12:5: app/port-drift: no test in which it is judged and finds nothing
strict.yaml:12:5: app/port-drift: no test of its fix (fixed)
1 passed, 3 failed
END
says 'several packs' 1 noisy.yaml pass.yaml << END
noisy.yaml:25:9: app/port-drift: noisy
  found:    $found
6 passed, 1 failed
END

# --- checks that compare numbers, and `is_not` of several texts ---

pack numbers.yaml << END
      - files: {.env: "APP_PORT=8000\n"}
        not_evaluated: 'true'
  - id: number
    severity: error
    title: A number
    look_at: {each: key, in: env, where: {key: {is_not: [MOST, LIMIT, OTHER]}}}
    expect: {value: {less_than: .LIMIT}, all: [value: {at_most: .MOST}]}
    message: '{key} is {value}'
    tests:
      - {files: {.env: "A=5\nB=-1\nC=+07\nMOST=7\nLIMIT=8\nOTHER=x\n"}}
      - files: {.env: "A=8\nB=9\nC=x\nD=\nE=1.5\nF=99999999999999999999\nMOST=8\nLIMIT=9\n"}
        report: ['.env:2:3', '.env:3:3', '.env:4:1', '.env:5:3', '.env:6:3']
      - {files: {.env: "A=1\nMOST=1\n"}, report: ['.env:1:3']}
      - {files: {.env: "A=1\nMOST=x\nLIMIT=2\n"}, report: ['.env:1:3']}
  - id: duration
    severity: error
    title: A duration
    look_at: {each: key, in: env, where: {key: {is: A}}}
    expect: {value|seconds: {same_as: .B}}
    message: '{key} is {value}, {value|seconds|default(none)}'
    tests:
      - {files: {.env: "A=90\nB=90\n"}}
      - {files: {.env: "A=90s\nB=90\n"}}
      - {files: {.env: "A=1w2d3h4m5s\nB=788645\n"}}
      - {files: {.env: "A=007m\nB=420\n"}}
$(for none in '' s 5x 5ms -5 5m5 1.5h '5 m' 5M 99999999999999999999 9223372036854775807w 9223372036854775807s1s; do
	printf "      - {files: {.env: \"A='%s'\\n\"}, report: [{at: '.env:1:3', message: 'A is %s, none'}]}\n" "$none" "$none"
done)
END
cat > listing.yaml << END
arilint: 1
pack: app
roles:
  env: {readers: dotenv, files: [.env], public: ['*']}
  ini: {readers: configparser, files: [app.ini]}
lists:
  colours: [red, green, blue]
  sections: {each: section, in: ini, where: {name: {present: true}}}
rules:
  - id: colour
    severity: error
    title: A colour
    look_at: {each: key, in: env}
    expect: {value: {in: colours}}
    message: '{value} is none of {key|all_in(colours)}; {key|all_in(sections)|default(none)}'
    tests:
      - files: {.env: "A=pink\n", app.ini: "[a]\nx = 1\n[b]\nx = 1\n"}
        report: [{at: '.env:1:3', message: 'pink is none of red, green, blue; a, b'}]
      - files: {.env: "A=pink\n", app.ini: "\n"}
        report: [{at: '.env:1:3', message: 'pink is none of red, green, blue; none'}]
      - files: {.env: "A=pink\n", app.ini: "$(seq -f '[%g]\nx = 1\n' -s '' 51)"}
        report: [{at: '.env:1:3', message: 'pink is none of red, green, blue; $(seq -s ', ' 50), ...'}]
END
says 'a list in words' 0 listing.yaml << END
3 passed, 0 failed
END
says 'numbers and durations' 0 numbers.yaml << END
21 passed, 0 failed
END

# --- files of cases ---

cases() { # FILE RULE
	mkdir -p "$(dirname "$1")"
	{ printf 'arilint: 1\nrule: %s\ntests:\n' "$2" && sed 's/^    //'; } > "$1"
}
cases cases/app/port-drift.yaml app/port-drift << END
$drift
        report: ['.env:2:10']
        fixed: {.env: "A=1\nAPP_PORT=9000\n"}
$same
END
cases cases/more.yaml app/port-drift << END
$drift
END
says 'cases of a pack' 0 --rules strict.yaml cases/app/port-drift.yaml << END
2 passed, 0 failed
END
says 'cases and their pack' 0 --strict strict.yaml cases/app/port-drift.yaml << END
3 passed, 0 failed
END
says 'a folder of cases' 1 --rules strict.yaml cases << END
cases/more.yaml:4:5: app/port-drift: noisy
  found:    $found
2 passed, 1 failed
END
mkdir mixed && cp strict.yaml mixed/strict.yml && cp -r strict.yaml cases mixed
says 'a folder of both' 1 mixed << END
mixed/cases/more.yaml:4:5: app/port-drift: noisy
  found:    $found
3 passed, 1 failed
END

mkdir sharing sharing/ru
cat > sharing/zone.yaml << 'END'
arilint: 1
pack: zone
roles: {env: {readers: dotenv, files: [.env]}}
lists: {ports: ['1', '2']}
END
cat > sharing/app.yaml << 'END'
arilint: 1
pack: app
use: zone
rules:
  - id: port
    severity: error
    title: A port
    look_at: {each: key, in: env}
    expect: {value: {in: ports}}
    message: '{value} is no port'
    tests: [{files: {.env: "A=3\n"}, report: ['.env:1:3']}]
END
printf "arilint: 1\npack: app\nlanguage: ru\ntexts: {rules.port.message: '{value}: такого порта нет'}\n" > sharing/ru/app.yaml
says 'a folder of packs, one of which shares another' 0 sharing << END
1 passed, 0 failed
END

# All rules: app/other finds what is not its own, and quiet is off by default.
pack both.yaml << END
      - files: {.env: "APP_PORT=8000\n"}
        not_evaluated: 'true'
  - id: other
    severity: info
    title: A port
    look_at: {setting: env_port}
    message: '{key} is there'
  - id: quiet
    severity: info
    enabled: false
    title: A port
    look_at: {setting: env_port}
    message: '{key} is there, too'
END
cases all.yaml app/other << END
$drift
        rules: all
        report:
          - {at: '.env:2:10', rule: app/port-drift, severity: error, effect: refused}
          - {at: '.env:2:10', message: APP_PORT is there}
        fixed: {.env: "A=1\nAPP_PORT=9000\n"}
      - files: {.env: "APP_PORT=8000\n"}
        rules: all
        report: ['.env:1:10']
      - files: {app.ini: "[server]\nport = 8000\n", .env: "# arilint: ignore[app/port-drift] why\nAPP_PORT=8000\n"}
        rules: all
        report:
          - {at: '.env:1:19', rule: arilint/unused-suppression}
          - '.env:2:10'
END
says 'all rules' 0 --rules both.yaml all.yaml << END
3 passed, 0 failed
END
cases all.yaml app/other << END
$drift
        rules: all
        report:
          - {at: '.env:2:10', severity: info}
        fixed: {}
$drift
        rules: all
        report: ['.env:2:10', '.env:2:10']
END
says 'all rules, otherwise' 1 --rules both.yaml all.yaml << END
all.yaml:4:5: app/other: wrong rule
  expected: app/other
  found:    app/port-drift
all.yaml:4:5: app/other: wrong severity
  expected: info
  found:    error
all.yaml:4:5: app/other: noisy
  found:    .env:2:10: info[app/other] APP_PORT is there
all.yaml:4:5: app/other: wrong fix ('-' is expected, '+' was found)
--- a/.env
+++ b/.env
@@ -1,2 +1,2 @@
 A=1
-APP_PORT=8000
+APP_PORT=9000
all.yaml:9:5: app/other: wrong rule
  expected: app/other
  found:    app/port-drift
0 passed, 2 failed
END

# LINE:COLUMN WORDS: the file of cases from standard input has this fault.
wrong_cases() {
	cat > wrong-cases.yaml
	run "$arilint" test --rules both.yaml wrong-cases.yaml
	check "wrong cases: exit status $status" test "$status" = 2
	check "wrong cases: no '$2'" grep -qF "$2" out
	check "wrong cases: $2: not at $1" grep -qF " --> wrong-cases.yaml:$1" out
}
wrong_cases 2:7 "did you mean 'app/port-drift'?" <<< $'arilint: 1\nrule: app/port-drft\ntests: []'
wrong_cases 2:7 "there is no rule 'ari/port-drift'" <<< $'arilint: 1\nrule: ari/port-drift\ntests: []'
wrong_cases 1:1 "a file of cases needs 'tests'" <<< $'arilint: 1\nrule: app/port-drift'
wrong_cases 2:1 "did you mean 'tests'?" <<< $'rule: app/port-drift\ntest: []\ntests: []\narilint: 1'
wrong_cases 4:69 "did you mean 'app/other'?" << 'END'
arilint: 1
rule: app/port-drift
tests:
  - {rules: all, files: {.env: ''}, report: [{at: '.env:1:1', rule: app/othr}]}
END
wrong_cases 4:57 'the test runs its rule alone' << 'END'
arilint: 1
rule: app/port-drift
tests:
  - {files: {.env: ''}, report: [{at: '.env:1:1', rule: app/other}]}
END
wrong_cases 4:13 'this must be all' <<< $'arilint: 1\nrule: app/port-drift\ntests:\n  - {rules: some, files: {.env: A}}'
pack alone.yaml << END
      - files: {.env: "APP_PORT=8000\n"}
        rules: all
END
run "$arilint" test alone.yaml
check "all rules in a pack: exit status $status" test "$status" = 2
check 'all rules in a pack: no word of it' grep -q 'runs its rule alone' out
run "$arilint" test nowhere
check "a folder that is not there: exit status $status" test "$status" = 2

# --- packs that can't be tested, wrong usage ---

run "$arilint" test "$repository/fixtures/packs/test-of-no-file.yaml"
check "a broken pack: exit status $status" test "$status" = 2
check 'a broken pack: not told' grep -q 'error\[arilint/pack\]' out
run "$arilint" test nowhere.yaml
check "a pack that is not there: exit status $status" test "$status" = 2
for words in '--unknown' '--color=sometimes'; do
	run "$arilint" test $words
	check "test $words: exit status $status" test "$status" = 2
done
mkdir cage
echo 'port = 1' > cage/port.inc
pack cage/pack.yaml << END
      - files: {app.ini: "[server]\n#include port.inc\n", .env: "APP_PORT=8000\n"}
        not_evaluated: 'true'
END
cd cage || exit
run strace -f -e trace=%file -o ../trace "$arilint" test pack.yaml
cd .. || exit
[ "$status" != 0 ] || check 'a test reads a file of the disk' bash -c '! grep -q port.inc trace'

# --- the example of a rule ---

run "$arilint" rule --rules pass.yaml app/port-drift
check "rule: exit status $status" test "$status" = 0
sed -n '/^example/,$p' out > example
cat > expected << END
example:
  --> app.ini
  1 | [server]
  2 | port = 9000
  --> .env
  1 | A=1
  2 | APP_PORT=8000
    |          ^^^^ APP_PORT is 8000, but app.ini says 9000

after --fix:
--- a/.env
+++ b/.env
@@ -1,2 +1,2 @@
 A=1
-APP_PORT=8000
+APP_PORT=9000
END
check 'rule: another example' diff expected example
for line in 'severity: error' 'effect: connection refused: nothing listens at the address that the client uses' 'app 1: warning, latent' 'by default: on' 'fix (safe): mend it'; do
	check "rule: lacks '$line'" grep -qxF "$line" out
done

# --- the schema ---

run "$arilint" schema rules
check "schema: exit status $status" test "$status" = 0
cp out schema.json
good=() broken=()
for expected in "$repository"/fixtures/packs/*.expected; do
	if [ -s "$expected" ]; then broken+=("${expected%.expected}.yaml"); else good+=("${expected%.expected}.yaml"); fi
done
run "$repository/tests/schema.py" schema.json "$repository"/rules/*.yaml pass.yaml "${good[@]}" -- "${broken[@]}"
check "schema: fails: $(tail -n 1 err)" test "$status" = 0
check "schema: rejects a good pack: $(head -n 1 out)" test "$(wc -l < out)" = 1
check "schema: rejects only $(tail -n 1 out) broken packs" test "$(tail -n 1 out)" -ge 35
# The other schemas: what the project itself holds of such files passes.
schema_takes() { # KIND FILE...
	local kind=$1
	shift
	run "$arilint" schema "$kind"
	cp out "$kind.json"
	run "$repository/tests/schema.py" "$kind.json" "$@" --
	check "schema $kind: $(head -n 1 out) $(tail -n 1 err)" test "$(cat out)" = 0
}
printf 'arilint: 1\ngroups:\n  one: {files: {ari: etc/ari.conf, dotenv.env: [a.env, b.env]}, targets: {asterisk: 22.10}}\n' > .arilint.yaml
printf 'readers: {"*.env": node-22}\nrules: {dotenv: ignore, ari/no-general: info}\nfail_on: error\nlanguage: uz\n' >> .arilint.yaml
schema_takes configuration .arilint.yaml
schema_takes handlers "$repository"/src/integrations/handlers/*.yaml
schema_takes cases "$repository"/fixtures/rules/*/*.yaml
for words in '' 'report' 'rules rules' 'rules --fix'; do
	run "$arilint" schema $words
	check "schema $words: exit status $status" test "$status" = 2
done
finish
