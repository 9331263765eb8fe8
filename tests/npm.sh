#!/usr/bin/env bash
# Packages from npm, kept in FOLDER/node_modules until others are asked for: npm.sh TARGET FOLDER PACKAGE@VERSION... No script
# of a package runs. TARGET is who says so when they can't be had.
set -eu

target=$1
mkdir -p "$2"
to=$(cd "$2" && pwd)
shift 2
[ "$(cat "$to/packages" 2> /dev/null)" != "$*" ] || exit 0
echo "fetching $*"
rm -rf "$to/new" "$to/packages"
mkdir "$to/new"
echo '{"private": true}' > "$to/new/package.json"
npm install --prefix "$to/new" --ignore-scripts --no-audit --no-fund "$@" > "$to/log" 2>&1 || {
	tail -n 20 "$to/log" >&2
	echo "$target: no npm packages; is there a network?" >&2
	exit 1
}
rm -rf "$to/node_modules"
mv "$to/new/node_modules" "$to/node_modules"
rm -rf "$to/new"
echo "$*" > "$to/packages"
