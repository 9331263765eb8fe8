#!/usr/bin/env bash
# Helix, and a newer Neovim: `newer.sh FOLDER` unpacks them from Debian 13 to FOLDER/newer, with the libraries that they need; what
# is there stays. `newer.sh FOLDER PROGRAM WORD...` runs one of them.
set -eu

folder=$1 root=$1/newer
shift

unpack() {
	local mirror
	mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Label: Debian' | head -n 1)
	[ -n "$mirror" ] || { echo "check-editors: the apt sources name no mirror of Debian (is 'apt-get update' due?)" >&2; exit 1; }
	echo 'unpacking editors from Debian 13'
	rm -rf --one-file-system "$root" "$root.new"
	mmdebstrap --variant=extract --include=hx,neovim trixie "$root.new" "deb $mirror trixie main" > "$folder/newer.log" 2>&1 || {
		tail -n 20 "$folder/newer.log" >&2
		exit 1
	}
	mv "$root.new" "$root"
}

# On its own C library, but in this machine's folders: what it starts is of this machine.
run() { # PROGRAM WORD...
	local program=$root/usr/bin/$1 libraries=("$root"/usr/lib/*-linux-gnu*)
	local loader=("${libraries[0]}"/ld-linux*.so.*)
	shift
	export HELIX_RUNTIME=$root/usr/lib/hx/runtime VIMRUNTIME=$root/usr/share/nvim/runtime
	export LUA_PATH="$root/usr/share/lua/5.1/?.lua;;" LUA_CPATH="${libraries[0]}/lua/5.1/?.so;;"
	exec "${loader[0]}" --library-path "${libraries[0]}" "$(realpath "$program")" "$@"
}

if [ $# = 0 ]; then
	[ -x "$root/usr/bin/hx" ] && [ -x "$root/usr/bin/nvim" ] || unpack
else
	run "$@"
fi
