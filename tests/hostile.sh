#!/usr/bin/env bash
# What trips parsers, over and over: each reader, and the whole program, end by themselves within a processor time and a
# memory that only a linear reading of so many bytes keeps.
. "$(dirname "$0")/harness.sh"

# `make check-all` is thorough: it gives so much that anything but a linear reading would take minutes.
size=250000
seconds=3
kilobytes=200000
# A sanitizer is slow and reserves more address space than any bound allows.
if grep -q __asan_init "$arilint"; then
	size=50000
	seconds=10
	kilobytes=
fi
[ -n "${THOROUGH:-}" ] || size=$((size / 5))

# As printf %b writes them.
patterns=$(cat << 'END'
"
'
`
\\
\n
\r
\0000
\0377
=
 #
A=
A="
A='
A=`
A=#
A="\n
A='\n
A=`\n
A="""
A="b"c"\n
A=\n
A:\n
A\n
A=b\\\n
export \040
A=$A$A\n
A=${A}${A}\n
A=${A:-
${
$(
A=$(
[
[a
[a]
[a]\n
[a](
[a](+)\n
[a](a)\n
[DEFAULT]\na=b\n[c]\n
[a]\nb=c\n d=e\n\n
[a](+,a)\n
[a](!)\nb=c\n[d](a)\n
[a](!,a)\nb=c\n
,
;
\\;
;--
;-- \040
;--\n
;--;
--;
=>
a=>
a+=b\n
a=\\;\n
#include "a"\n
#include <
#tryinclude a\n
#exec a\n
END
)

readers=$("$arilint" dump --readers | cut -f 1)
cd "$scratch" || exit

# What each reader makes of the file `input`, then what the whole program makes of it under the names that follow.
ends() { # SECONDS WHAT [NAME...]
	local seconds=$1 what=$2 number=0 reader name
	shift 2
	batch -t "$seconds" ${kilobytes:+-m $kilobytes} < <(printf 'dump\t--reader\t%s\tinput\n' $readers && printf '%s\n' "$@")
	for reader in $readers; do
		number=$((number + 1))
		check "reader $reader on $what: exit status ${statuses[number]}" test "${statuses[number]}" = 0
	done
	for name; do
		number=$((number + 1))
		check "$name of $what: exit status ${statuses[number]}" test "${statuses[number]}" -le 1 -o "${statuses[number]}" = 3
	done
}

while IFS= read -r pattern; do
	printf '%b' "$pattern" > input
	while [ "$(stat -c %s input)" -lt $size ]; do
		cat input input > doubled
		mv doubled input
	done
	truncate -s $size input
	ln -f input ari.conf
	ln -f input .env
	ends $seconds "$pattern" ari.conf .env
	rm ari.conf .env
done <<< "$patterns"

# Small files that once took long are read within a second.
for file in "$repository"/tests/fuzz/corpus/reader/*; do
	cp "$file" input
	ends 1 "${file##*/}"
done
finish
