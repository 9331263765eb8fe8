#!/usr/bin/env bash
# Packs the extension with the program inside: `pack.sh FOLDER BUILD` makes FOLDER/arilint.vsix of the static arilint-lsp in
# BUILD. FOLDER keeps the packages of npm; no script of theirs runs.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
repository=$here/../../..
program=$(realpath "$2")/arilint-lsp
# The newest cheerio would want a newer Node.js than Debian 12 has.
"$repository/tests/npm.sh" vscode "$1/tools" @vscode/vsce@2.32.0 cheerio@1.0.0-rc.12
mapfile -t needed < <(node -p "Object.entries(require('$here/package.json').dependencies).map((one) => one.join('@')).join('\n')")
"$repository/tests/npm.sh" vscode "$1/modules" "${needed[@]}"
cd "$1"
case $(uname -m) in
x86_64) platform=linux-x64 ;;
aarch64) platform=linux-arm64 ;;
*) echo "vscode: VS Code knows no platform $(uname -m)" >&2; exit 1 ;;
esac
rm -rf extension arilint.vsix
mkdir -p extension/bin
cp "$here/package.json" "$here/extension.js" "$here/README.md" "$here/.vscodeignore" "$repository/LICENSE" extension
cp -r modules/node_modules extension
strip -o extension/bin/arilint-lsp "$program"
cd extension
../tools/node_modules/.bin/vsce package --target "$platform" --out ../arilint.vsix > ../log 2>&1 || {
	cat ../log >&2
	exit 1
}
