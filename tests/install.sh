#!/usr/bin/env bash
# `make install` puts the program, its rules and its documents where PREFIX and DESTDIR say, and nothing else.
. "$(dirname "$0")/harness.sh"

cd "$repository" || exit
run make --no-print-directory install DESTDIR="$scratch/root" PREFIX=/opt/arilint
check "make install: exit status $status: $(cat "$scratch/err")" test "$status" = 0
to=$scratch/root/opt/arilint
run "$to/bin/arilint" --version
check "the installed program runs: exit status $status" test "$status" = 0
for program in arilint-verify arilint-lsp; do
	check "$program is not installed" test -x "$to/libexec/arilint/$program"
done
run "$to/bin/arilint" lsp < /dev/null
check "arilint lsp does not become its program: exit status $status: $(cat "$scratch/err")" test "$status" = 1
for pack in rules/*.yaml; do
	check "$pack is not installed" cmp -s "$pack" "$to/share/arilint/$pack"
done
for unit in service timer path; do
	check "arilint.$unit is not installed" grep -q '^Description=' "$to/lib/systemd/system/arilint.$unit"
done
check 'the service names another program' grep -qx 'ExecStart=/opt/arilint/bin/arilint check --format concise' \
	"$to/lib/systemd/system/arilint.service"
check 'LICENSE is not installed' cmp -s LICENSE "$to/share/doc/arilint/LICENSE"
check 'the list of what is recognised is not installed' grep -q '^| ari/env_password | in env | `ARI_PASSWORD`' \
	"$to/share/doc/arilint/recognised.md"
check 'something else is installed' test -z "$(find "$scratch/root" -type f ! -path '*/bin/arilint' ! -path '*/libexec/arilint/arilint-*' \
	! -path '*/lib/systemd/system/arilint.*' ! -path '*/share/arilint/rules/*.yaml' ! -path '*/share/doc/arilint/*')"
# The version is one: of the program, of the changelog, and of the README's hook.
version=$(sed -n '1s/^arilint (\(.*\)) .*/\1/p' "$to/share/doc/arilint/changelog")
run "$to/bin/arilint" --version
check "the changelog is of $version, the program of $(cat "$scratch/out")" test "$(cat "$scratch/out")" = "arilint $version"
check "README.md: the hook is not of v$version" grep -qx "    rev: v$version .*" README.md

# What is taken away is what was installed.
touch "$to/share/arilint/rules/own.yaml"
for again in once twice; do
	run make --no-print-directory uninstall DESTDIR="$scratch/root" PREFIX=/opt/arilint
	check "make uninstall, $again: exit status $status: $(cat "$scratch/err")" test "$status" = 0
	check "make uninstall, $again: what stays: $(find "$scratch/root" ! -type d)" \
		test "$(find "$scratch/root" ! -type d)" = "$to/share/arilint/rules/own.yaml"
done
check 'make uninstall: folders of its own stay' test ! -e "$to/libexec/arilint" -a ! -e "$to/share/doc/arilint"
finish
