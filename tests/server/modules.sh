#!/usr/bin/env bash
# Gets what a real backend runs on, from npm, into a folder that is used again: modules.sh FOLDER makes
# FOLDER/node_modules. Nothing is installed and no script of a package runs.
set -eu

packages='pm2@7.0.4 ari-client@2.2.0 ws@8.23.0 dotenv@17.4.2'
mkdir -p "$1"
to=$(cd "$1" && pwd)
[ "$(cat "$to/packages" 2> /dev/null)" != "$packages" ] || exit 0
echo "fetching $packages"
rm -rf "$to/new" "$to/packages"
mkdir "$to/new"
echo '{"private": true}' > "$to/new/package.json"
npm install --prefix "$to/new" --ignore-scripts --no-audit --no-fund $packages > "$to/log" 2>&1 || {
	tail -n 20 "$to/log" >&2
	echo 'check-server: no npm packages; is there a network?' >&2
	exit 1
}
rm -rf "$to/node_modules"
mv "$to/new/node_modules" "$to/node_modules"
rm -rf "$to/new"
echo "$packages" > "$to/packages"
