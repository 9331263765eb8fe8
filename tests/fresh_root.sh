#!/usr/bin/env bash
# Does a new machine get from nothing to a green `make check`? Makes a minimal Debian root with nothing but git and make,
# from this machine's own apt sources, clones the committed tree into it and runs `make try` and `make check` there.
# Needs root and mmdebstrap or debootstrap; not part of `make check`. FRESH_ROOT=DIR keeps the root there.
set -eu
repository=$(cd "$(dirname "$0")/.." && pwd)
[ "$(id -u)" = 0 ] || { echo 'fresh_root.sh: run it as root' >&2; exit 2; }
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
root=${FRESH_ROOT:-$(mktemp -d /var/tmp/arilint-root.XXXXXX)}
log=$root.log

unmount() {
	umount "$root/proc" "$root/dev" 2> /dev/null || true
}
leave() {
	unmount
	[ -n "${FRESH_ROOT:-}" ] || rm -rf "$root"
}
trap leave EXIT

# Debian's own sources only: another source's key is not in the new root.
copy_sources() {
	local source
	cp /etc/resolv.conf /etc/hosts "$root/etc/"
	rm -f "$root"/etc/apt/sources.list "$root"/etc/apt/sources.list.d/*
	[ ! -e /etc/apt/sources.list ] || cp /etc/apt/sources.list "$root/etc/apt/"
	for source in /etc/apt/sources.list.d/*; do
		! grep -qs debian-archive-keyring "$source" || cp "$source" "$root/etc/apt/sources.list.d/"
	done
}

make_root() {
	local mirror
	mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' "Codename: $suite" | head -n 1)
	if command -v mmdebstrap > /dev/null; then
		mmdebstrap --variant=minbase --include=git,make,ca-certificates "$suite" "$root" "$mirror"
	else
		debootstrap --variant=minbase --include=git,make,ca-certificates "$suite" "$root" "$mirror"
	fi
}

inside() { # WORD...
	chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 "$@"
}

step() { # NAME WORD...
	local name=$1 start=$SECONDS status=0
	shift
	"$@" > "$log" 2>&1 || status=$?
	[ $status = 0 ] || tail -n 40 "$log"
	printf '%-12s exit status %s, %s s; last line: %s\n' "$name" $status $((SECONDS - start)) "$(tail -n 1 "$log")"
	return $status
}

step 'minimal root' make_root
copy_sources
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
git clone -q "$repository" "$root/root/arilint"
if inside sh -c 'command -v cc || command -v gcc'; then
	echo 'fresh_root.sh: the root has a compiler, so it proves nothing' >&2
	exit 2
fi
step 'make try' inside make -C /root/arilint try
step 'make check' inside make -C /root/arilint check
