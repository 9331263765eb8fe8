#!/usr/bin/env bash
# Unpacks the two Asterisk servers that the reader is held against: `roots.sh FOLDER` makes FOLDER/16 and FOLDER/22.
# They are minimal Debian roots, from the mirror in this machine's own apt sources; their packages are unpacked, not
# configured. A root that is complete is left as it is.
set -eu

folder=$1

give_up() { # WORD...
	printf 'check-asterisk: %s\n' "$*" >&2
	exit 1
}

mirror() { # LABEL
	apt-get indextargets --format '$(SITE)' 'Created-By: Packages' "Label: $1" | head -n 1
}

# The Release file of an archived suite, or of a mirror that lags, may be past its date.
unpack() { # VERSION SUITE SOURCE...
	local root=$folder/$1 log=$folder/$1.log suite=$2
	[ ! -x "$root/usr/sbin/asterisk" ] || return 0
	shift 2
	echo "unpacking Asterisk from Debian $suite"
	rm -rf --one-file-system "$root.new"
	mmdebstrap --variant=extract --include=asterisk --aptopt='Acquire::Check-Valid-Until "false"' \
		"$suite" "$root.new" "$@" > "$log" 2>&1 || {
		tail -n 20 "$log" >&2
		rm -rf --one-file-system "$root.new"
		return 1
	}
	# Unpacked packages alone have no such links, and the program's loader is looked for there.
	for name in lib lib64; do
		[ -e "$root.new/$name" ] || ln -s "usr/$name" "$root.new/$name"
	done
	rm -rf --one-file-system "$root"
	mv "$root.new" "$root"
}

[ "$(id -u)" = 0 ] || give_up 'run it as root: the servers are unpacked and run in roots of their own'
[ ! -x "$folder/16/usr/sbin/asterisk" ] || [ ! -x "$folder/22/usr/sbin/asterisk" ] || exit 0
command -v apt-get > /dev/null || give_up 'needs Debian: the servers are its packages'
debian=$(mirror Debian)
security=$(mirror Debian-Security)
[ -n "$debian" ] || give_up "the apt sources name no mirror of Debian (is 'apt-get update' due?)"
mkdir -p "$folder"
unpack 16 bullseye "deb $debian bullseye main" ${security:+"deb $security bullseye-security main"} &
first=$!
unpack 22 sid "deb $debian sid main" &
second=$!
status=0
wait $first || status=1
wait $second || status=1
[ $status = 0 ] || give_up 'no root could be made; is there a network, and does the mirror still have these suites?'
