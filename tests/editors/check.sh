#!/usr/bin/env bash
# Has real clients speak with the language server, `check.sh FOLDER BUILD VSIX`: Neovim, Emacs and Helix of Debian, one on
# Microsoft's vscode-languageserver-protocol, and the extension for VS Code, VSIX. The lines that editors are set up with are
# those of README.md. FOLDER keeps what is fetched; nothing of that is installed and no script of a package runs.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
"$here/../npm.sh" check-editors "$folder" vscode-languageserver-protocol@3.17.5 vscode-languageserver-textdocument@1.0.12 \
	vscode-uri@3.0.8 yauzl@2.10.0
"$here/newer.sh" "$folder"
export NODE_PATH=$folder/node_modules LC_ALL=C.UTF-8 TERM=xterm-256color
arilint=$(cd "$2" && pwd)/arilint
extension=$(realpath "$3")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
PATH=${arilint%/*}:$PATH

# What all work on, in a repository of its own: a password that differs, beside a face that is two units of UTF-16.
set_up() { # FOLDER
	mkdir -p "$1/.git" "$1/etc/asterisk" "$1/backend"
	printf '[general]\nenabled = yes\n\n[backend]\ntype = user\npassword = Gz7qLw93kPd2\n' > "$1/etc/asterisk/ari.conf"
	printf '[general]\nenabled = yes\nbindaddr = 127.0.0.1\nbindport = 8088\n' > "$1/etc/asterisk/http.conf"
	printf 'ARI_APP="😀"\nARI_URL=http://127.0.0.1:8088/ari\nARI_USERNAME=backend\nARI_PASSWORD=Wr0ngPass77x\n' > "$1/backend/.env"
}

# The lines of the page in a language: at most ten, as it says.
snippet() { # LANGUAGE FILE
	sed -n "/^## In an editor/,/^## In pre-commit/p" "$here/../../README.md" | sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" | sed '/^```/d' > "$2"
	[ "$(wc -l < "$2")" -ge 3 ] && [ "$(wc -l < "$2")" -le 10 ] || echo "FAIL README.md: the lines in $1 are not three to ten"
}

client() { # NAME COMMAND...
	local name=$1 folder=$scratch/$1
	shift
	set_up "$folder/set-up"
	SNIPPET=$scratch/snippet.$name ROOT=$folder/set-up HOME=$folder XDG_CONFIG_HOME=$folder/config XDG_STATE_HOME=$folder/state \
		timeout 600 "$@" 2>&1 || echo "FAIL $name: ended with status $?"
}

neovim=(nvim --headless -u NONE -i NONE -n -S "$here/neovim.lua")
{
	snippet lua "$scratch/snippet.neovim"
	cp "$scratch/snippet.neovim" "$scratch/snippet.newer-neovim"
	snippet elisp "$scratch/snippet.emacs"
	mkdir -p "$scratch/helix/config/helix"
	snippet toml "$scratch/helix/config/helix/languages.toml"
	client node node "$here/client.cjs" "$arilint" "$scratch/node/set-up"
	client vscode node "$here/extension.cjs" "$extension" "$scratch/vscode" "$arilint"
	client neovim "${neovim[@]}"
	client newer-neovim "$here/newer.sh" "$folder" "${neovim[@]}"
	client emacs emacs --batch -f package-initialize -l "$here/emacs.el"
	client helix "$here/helix.py" "$scratch/helix/set-up" "$scratch/helix/log" "$here/newer.sh" "$folder" hx
} | tr -d '\r' | tee "$scratch/log" | grep -E '^(FAIL|  )' || true
awk '/ passed, [0-9]+ failed$/ { passed += $1; failed += $3; clients++ } /^FAIL .*: (ended with|the lines in)/ { failed++ }
	END { if (clients != 6) failed++; printf "%d passed, %d failed\n", passed, failed; exit failed > 0 || !passed }' "$scratch/log"
