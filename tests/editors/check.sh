#!/usr/bin/env bash
# Has real clients speak with the language server, `check.sh FOLDER BUILD`: Neovim of Debian, and one on Microsoft's
# vscode-languageserver-protocol, which FOLDER keeps. Nothing is installed and no script of a package runs.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
"$here/../npm.sh" check-editors "$1" vscode-languageserver-protocol@3.17.5 vscode-languageserver-textdocument@1.0.12
modules=$(cd "$1" && pwd)/node_modules
arilint=$(cd "$2" && pwd)/arilint
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# What both work on: a password that differs, beside a face that is two units of UTF-16.
set_up() { # FOLDER
	mkdir -p "$1/etc/asterisk" "$1/backend"
	printf '[general]\nenabled = yes\n\n[backend]\ntype = user\npassword = Gz7qLw93kPd2\n' > "$1/etc/asterisk/ari.conf"
	printf '[general]\nenabled = yes\nbindaddr = 127.0.0.1\nbindport = 8088\n' > "$1/etc/asterisk/http.conf"
	printf 'ARI_APP="😀"\nARI_URL=http://127.0.0.1:8088/ari\nARI_USERNAME=backend\nARI_PASSWORD=Wr0ngPass77x\n' > "$1/backend/.env"
}

sed -n '/^```lua$/,/^```$/p' "$here/../../README.md" | sed '/^```/d' > "$scratch/snippet.lua"
set_up "$scratch/node"
set_up "$scratch/neovim"
{
	NODE_PATH=$modules timeout 600 node "$here/client.cjs" "$arilint" "$scratch/node" || echo "FAIL client.cjs: ended with status $?"
	SNIPPET=$scratch/snippet.lua PATH=${arilint%/*}:$PATH ROOT=$scratch/neovim HOME=$scratch/neovim XDG_STATE_HOME=$scratch/state \
		timeout 300 nvim --headless -u NONE -i NONE -n -S "$here/neovim.lua" 2>&1 || echo "FAIL neovim.lua: ended with status $?"
} | tr -d '\r' | tee "$scratch/log" | grep -E '^(FAIL|  )' || true
awk '/ passed, [0-9]+ failed$/ { passed += $1; failed += $3; clients++ } /^FAIL .*: ended with/ { failed++ }
	END { if (clients != 2) failed++; printf "%d passed, %d failed\n", passed, failed; exit failed > 0 || !passed }' "$scratch/log"
