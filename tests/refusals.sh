#!/usr/bin/env bash
# When --fix must not write, through the command line: nothing is touched, the exit status is 4, and the reason says what
# to do. And what --fix, undo and recover leave on the disk.
. "$(dirname "$0")/harness.sh"

example=$repository/fixtures/call-center/broken
state=$scratch/state
tree=$scratch/tree

fresh() {
	chmod -R u+rwX "$tree" 2> /dev/null
	rm -rf "$tree" "$state"
	cp -r "$example" "$tree"
	ari=$tree/etc/asterisk/ari.conf env=$tree/backend/.env
	chmod 755 "$tree" "$tree"/* "$tree/etc/asterisk"
}

says() { # NAME PATTERN
	check "$1: does not say '$2': $(head -c 300 "$scratch/err")" grep -qE -- "$2" "$scratch/err"
}

fix() { # OPTION...
	run "$arilint" --fix --state-dir "$state" "$@" "$tree"
}

refused() { # NAME PATTERN OPTION...
	local name=$1 pattern=$2
	shift 2
	snapshot times "$tree" > "$scratch/before"
	fix "$@"
	snapshot times "$tree" > "$scratch/after"
	check "$name: exit status $status, not 4" test "$status" = 4
	says "$name" "^arilint: error: nothing was changed: .*$pattern"
	check "$name: something is touched" diff "$scratch/before" "$scratch/after"
	check "$name: a journal is left" bash -c '! ls -d "$0"/journal* 2> /dev/null' "$state"
}

fixed() { # NAME OPTION...
	local name=$1
	shift
	fix "$@"
	check "$name: exit status $status: $(head -c 300 "$scratch/err")" test "$status" -le 1
	check "$name: nothing is fixed" bash -c '! cmp -s "$0" "$1"' "$ari" "$example/etc/asterisk/ari.conf"
}

### files that are better left alone

fresh
ln "$ari" "$tree/second-name"
refused 'a hard link' 'break-hardlinks'
fixed '--break-hardlinks' --break-hardlinks
check '--break-hardlinks: the other name is changed' cmp "$tree/second-name" "$example/etc/asterisk/ari.conf"

for name in .ari.conf.swp .#ari.conf; do
	fresh
	touch "$tree/etc/asterisk/$name"
	refused "$name" 'open in an editor.*--force'
	fixed "$name with --force" --force
done
fresh
touch "$tree/backend/.env.swp"
refused '.env.swp' 'open in an editor'

if [ "$(id -u)" = 0 ]; then
	fresh
	chmod 777 "$tree/backend"
	refused 'a folder that others may write to' 'others may write'
	fresh
	mkdir "$tree/open" && chmod 777 "$tree/open"
	mv "$env" "$tree/backend/real" && ln -s ../backend/real "$tree/open/.env"
	refused 'a link in a folder that others may write to' 'symbolic link'
else
	fresh
	chmod 555 "$tree/backend"
	refused 'a folder that takes no new file' 'Permission denied'
fi

fresh
mv "$env" "$tree/backend/real" && ln -s real "$env"
fixed 'a symbolic link'
check 'a symbolic link is replaced' test -L "$env"
check 'the target of a symbolic link is not fixed' cmp "$tree/backend/real" "$repository/fixtures/call-center/fixed/backend/.env"

fresh
rm "$env" && mkfifo "$env"
run "$arilint" --fix --state-dir "$state" "$ari" "$env"
check "a FIFO: exit status $status" test "$status" = 3

### the state folder

fresh
touch "$scratch/blocked"
run "$arilint" --fix --state-dir "$scratch/blocked/state" "$tree"
check "a state folder that can't be made: exit status $status" test "$status" = 4
says "a state folder that can't be made" 'nothing was changed: .*check the path'
fresh
mkdir -m 777 "$state" && chmod 777 "$state"
refused 'a state folder that others may write to' '--state-dir'
fresh
mkdir -m 700 "$state"
(exec 9> "$state/lock" && flock 9 && echo 4711 >&9 && refused 'a second arilint' 'process 4711.*--lock-timeout' --lock-timeout 0 &&
	refused 'a second arilint that has waited' 'process 4711' --lock-timeout 1 &&
	says 'a second arilint that has waited' 'note: waits for another arilint \(process 4711\)' &&
	echo "$passed $failed" > "$scratch/counts")
read -r passed failed < "$scratch/counts"

# It waits, and goes by what the first one has left.
hold() { # COMMAND...: has the lock while it runs, and says so
	(exec 9> "$state/lock" && flock 9 && echo 4711 >&9 && touch "$scratch/held" && "$@")
}
first_run() { # STATE-OF-THE-EXAMPLE
	soon grep -qs 'waits for another' "$scratch/err"
	cp -r "$repository/fixtures/call-center/$1/." "$tree"
}
for left in broken fixed; do
	fresh
	mkdir -m 700 "$state"
	rm -f "$scratch/held"
	: > "$scratch/err"
	hold first_run $left &
	soon test -e "$scratch/held"
	fix
	wait $!
	check "a second arilint, $left: exit status $status: $(head -c 300 "$scratch/err")" test "$status" = 0
	check "a second arilint, $left: the files" diff -r "$repository/fixtures/call-center/fixed" "$tree"
done
fresh
for run in 1 2 3 4; do
	"$arilint" --fix --state-dir "$state" "$tree" > "$scratch/out$run" 2>&1 &
done
check 'four at once' wait %1 %2 %3 %4
check 'four at once: the files' diff -r "$repository/fixtures/call-center/fixed" "$tree"
check 'four at once: one has mended' test "$(cat "$scratch"/out? | grep -c '^fixed 2 faults')" = 1
fresh
mkdir -m 700 "$state"
rm -f "$scratch/held"
hold soon test -e "$scratch/enough" &
soon test -e "$scratch/held"
timeout -s INT 1 "$arilint" --fix --state-dir "$state" --lock-timeout 600 "$tree" > "$scratch/out" 2> "$scratch/err"
check "Ctrl-C ends the waiting: exit status $?" test $? = 124
check 'Ctrl-C ends the waiting: something is changed' diff -r "$example" "$tree"
touch "$scratch/enough"
wait
run "$arilint" undo --state-dir "$state" --lock-timeout=-1
check "--lock-timeout=-1: exit status $status" test "$status" = 2
says '--lock-timeout=-1' 'takes seconds'

### fixes that would do harm

cat > "$scratch/circle.yaml" <<- 'END'
	arilint: 1
	pack: t
	roles:
	  app: {readers: asterisk, files: [app.ini]}
	rules:
	  - id: one
	    severity: error
	    title: A
	    look_at: {each: key, in: app, where: {key: {is: mode}}}
	    expect: {value: {is_not: a}}
	    message: a
	    fix: {safety: safe, title: b, do: {set: {place: value, to: b}}}
	  - id: two
	    severity: error
	    title: B
	    look_at: {each: key, in: app, where: {key: {is: mode}}}
	    expect: {value: {is_not: b}}
	    message: b
	    fix: {safety: safe, title: a, do: {set: {place: value, to: a}}}
END
cat > "$scratch/new-finding.yaml" <<- 'END'
	arilint: 1
	pack: t
	roles:
	  app: {readers: asterisk, files: [app.ini]}
	rules:
	  - id: one
	    severity: error
	    title: A
	    look_at: {each: key, in: app, where: {key: {is: mode}}}
	    expect: {value: {is_not: a}}
	    message: a
	    fix: {safety: safe, title: b, do: {set: {place: value, to: b}}}
	  - id: two
	    severity: error
	    title: B
	    look_at: {each: key, in: app, where: {key: {is: mode}}}
	    expect: {value: {is_not: b}}
	    message: b
END
cat > "$scratch/other-value.yaml" <<- 'END'
	arilint: 1
	pack: t
	roles:
	  app: {readers: asterisk, files: [app.ini], repeated_sections: first}
	rules:
	  - id: one
	    severity: error
	    title: A
	    look_at: {each: section, in: app, group_by: [name]}
	    when: {previous: {present: true}}
	    message: twice
	    fix: {safety: safe, title: merge, do: {merge: {place: name, into: first}}}
END
cat > "$scratch/other-reader.yaml" <<- 'END'
	arilint: 1
	pack: t
	roles:
	  app: {readers: [dotenv, docker], files: [app.ini]}
	rules:
	  - id: one
	    severity: error
	    title: A
	    look_at: {each: key, in: app, where: {key: {is: A}}}
	    expect: {value: {is_not: a}}
	    at: key
	    message: a
	    fix: {safety: safe, title: rename, do: {rename: {place: key, to: 'export A'}}}
END

harmful() { # PACK PATTERN TEXT
	rm -rf "$tree" && mkdir "$tree"
	printf '%b' "$3" > "$tree/app.ini"
	snapshot times "$tree" > "$scratch/before"
	fix --no-builtin --rules "$scratch/$1.yaml"
	snapshot times "$tree" > "$scratch/after"
	check "$1: exit status $status, not 1" test "$status" = 1
	says "$1" "^arilint: note: nothing was changed: .*$2"
	check "$1: something is touched" diff "$scratch/before" "$scratch/after"
	check "$1: the state folder was made" test ! -e "$state"
	run "$arilint" --diff --no-builtin --rules "$scratch/$1.yaml" "$tree"
	check "$1: --diff: exit status $status" test "$status" = 0
	check "$1: --diff: there is one" test ! -s "$scratch/out"
}

rm -rf "$state"
harmful circle 'undo each other' '[x]\nmode = a\n'
harmful new-finding 't/two would then be found in' '[x]\nmode = a\n'
harmful other-value 'another value of b, which no fix is about' '[x]\na = 1\n[x]\nb = 2\n'
harmful other-reader 'app.ini would be' 'A=a\nB=2\n'

# A harmful fix is left out and named; the others are made, also one that is sound only with another that follows it.
cat > "$scratch/one-harmful.yaml" <<- 'END'
	arilint: 1
	pack: t
	roles:
	  app: {readers: asterisk, files: ['*.ini']}
	rules:
	  - id: good
	    severity: error
	    title: A
	    look_at: {each: key, in: app, where: {key: {is: good}}}
	    expect: {value: {is: mended}}
	    message: '{value} in line {value|line}'
	    fix: {safety: safe, title: b, do: {set: {place: value, to: mended}}}
	  - id: bad
	    severity: warning
	    title: A
	    look_at: {each: key, in: app, where: {key: {is: bad}}}
	    expect: {value: {is_not: a}}
	    message: a
	    fix: {safety: safe, title: b, do: {set: {place: value, to: b}}}
	  - id: new
	    severity: error
	    title: B
	    look_at: {each: key, in: app, where: {key: {is: bad}}}
	    expect: {value: {is_not: b}}
	    message: b
	  - id: half
	    severity: error
	    title: C
	    look_at: {each: key, in: app, where: {key: {is: steps}}}
	    expect: {value: {is_not: '0'}}
	    message: c
	    fix: {safety: safe, title: b, do: {set: {place: value, to: '1'}}}
	  - id: other-half
	    severity: error
	    title: D
	    look_at: {each: key, in: app, where: {key: {is: steps}}}
	    expect: {value: {is_not: '1'}}
	    message: d
	    fix: {safety: safe, title: b, do: {set: {place: value, to: '2'}}}
END
for count in 1 2 9; do
	rm -rf "$tree" && mkdir "$tree"
	for ((i = 0; i < count; i++)); do
		printf '[x]\ngood = %s\n' $i > "$tree/good$i.ini"
		printf '[x]\ngood = mended\n' > "$scratch/good$i.ini"
	done
	printf '[x]\ngood = 1\nbad = a\n[y]\ngood = 2\nsteps = 0\n' > "$tree/app.ini"
	printf '[x]\ngood = mended\nbad = a\n[y]\ngood = mended\nsteps = 2\n' > "$scratch/app.ini"
	run "$arilint" --fix --backup=none --no-builtin --rules "$scratch/one-harmful.yaml" "$tree"
	check "one harmful fix among $count: exit status $status: $(cat "$scratch/err")" test "$status" = 1
	says "one harmful fix among $count" 'the fix of t/bad is left out: t/new would then be found'
	check "one harmful fix among $count: the finding does not say so" grep -q 'no fix: left out, for t/new' "$scratch/out"
	check "one harmful fix among $count: its file" cmp "$scratch/app.ini" "$tree/app.ini"
	for ((i = 0; i < count; i++)); do
		check "one harmful fix among $count: another file" cmp "$scratch/good$i.ini" "$tree/good$i.ini"
	done
	run "$arilint" --fix --backup=none --no-builtin --rules "$scratch/one-harmful.yaml" "$tree"
	check "one harmful fix among $count: not stable" cmp "$scratch/app.ini" "$tree/app.ini"
done

### backups, undo, recover

fresh
fixed '--backup=.bak' --backup=.bak
check '--backup=.bak: not the original' cmp "$ari.bak" "$example/etc/asterisk/ari.conf"
check "--backup=.bak: mode $(stat -c %a "$ari.bak")" test "$(stat -c %a "$ari.bak")" = 600
cp "$example/etc/asterisk/ari.conf" "$ari"
fixed '--backup=.bak again' --backup=.bak
check '--backup=.bak again: not numbered' cmp "$ari.bak.1" "$example/etc/asterisk/ari.conf"
says '--backup=.bak again' 'kept beside it as ari.conf.bak.1'
run "$arilint" --fix --backup=a/b "$tree"
check "--backup=a/b: exit status $status" test "$status" = 2

fresh
fixed '--backup=none' --backup=none
run "$arilint" undo --state-dir "$state"
check "undo after --backup=none: exit status $status" test "$status" = 4

# Two runs, taken back one by one; a change in between is not overwritten.
fresh
snapshot "$tree" > "$scratch/original"
run "$arilint" --fix --state-dir "$state" "$ari"
snapshot "$tree" > "$scratch/between"
fix
run "$arilint" undo --list --state-dir "$state"
check 'two runs are not listed' test "$(grep -cE '^[0-9]{8}T' "$scratch/out")" = 2
for kind in between original; do
	run "$arilint" undo --state-dir "$state"
	snapshot "$tree" > "$scratch/after"
	check "undo to $kind: exit status $status: $(cat "$scratch/err")" test "$status" = 0
	check "undo to $kind gives something else" diff "$scratch/$kind" "$scratch/after"
done
run "$arilint" undo --state-dir "$state"
check "a third undo: exit status $status" test "$status" = 4
says 'a third undo' 'no run to undo'
fixed 'for undo'
echo '; mine' >> "$ari"
cp "$ari" "$scratch/mine"
run "$arilint" undo --state-dir "$state"
check "undo of a changed file: exit status $status" test "$status" = 4
says 'undo of a changed file' 'changed since.*--force'
check 'undo of a changed file: the change is lost' cmp "$ari" "$scratch/mine"
run "$arilint" undo --force --state-dir "$state"
check 'undo --force does not bring the original back' cmp "$ari" "$example/etc/asterisk/ari.conf"
run "$arilint" undo --state-dir "$state" ../../etc
check "undo of a path: exit status $status" test "$status" = 4

# Names from the disk reach the terminal as text.
fresh
odd=$tree/$(printf 'esc\033[31m\302\233\342\200\256')
mkdir "$odd" && mv "$ari" "$odd/ari.conf"
ari=$odd/ari.conf
fixed 'an odd path'
cat "$scratch/out" "$scratch/err" > "$scratch/said"
for words in 'undo --list' undo; do
	run "$arilint" $words --state-dir "$state"
	check "$words of an odd path: exit status $status" test "$status" = 0
	cat "$scratch/out" "$scratch/err" >> "$scratch/said"
done
touch "$odd/.ari.conf.swp"
fix
cat "$scratch/out" "$scratch/err" >> "$scratch/said"
check 'an odd path drives the terminal' bash -c '! grep -qP "\x1b|\xc2\x9b|\xe2\x80\xae" "$0"' "$scratch/said"

# Nothing to fix: nothing is made.
fresh
cp -r "$repository/fixtures/call-center/fixed/." "$tree"
snapshot times "$tree" > "$scratch/before"
fix
snapshot times "$tree" > "$scratch/after"
check "nothing to fix: exit status $status" test "$status" = 0
check 'nothing to fix: something is touched' diff "$scratch/before" "$scratch/after"
check 'nothing to fix: the state folder was made' test ! -e "$state"
run "$arilint" recover --state-dir "$state"
check "nothing to recover: exit status $status" test "$status" = 0
check 'nothing to recover: the state folder was made' test ! -e "$state"

# A run that was killed between its two files: the next --fix puts them back before it reads them, and then fixes all.
if command -v strace > /dev/null && strace -o /dev/null true 2> /dev/null && [[ $arilint != *sanitize* ]]; then
	killed() {
		fresh
		run strace -f -qq -o /dev/null -e inject=renameat2:signal=KILL:when=2 "$arilint" --fix --state-dir "$state" "$tree"
		check 'a killed run leaves no journal' test -d "$state/journal-publish"
	}
	killed
	fixed 'the run after a killed one'
	says 'the run after a killed one' 'interrupted run .* was dealt with first'
	check 'the run after a killed one does not fix all' diff -r "$repository/fixtures/call-center/fixed" "$tree"
	run "$arilint" undo --state-dir "$state"
	check 'the run after a killed one is not undone' diff -r "$example" "$tree"
	killed
	run "$arilint" recover --state-dir "$state"
	check "recover: exit status $status: $(cat "$scratch/err")" test "$status" = 0
	check 'recover does not put all back' diff -r "$example" "$tree"
	killed
	cp -r "$repository/fixtures/call-center/fixed/." "$tree"
	fix
	check "a killed run and nothing to fix: exit status $status" test "$status" -le 5
	check 'a killed run and nothing to fix: a journal is left' bash -c '! ls -d "$0"/journal* 2> /dev/null' "$state"
else
	echo 'skipped: a killed run: strace may not trace here'
fi
finish
