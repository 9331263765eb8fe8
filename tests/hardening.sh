#!/usr/bin/env bash
# What the build asks of compiler and linker against faults, read off the programs that came of it.
. "$(dirname "$0")/harness.sh"

has() { # PROGRAM WHAT PATTERN READELF-OPTION
	check "$1: $2" grep -qE -- "$3" <(readelf -W "$4" "$build/$1" 2> /dev/null)
}

lacks() { # PROGRAM WHAT PATTERN READELF-OPTION
	check "$1: $2" bash -c '! grep -qE -- "$0" "$1"' "$3" <(readelf -W "$4" "$build/$1" 2> /dev/null)
}

# A flag that the compiler knows stands in what it says of itself.
compiled() { # PROGRAM FLAG
	! "${CC:-cc}" -Werror "$2" -x c -c -o /dev/null /dev/null 2> /dev/null ||
		check "$1: not compiled with $2" grep -qE -- "DW_AT_producer.* $2" "$scratch/producers"
}

for program in arilint arilint-verify arilint-lsp; do
	has $program 'no part of it is made read-only' GNU_RELRO -l
	has $program 'no line about its stack' 'GNU_STACK .* RW ' -l
	lacks $program 'a part of it may be written and run' 'LOAD .* RWE ' -l
	if readelf -d "$build/$program" | grep -q NEEDED; then
		has $program 'is bound to an address' 'Type: +DYN' -h
		has $program 'is bound to an address' 'FLAGS_1.* PIE' -d
		has $program 'is linked lazily' 'FLAGS.* (BIND_)?NOW' -d
		has $program 'does not watch its stack' '__stack_chk_fail' -s
		has $program 'does not watch its buffers' '__[a-z]+_chk(@|$)' -s
	fi
	readelf --debug-dump=info "$build/$program" 2> /dev/null | grep -F DW_AT_producer | sort -u > "$scratch/producers"
	compiled $program -fstack-clash-protection
	compiled $program -ftrivial-auto-var-init=zero
	compiled $program -fstack-protector-strong
	compiled $program -fcf-protection=full
	compiled $program -mbranch-protection=standard
done
finish
