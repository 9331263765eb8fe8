#!/usr/bin/env bash
# Does a new machine get from nothing to a green `make check`? Makes a minimal Debian root with nothing but git and make,
# from this machine's own apt sources, clones the committed tree into it and runs `make try` and `make check` there, or the
# targets that are named: `fresh_root.sh try check-editors`.
# Needs root and mmdebstrap or debootstrap; not part of `make check`. FRESH_ROOT=DIR keeps the root there.
set -eu
[ "$(id -u)" = 0 ] || { echo 'fresh_root.sh: run it as root' >&2; exit 2; }
# Mounts in a namespace of their own end with the script, however it ends.
[ -n "${OWN_MOUNTS:-}" ] || exec env OWN_MOUNTS=1 unshare -m --propagation private "$0" "$@"
repository=$(cd "$(dirname "$0")/.." && pwd)
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
root=${FRESH_ROOT:-$(mktemp -d /var/tmp/arilint-root.XXXXXX)}
log=$root.log

# What is mounted below the root must never be removed with it: /dev there is this machine's own.
leave() {
	local mounted
	for mounted in proc dev/pts dev .; do
		! mountpoint -q "$root/$mounted" || umount "$root/$mounted" || {
			echo "fresh_root.sh: $root/$mounted is still mounted, so $root stays" >&2
			return
		}
	done
	rm -f "$log"
	[ -n "${FRESH_ROOT:-}" ] || rm -rf --one-file-system "$root"
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
# Tests have mounts of their own, which only a mount point lets them have, and terminals.
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts"
git clone -q "$repository" "$root/root/arilint"
if inside sh -c 'command -v cc || command -v gcc'; then
	echo 'fresh_root.sh: the root has a compiler, so it proves nothing' >&2
	exit 2
fi
[ $# -gt 0 ] || set -- try check
for target; do
	step "make $target" inside make -C /root/arilint "$target"
done
