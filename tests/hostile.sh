#!/usr/bin/env bash
# What trips parsers, over and over: each reader, and the whole program, end by themselves within a time and a memory that
# only a linear reading of so many bytes keeps.
. "$(dirname "$0")/harness.sh"

size=250000
seconds=3
kilobytes=200000
# A sanitizer is slow and reserves more address space than any bound allows.
if grep -q __asan_init "$arilint"; then
	size=50000
	seconds=10
	kilobytes=unlimited
fi

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

bounded() { # SECONDS ARGUMENT...
	local seconds=$1
	shift
	run bash -c 'ulimit -t "$0" -v "$1"; shift; exec "$@"' "$seconds" $kilobytes "$arilint" "$@"
}

readers=$("$arilint" dump --readers | cut -f 1)
cd "$scratch" || exit
while IFS= read -r pattern; do
	printf '%b' "$pattern" > input
	while [ "$(stat -c %s input)" -lt $size ]; do
		cat input input > doubled
		mv doubled input
	done
	truncate -s $size input
	for reader in $readers; do
		bounded $seconds dump --reader "$reader" input
		check "reader $reader on $pattern: exit status $status" test "$status" = 0
	done
	for name in ari.conf .env; do
		ln -f input $name
		bounded $seconds $name
		check "$name of $pattern: exit status $status" test "$status" -le 1 -o "$status" = 3
	done
	rm -f ari.conf .env
done <<< "$patterns"

# Small files that once took long are read within a second.
for file in "$repository"/tests/fuzz/corpus/reader/*; do
	for reader in $readers; do
		bounded 1 dump --reader "$reader" "$file"
		check "reader $reader on ${file##*/}: exit status $status" test "$status" = 0
	done
done
finish
