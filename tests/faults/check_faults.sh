#!/usr/bin/env bash
# What no fault may do to files: kills, failing system calls, full disks, odd mounts, other programs at the same time.
# Called with BUILD, the folder that holds arilint, faults/apply_driver and faults/fault_runner. Parts that this machine
# does not allow are skipped, and say so. CAMPAIGN=NAME picks campaigns of faults.
if [ "$(id -u)" = 0 ] && [ -z "${OWN_MOUNTS:-}" ] && unshare -m true 2> /dev/null; then
	exec env OWN_MOUNTS=1 unshare -m --propagation private "$0" "$@"
fi
. "$(dirname "$0")/../harness.sh"

build=$(realpath "${BUILD:-$repository/build/plain}")
driver=$build/faults/apply_driver
work=$scratch/work
state=$scratch/state
old_a=$'[general]\nenabled = OLD' new_a=$'[general]\nenabled = NEWER'
old_b=$'A=OLD\nB=2' new_b=$'A=NEWER\nB=2'

skip() { # WHAT REASON
	echo "skipped: $1: $2"
}

can_trace() {
	command -v strace > /dev/null && strace -o /dev/null true 2> /dev/null
}

fresh() {
	rm -rf "$work" "$state"
	mkdir -p "$work/a" "$work/b"
	a=$work/a/ari.conf b=$work/b/.env
	printf '%s\n' "$old_a" > "$a"
	printf '%s\n' "$old_b" > "$b"
}

files_are() { # old|new
	local name_a=$1_a name_b=$1_b
	[ "$(cat "$a")" = "${!name_a}" ] && [ "$(cat "$b")" = "${!name_b}" ]
}

nothing_left() {
	[ "$(ls -A "$(dirname "$a")")" = "$(basename "$a")" ] && [ "$(ls -A "$(dirname "$b")")" = "$(basename "$b")" ] &&
		! ls -d "$state"/journal* > /dev/null 2>&1
}

# Runs the driver, and checks its status and what it left.
expect() { # NAME STATUS old|new COMMAND...
	local name=$1 wanted=$2 kind=$3
	shift 3
	run "$@"
	check "$name: exit status $status, not $wanted: $(cat "$scratch/err")" test "$status" = "$wanted"
	check "$name: the files are not all $kind" files_are "$kind"
	check "$name: something is left" nothing_left
}

says() { # NAME PATTERN
	check "$1: $(cat "$scratch/err") does not say $2" grep -q -- "$2" "$scratch/err"
}

expect_fix() { # NAME STATUS old|new [OPTION...]
	expect "$1" "$2" "$3" "$driver" "$state" fix "$a" "$b" "${@:4}"
}

each_system_call() {
	case $build in *sanitize*) skip 'faults at each system call' 'a sanitizer takes them for its own'; return ;; esac
	local folder=$scratch
	[ ! -w /dev/shm ] || folder=$(mktemp -d /dev/shm/arilint-faults.XXXXXX)
	mkdir -p "$folder/faults"
	local result
	"$build/faults/fault_runner" "$driver" "$build/arilint" "$repository/fixtures/call-center" "$folder/faults" \
		${CAMPAIGN:+"$CAMPAIGN"} | tee "$scratch/faults"
	result=$(tail -n 1 "$scratch/faults")
	passed=$((passed + ${result%% *}))
	result=${result#*, }
	failed=$((failed + ${result%% *}))
	[ "$folder" = "$scratch" ] || rm -rf "$folder"
}

# Each file is on the disk before its name is, the journal before the files, the files before the commit.
order_of_syncs() {
	fresh
	mkdir -m 700 "$state"
	strace -y -o "$scratch/trace" -e trace=fsync,renameat,renameat2,unlinkat "$driver" "$state" fix "$a" "$b" 2> /dev/null
	local ordered=yes
	awk '
		function need(what) { if (!(what in synced)) { print "line " NR ": before " what " is on the disk: " $0; bad = 1 } }
		/^fsync.*journal-prepare\/[01]>/ { synced["original"]++ }
		/^fsync.*journal-prepare\/manifest>/ { synced["manifest"] }
		/^fsync.*journal-prepare>/ { synced["journal"] }
		/^fsync.*\/state>/ { synced["state after " step] }
		/^fsync.*\.arilint-[^\/]*>/ { synced["new file"]++ }
		/^fsync.*work\/(a|b)>/ { synced["folder after " step]++ }
		/^renameat\(.*"journal-publish"/ {
			need("original"); need("manifest"); need("journal"); need("new file"); need("folder after "); step = "journal" }
		/^renameat2/ { need("state after journal"); step = "exchange" }
		/^renameat\(.*"journal-done"/ { need("folder after exchange"); step = "commit" }
		/^unlinkat.*\.arilint/ { need("state after commit"); removed++ }
		/^renameat\(.*"undo|^renameat\(.*undo>/ { step = "kept" }
		END {
			exit bad || step != "kept" || synced["original"] != 2 || synced["new file"] != 2 || synced["folder after exchange"] < 2 || !removed
		}' "$scratch/trace" > "$scratch/order" || ordered=no
	check "order of fsync: $(cat "$scratch/order")" test $ordered = yes
}

# Stops a run for a moment before its exchange number $1, and does something else meanwhile.
while_stopped() { # NUMBER COMMAND...
	local number=$1
	shift
	fresh
	# A shell lets its background jobs ignore two of the signals that are tried.
	env --default-signal=INT,QUIT strace -f -o "$scratch/trace" \
		-e "inject=renameat2:delay_enter=1500000:when=$number" "$driver" "$state" fix "$a" "$b" 2> "$scratch/err.first" &
	local child=$!
	for _ in $(seq 100); do
		[ ! -d "$state/journal-publish" ] || break
		sleep 0.02
	done
	sleep 0.1
	"$@"
	status=0
	wait $child 2> /dev/null || status=$?
	cp "$scratch/err.first" "$scratch/err"
}

edit_in_place() { # FILE
	printf 'edited\n' >> "$1"
}

edit_by_rename() { # FILE
	printf 'edited\n' > "$1.tmp" && mv "$1.tmp" "$1"
}

other_programs() {
	local edit number file other
	for edit in edit_in_place edit_by_rename; do
		for number in 1 2; do
			fresh
			file=$a other=$b
			[ $number = 1 ] || { file=$b other=$a; }
			while_stopped $number $edit "$file"
			check "$edit of file $number: exit status $status" test $status = 4
			check "$edit of file $number: the edit is lost" grep -q edited "$file"
			check "$edit of file $number: the other file is not old" grep -q OLD "$other"
			check "$edit of file $number: something is left" nothing_left
			says "$edit of file $number" 'changed by another program'
		done
	done
	# The first file is new already when it is edited; the second exchange then fails.
	fresh
	strace -f -o /dev/null -e inject=renameat2:error=EIO:delay_enter=1500000:when=2 "$driver" "$state" fix "$a" "$b" \
		2> "$scratch/err" &
	local child=$!
	for _ in $(seq 100); do
		! grep -q NEWER "$a" || break
		sleep 0.02
	done
	edit_by_rename "$a"
	status=0
	wait $child || status=$?
	check "an edit of what was published: exit status $status" test $status = 5
	check 'an edit of what was published is lost' grep -q edited "$a"
	check 'an edit of what was published: the other file is not old' grep -q OLD "$b"
	run "$driver" "$state" recover
	check 'an edit of what was published: the next run is not held up' test "$status" = 0
	run "$driver" "$state" undo force
	check 'an edit of what was published: the original is not kept' files_are old
}

second_arilint() {
	second() {
		run "$driver" "$state" fix "$a" "$b"
	}
	while_stopped 1 second
	check "a second arilint stops the first: exit status $status" test "$status" = 0
	check 'a second arilint: the files are not new' files_are new
	fresh
	while_stopped 1 eval 'run "$driver" "$state" fix "$a" "$b"; cp "$scratch/err" "$scratch/err.second"; second_status=$status'
	check "a second arilint is not refused: $second_status" test "$second_status" = 4
	check 'a second arilint does not name the first' grep -qE 'process [0-9]+' "$scratch/err.second"
}

signals() {
	local name
	for name in INT TERM HUP PIPE QUIT; do
		while_stopped 2 eval 'kill "-$name" "$(cat "$state/lock")"'
		check "SIG$name: exit status $status" test "$status" -ge 128
		check "SIG$name: the files are not old" files_are old
		check "SIG$name: something is left" nothing_left
	done
}

limits() {
	fresh
	expect 'no file may grow' 4 old bash -c "ulimit -f 0; exec '$driver' '$state' fix '$a' '$b' 2> /dev/null"
	fresh
	head -c 5000 /dev/zero | tr '\0' '#' >> "$b"
	old_b=$(cat "$b") expect 'the second file may not be written' 4 old \
		bash -c "ulimit -f 4; exec '$driver' '$state' fix '$a' '$b'"
	local most
	for most in $(seq 4 14); do
		fresh
		run bash -c "ulimit -n $most; exec '$driver' '$state' fix '$a' '$b'"
		check "$most open files: exit status $status" test "$status" = 0 -o "$status" = 4
		check "$most open files: not whole" files_are "$([ "$status" = 0 ] && echo new || echo old)"
		run "$driver" "$state" recover
		check "$most open files: something is left" nothing_left
	done
}

short_writes() {
	if ! "${CC:-cc}" -D_GNU_SOURCE -shared -fPIC -o "$scratch/short.so" "$repository/tests/faults/preload/short_write.c" \
		2> "$scratch/err"; then
		skip 'short writes' 'no compiler for shared libraries'
	elif [ "${build%sanitize*}" != "$build" ]; then
		skip 'short writes' 'a sanitizer wants to be loaded first'
	else
		fresh
		expect 'short writes' 0 new env LD_PRELOAD="$scratch/short.so" "$driver" "$state" fix "$a" "$b"
		expect 'short writes, undo' 0 old env LD_PRELOAD="$scratch/short.so" "$driver" "$state" undo
	fi
}

full_disks() {
	local room
	for room in 0 4 8 12 16 20 24 28 32; do
		fresh
		mount -t tmpfs -o size=1m,mode=700 tmpfs "$work/a" || return
		printf '%s\n' "$old_a" > "$a"
		head -c 1m /dev/zero > "$work/a/filler" 2> /dev/null
		truncate -s "-${room}K" "$work/a/filler" && mv "$work/a/filler" "$work/a/.filler"
		run "$driver" "$work/a/.state" fix "$a" "$b"
		check "$room KiB free: exit status $status" test "$status" = 0 -o "$status" = 4
		check "$room KiB free: not whole" files_are "$([ "$status" = 0 ] && echo new || echo old)"
		run "$driver" "$work/a/.state" recover
		check "$room KiB free: something is left" test -z "$(ls -A "$work/a" | grep '^.arilint')"
		umount "$work/a"
	done
}

# The same through the command line, for what is said there.
mounted_for_the_program() {
	fresh
	cp "$repository/fixtures/call-center/broken/etc/asterisk/ari.conf" "$a"
	cp "$a" "$scratch/before"
	mount --bind "$a" "$a"
	run "$build/arilint" --fix --state-dir "$state" "$a"
	check "--fix of a bind-mounted file: exit status $status" test "$status" = 4
	says '--fix of a bind-mounted file' 'nothing was changed: .*--write-in-place'
	check '--fix of a bind-mounted file changes it' cmp -s "$a" "$scratch/before"
	run "$build/arilint" --fix --write-in-place --state-dir "$state" "$a"
	check "--fix --write-in-place: exit status $status: $(cat "$scratch/err")" test "$status" = 0
	check '--fix --write-in-place changes nothing' bash -c '! cmp -s "$0" "$1"' "$a" "$scratch/before"
	run "$build/arilint" undo --write-in-place --state-dir "$state"
	check "undo of a bind-mounted file: exit status $status: $(cat "$scratch/err")" cmp -s "$a" "$scratch/before"
	umount "$a"
	mount --bind "$work/a" "$work/a" && mount -o remount,bind,ro "$work/a"
	run "$build/arilint" --fix --state-dir "$state" "$a"
	check "--fix of a read-only mount: exit status $status" test "$status" = 4
	says '--fix of a read-only mount' 'nothing was changed: .*[Rr]ead-only file system'
	umount "$work/a"
}

mounts() {
	fresh
	mount --bind "$work/b" "$work/b" && mount -o remount,bind,ro "$work/b"
	expect_fix 'a read-only mount' 4 old
	umount "$work/b"

	fresh
	mkdir -p "$scratch/layers"
	mount -t tmpfs tmpfs "$scratch/layers" && mkdir "$scratch"/layers/{lower,upper,temporary,merged}
	cp "$a" "$scratch/layers/lower/"
	if mount -t overlay overlay "$scratch/layers/merged" -o \
		"lowerdir=$scratch/layers/lower,upperdir=$scratch/layers/upper,workdir=$scratch/layers/temporary" 2> /dev/null; then
		a=$scratch/layers/merged/ari.conf
		expect_fix 'overlayfs' 0 new
		expect 'overlayfs, undo' 0 old "$driver" "$state" undo
		umount "$scratch/layers/merged"
	else
		skip overlayfs 'it can not be mounted here'
	fi
	umount "$scratch/layers"

	fresh
	mount --bind "$b" "$b"
	expect_fix 'a bind-mounted file' 4 old
	says 'a bind-mounted file' write-in-place
	expect_fix 'a bind-mounted file in place' 0 new in-place
	expect 'a bind-mounted file in place, undo' 0 old "$driver" "$state" undo in-place
	umount "$b"

	# As in a container: only the file can be written, its folder can not.
	fresh
	mkdir "$work/outside" && cp "$b" "$work/outside/file"
	mount --bind "$work/b" "$work/b" && mount --bind "$work/outside/file" "$b" && mount -o remount,bind,ro "$work/b"
	expect_fix 'a bind-mounted file in a read-only folder' 4 old
	expect_fix 'a bind-mounted file in a read-only folder, in place' 0 new in-place
	umount "$b" && umount "$work/b"
}

# Again and again on one file: nothing piles up. In one process for descriptors and memory, and by the program itself.
many_fixes() {
	local number=${FIXES:-10000} folder=$scratch
	[ ! -w /dev/shm ] || folder=$(mktemp -d /dev/shm/arilint-faults.XXXXXX)
	local work=$folder/work state=$folder/state
	fresh
	run "$driver" "$state" repeat 10 "$a"
	check "10 fixes: exit status $status" test "$status" = 0
	timeout 600 "$driver" "$state" repeat "$number" "$a" > "$scratch/out" 2> "$scratch/err" || status=$?
	echo "$number fixes in a row: $(cat "$scratch/out")"
	check "$number fixes: exit status $status: $(cat "$scratch/out" "$scratch/err")" test "$status" = 0
	check "$number fixes: not 5 runs are kept" test "$(ls "$state/undo" | wc -l)" = 5
	check "$number fixes: something is left" nothing_left
	check "$number fixes: the state folder has grown: $(find "$state" | wc -l) names" test "$(find "$state" | wc -l)" = 18

	fresh
	for _ in $(seq $((number / 50))); do
		cp "$repository/fixtures/call-center/broken/etc/asterisk/ari.conf" "$a"
		"$build/arilint" --fix --keep 5 --state-dir "$state" "$a" > "$scratch/out" 2> "$scratch/err" || status=$?
	done
	check "$((number / 50)) runs of --fix: exit status $status" test "$status" = 0
	check "$((number / 50)) runs of --fix: not 5 runs are kept" test "$(ls "$state/undo" | wc -l)" = 5
	check "$((number / 50)) runs of --fix: something is left" nothing_left
	[ "$folder" = "$scratch" ] || rm -rf "$folder"
}

attributes() {
	fresh
	if chattr +i "$b" 2> /dev/null; then
		run "$driver" "$state" fix "$a" "$b"
		check "an immutable file: exit status $status" test "$status" = 4
		chattr -i "$b"
		check 'an immutable file: not old' files_are old
		check 'an immutable file: something is left' nothing_left
	else
		skip 'an immutable file' 'chattr does not work here'
	fi
}

other_user() {
	fresh
	chmod 755 "$scratch" "$work" "$work/a" "$work/b"
	chmod 644 "$a" "$b"
	if setpriv --reuid 65534 --regid 65534 --clear-groups test -x "$driver" 2> /dev/null; then
		mkdir -m 700 "$state" && chown 65534:65534 "$state"
		expect "somebody else's file" 4 old setpriv --reuid 65534 --regid 65534 --clear-groups \
			"$driver" "$state" fix "$a" "$b"
		expect_fix "root with somebody else's state folder" 4 old
	else
		skip 'another user' 'he can not run the driver'
	fi
}

if can_trace; then
	each_system_call
	order_of_syncs
	other_programs
	second_arilint
	signals
else
	skip 'faults at each system call, and other programs at the same time' 'strace is not installed or may not trace'
fi
limits
many_fixes
short_writes
if [ -n "${OWN_MOUNTS:-}" ]; then
	full_disks
	mounts
	mounted_for_the_program
	attributes
	other_user
else
	skip 'full disks, read-only, overlay and bind mounts, immutable files, other users' 'only root can make them'
fi
finish
