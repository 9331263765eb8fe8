#!/usr/bin/env bash
# The release build, which stands on musl, says to the byte what the build on glibc says: of every case and fixture the
# findings and fixes, what every reader sees, what fails. GLIBC_BUILD is the folder of that build, build/plain.
. "$(dirname "$0")/harness.sh"
glibc_build=$(realpath "${GLIBC_BUILD:-$repository/build/plain}")
cases=$scratch/cases
"$repository/tests/fixtures.py" --lay-out "$cases"
cd "$repository" || exit

# Where the system's own words are told: what originals can't be kept in.
mkdir "$scratch/errors"
cp fixtures/call-center/broken/etc/asterisk/ari.conf "$scratch/errors"
ln -s loop "$scratch/errors/loop"
touch "$scratch/errors/file"

findings() { # FOLDER...
	local folder
	for folder; do
		printf -- '--isolated\t--format\tjson\t--select\tall\t--show-not-evaluated\t%s\n' "$folder"
		printf -- '--isolated\t--diff\t--unsafe-fixes\t%s\n' "$folder"
	done
}

dumps() {
	local reader file
	for reader in $("$arilint" dump --readers | cut -f 1); do
		for file in fixtures/readers/"$reader"/{,*/}*.{conf,env}; do
			[ ! -e "$file" ] || printf 'dump\t--show-secrets=always\t--reader\t%s\t%s\t--root=%s\n' "$reader" "$file" "${file%/*}"
		done
	done
}

errors() {
	local path
	for path in loop loop/beside file/beside "$(printf '%0300d' 0)"; do
		printf -- '--isolated\t--fix\t--state-dir\t%s\t%s\n' "$scratch/errors/$path" "$scratch/errors/ari.conf"
	done
}

{
	findings "$cases"/* fixtures/call-center/* fixtures/readers/* fixtures/prediction
	dumps
	errors
} > "$scratch/lines"

run_all() { # BUILD FOLDER
	batch=$1/driver/batch outputs=$2
	batch < "$scratch/lines"
	printf '%s\n' "${statuses[@]}" > "$2/statuses"
	find "$2" -type f -exec sed -i -E 's/<secret:[0-9a-f]{4}>/<secret>/g' {} + # each run hides them under other names
}
run_all "$glibc_build" "$scratch/glibc"
run_all "$build" "$scratch/musl"
check 'no error was met' grep -qr 'Too many levels of symbolic links' "$scratch/glibc"
check 'no finding was made' grep -qr '"rule": *"ari/' "$scratch/glibc"

mapfile -t differing < <(diff -rq "$scratch/glibc" "$scratch/musl" | grep -oE '[0-9]+\.(out|err)' | cut -d . -f 1 | sort -un)
for number in "${differing[@]}"; do
	fail "$(sed -n "${number}p" "$scratch/lines" | tr '\t' ' ')"
	diff "$scratch/glibc/$number.out" "$scratch/musl/$number.out" | head -n 5
	diff "$scratch/glibc/$number.err" "$scratch/musl/$number.err" | head -n 5
done
passed=$((passed + $(wc -l < "$scratch/lines") - ${#differing[@]}))
check 'exit statuses differ' cmp "$scratch/glibc/statuses" "$scratch/musl/statuses"
check 'both programs are the same' test "$glibc_build" != "$build"
finish
