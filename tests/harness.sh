# Sourced by the test scripts: runs the program, counts cases. Called with ARILINT, the program under test, and BUILD, the
# folder it was built in; $repository is the project's folder and $scratch a folder of the script's own that goes when it
# ends.
set -uo pipefail
umask 022 # what a suite makes is trusted wherever it runs

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
arilint=$(realpath -m "${ARILINT:-$repository/build/arilint}")
build=$(realpath -m "${BUILD:-${arilint%/*}}")
scratch=$(mktemp -d "${TMPDIR:-/tmp}/arilint-test.XXXXXX")
trap 'chmod -R u+rwX "$scratch"; rm -rf "$scratch"' EXIT
passed=0
failed=0

# A sanitizer's report must not look like a finding.
export ASAN_OPTIONS=exitcode=99:detect_leaks=0:allocator_may_return_null=1
export UBSAN_OPTIONS=exitcode=99:print_stacktrace=1
export LC_ALL=C.UTF-8 HOME=$scratch XDG_STATE_HOME=$scratch/state-home
unset CI PRE_COMMIT NO_COLOR CLICOLOR_FORCE GITHUB_ACTIONS SUDO_UID MAKEFLAGS MFLAGS MAKELEVEL

pass() {
	passed=$((passed + 1))
}

fail() { # WORD...
	failed=$((failed + 1))
	printf 'FAIL %s: %s\n' "$(basename "$0")" "$*"
}

# Counts a case by the exit status of the command that follows its name.
check() { # NAME COMMAND...
	local name=$1
	shift
	if "$@"; then pass; else fail "$name"; fi
}

# Runs a command: its output goes to $scratch/out and $scratch/err, its exit status to $status. The limit ends what hangs
# and says nothing of speed.
run() { # COMMAND...
	status=0
	{ timeout -k 5 600 "$@" > "$scratch/out" 2> "$scratch/err" < /dev/null; } 2> /dev/null || status=$?
}

# Waits until a command succeeds, for ten minutes at most.
soon() { # COMMAND...
	local end=$((SECONDS + 600))
	until "$@" || [ "$SECONDS" -gt "$end" ]; do
		sleep 0.05
	done
}

# Runs the program once for each line of standard input, the words of a command line separated by tabs, from one process:
# tests/driver/batch.c has its options. Case N, counted from 1, writes to $outputs/N.out and N.err; ${statuses[N]} is its
# exit status. `as`, where it is set, is the command that the whole runs under.
outputs=$scratch/outputs
as=()
batch() { # [OPTION...]
	rm -rf "$outputs"
	mkdir -m 777 "$outputs"
	"${as[@]}" "${batch:-$build/driver/batch}" "$@" "$outputs" > "$scratch/statuses" 2> "$scratch/err" ||
		fail "driver/batch: $(head -n 3 "$scratch/err")"
	mapfile -t -O 1 statuses < "$scratch/statuses"
}

# Every file below a folder with its bytes, mode and owner; with `times` as first word also inode and modification time.
snapshot() { # [times] FOLDER
	local format='%p %y %m %U %G %s\n'
	if [ "$1" = times ]; then
		format='%p %y %m %U %G %s %i %T@\n'
		shift
	fi
	(cd "$1" && find . -mindepth 1 -printf "$format" | LC_ALL=C sort &&
		find . -type f -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum)
}

finish() {
	echo "$passed passed, $failed failed"
	[ "$failed" = 0 ]
	exit
}
