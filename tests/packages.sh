#!/usr/bin/env bash
# What arilint needs from the system, by Debian's package names: `packages.sh check|install USE...`.
# `check` names what is missing and fails; `install` installs it. Uses: build, release, check, fuzz, asterisk, server, reports, editors, vscode, dotenv.
set -eu

# A line for each: use, package, how its presence shows (a command, a file, a header, or a kind of program that clang can link).
needed='
build gcc                 command cc
build gcc                 command gcc
build make                command make
build libc6-dev           header  stdlib.h
build linux-libc-dev      header  linux/fs.h
build libpcre2-dev        header  pcre2.h
build libyaml-dev         header  yaml.h
build libcrypt-dev        header  crypt.h
build libcurl4-openssl-dev header curl/curl.h
build libjson-c-dev       header  json-c/json.h
release musl-tools        command musl-gcc
check clang               command clang
check libclang-rt-dev     link    address,undefined
check git                 command git
check jq                  command jq
check openssl             command openssl
check pre-commit          command pre-commit
check strace              command strace
check systemd             command systemd-analyze
check python3             command python3
check python3-jsonschema  file    /usr/lib/python3/dist-packages/jsonschema/__init__.py
check python3-yaml        file    /usr/lib/python3/dist-packages/yaml/__init__.py
check attr                command setfattr
check acl                 command setfacl
fuzz  clang               command clang
fuzz  libclang-rt-dev     link    fuzzer,address,undefined
fuzz  python3-yaml        file    /usr/lib/python3/dist-packages/yaml/__init__.py
bench python3             command python3
asterisk mmdebstrap       command mmdebstrap
asterisk python3          command python3
server mmdebstrap         command mmdebstrap
server nodejs             command node
server npm                command npm
server openssl            command openssl
server python3            command python3
server strace             command strace
reports python3           command python3
reports nodejs            command node
reports npm               command npm
reports libxml2-utils     command xmllint
editors nodejs            command node
editors npm               command npm
editors neovim            command nvim
editors emacs-nox         command emacs
editors elpa-eglot        file    /usr/share/emacs/*/*/*/eglot.el*
editors mmdebstrap        command mmdebstrap
editors python3           command python3
vscode nodejs             command node
vscode npm                command npm
dotenv python3            command python3
dotenv nodejs             command node
dotenv npm                command npm
dotenv ruby               command ruby
dotenv php-cli            command php
dotenv php-mbstring       file    /usr/lib/php/*/mbstring.so
dotenv golang-go          command go
dotenv rustc              command rustc
dotenv zsh                command zsh
'

has() { # KIND WHAT
	case $1 in
	command) command -v "$2" > /dev/null ;;
	file) compgen -G "$2" > /dev/null ;;
	header)
		if command -v cc > /dev/null; then
			echo "#include <$2>" | cc -E -DPCRE2_CODE_UNIT_WIDTH=8 -x c -o /dev/null - 2> /dev/null
		else
			compgen -G "/usr/include/$2" > /dev/null || compgen -G "/usr/include/*/$2" > /dev/null
		fi
		;;
	link)
		command -v clang > /dev/null &&
			echo 'int LLVMFuzzerTestOneInput(const char *b, long n);
			      int LLVMFuzzerTestOneInput(const char *b, long n) { return b[n] != 0; }' |
			clang -c "-fsanitize=${2/fuzzer/fuzzer-no-link}" -x c - -o "$scratch/probe.o" 2> /dev/null &&
			if [[ $2 == fuzzer* ]]; then
				clang "-fsanitize=$2" "$scratch/probe.o" -o "$scratch/probe" 2> /dev/null
			else
				clang "-fsanitize=$2" -shared "$scratch/probe.o" -o "$scratch/probe" 2> /dev/null
			fi
		;;
	esac
}

missing() { # USE...
	local use package kind what
	while read -r use package kind what; do
		[[ " $* " == *" $use "* ]] || continue
		has "$kind" "$what" || echo "$package"
	done <<< "${needed#?}" | sort -u
}

# The sanitizers' libraries come under another name where there is no libclang-rt-dev.
name_here() { # PACKAGE
	local version
	if [ "$1" = libclang-rt-dev ] && ! apt-cache show libclang-rt-dev > /dev/null 2>&1; then
		version=$(apt-cache depends clang | sed -n 's/.*Depends: clang-\([0-9]*\)$/\1/p')
		echo "libclang-common-$version-dev"
	else
		echo "$1"
	fi
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	else
		sudo "$@"
	fi
}

verb=${1:-}
shift || true
[[ $verb == check || $verb == install ]] && [ $# -gt 0 ] || {
	echo 'usage: packages.sh check|install build|release|check|fuzz|asterisk|server|reports|editors|vscode|dotenv...' >&2
	exit 2
}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

packages=$(missing "$@")
[ -n "$packages" ] || exit 0
if [ "$verb" = install ] && command -v apt-get > /dev/null; then
	echo "installing" $packages
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
		$(for package in $packages; do name_here "$package"; done) > "$scratch/log" 2>&1 || cat "$scratch/log" >&2
	packages=$(missing "$@")
	[ -n "$packages" ] || exit 0
fi
cat >&2 << END
arilint: these packages are missing:
$(sed 's/^/  /' <<< "$packages")
On Debian or Ubuntu this installs them:
  apt-get install -y --no-install-recommends $(echo $packages)
END
exit 1
