#!/usr/bin/env bash
# The hooks under the real pre-commit: a broken commit is stopped, a good one passes, and each file name that matters
# is passed to them.
. "$(dirname "$0")/harness.sh"

export GIT_CONFIG_NOSYSTEM=1 PRE_COMMIT_HOME=$scratch/pre-commit CFLAGS=-O0
git config --global user.name tester
git config --global user.email tester@example.org
git config --global init.defaultBranch main
git config --global protocol.file.allow always
git config --global advice.detachedHead false

hooks=$scratch/hooks
user=$scratch/user

commit_all() { # FOLDER MESSAGE
	(cd "$1" && git add -A -f . && run git commit -q -m "$2" && exit "$status")
}

reset_last() {
	(cd "$user" && git reset -q --hard HEAD)
}

# The lines of the README, as they are; the other hook stands in them as a comment.
use_hook() { # ID
	sed -n '/^## In pre-commit$/,/^## /{/^```yaml$/,/^```$/p}' "$repository/README.md" | sed '/^```/d' > "$scratch/snippet"
	check 'README.md: the lines for pre-commit are not three to ten' test "$(wc -l < "$scratch/snippet")" -ge 3 -a "$(wc -l < "$scratch/snippet")" -le 10
	case $1 in
	arilint) cp "$scratch/snippet" "$user/.pre-commit-config.yaml" ;;
	*) sed "/- id: arilint /d; s/# - id: $1 /- id: $1 /" "$scratch/snippet" > "$user/.pre-commit-config.yaml" ;;
	esac
	check "README.md: no hook $1" grep -qE "^ *- id: $1 " "$user/.pre-commit-config.yaml"
}

mkdir -p "$hooks" "$user"
tar -C "$repository" --exclude=./build --exclude=./.git -cf - . | tar -C "$hooks" -xf -
git -C "$hooks" init -q
commit_all "$hooks" 'the hooks'
# What is published is this clone.
git config --global "url.file://$hooks.insteadOf" https://github.com/arilint/arilint
git -C "$hooks" tag "v$("$arilint" --version | sed -n '1s/^arilint //p')"
git -C "$user" init -q
use_hook arilint
commit_all "$user" 'start'
(cd "$user" && run pre-commit install)

cp -r "$repository/fixtures/call-center/broken/." "$user"
if commit_all "$user" 'broken'; then
	fail 'a broken commit passes'
else
	check 'a broken commit is stopped by a finding' grep -qE 'error\[' "$scratch/out" "$scratch/err"
fi
reset_last
rm -rf "$user/etc" "$user/backend"
cp -r "$repository/fixtures/call-center/fixed/." "$user"
if commit_all "$user" 'good'; then
	pass
else
	fail "a good commit is stopped: $(cat "$scratch/out" "$scratch/err")"
fi

use_hook arilint-system
PATH=$(dirname "$arilint"):$PATH
cp -r "$repository/fixtures/call-center/broken/." "$user"
if commit_all "$user" 'broken again'; then
	fail 'a broken commit passes the installed arilint'
else
	check 'a broken commit is stopped by a finding' grep -qE 'error\[' "$scratch/out" "$scratch/err"
fi

# A build that can't be done says what is missing.
mkdir "$scratch/bin"
for tool in bash env dirname readlink cat sed mkdir mktemp rm id sort nproc flock make; do
	ln -s "$(command -v $tool)" "$scratch/bin/$tool"
done
run env PATH="$scratch/bin" "$hooks/src/integrations/pre-commit/arilint.sh" "$user/etc"
check 'a missing compiler gives exit status 2' test "$status" = 2
check 'a missing compiler is named' grep -q 'apt-get install .*gcc' "$scratch/err"

# Both hooks take the same names. A pattern goes over several lines.
cd "$scratch" || exit
sed -z "s/\n    / /g" "$repository/.pre-commit-hooks.yaml" > hooks.yaml
files=$(sed -n "s/^  files: &files '\(.*\)'$/\1/p" hooks.yaml)
exclude=$(sed -n "s/^  exclude: &exclude '\(.*\)'$/\1/p" hooks.yaml)
check 'the hooks have no patterns' test -n "$files" -a -n "$exclude"
for member in files exclude; do
	check "the second hook has other $member" grep -qx "  $member: \*$member" hooks.yaml
done

is_passed() { # NAME
	grep -qP -- "$files" <<< "$1" && ! grep -qP -- "$exclude" <<< "$1"
}

# A file that is named and has no role is refused, and with it the commit.
has_role() { # NAME
	rm -rf names
	mkdir -p "names/$(dirname "$1")"
	echo '# nothing' > "names/$1"
	run "$arilint" --isolated "names/$1"
	! grep -q 'arilint/no-role' "$scratch/out" "$scratch/err"
}

has_no_role() { # NAME
	! has_role "$1"
}

while read -r expected name; do
	taken=no
	! is_passed "$name" || taken=yes
	check "$name: passed: $taken, not $expected" test $taken = "$expected"
	[ "$expected" = no ] || check "$name is passed, and arilint knows no role for it" has_role "$name"
done <<- END
	yes .env
	yes .env.local
	yes .env.example
	yes env.example
	yes backend/.env.production
	yes backend/.env.production.local
	yes deploy/backend.env
	yes ari.conf
	yes ari.conf.sample
	yes etc/asterisk/ari.conf
	yes etc/asterisk/http.conf
	no  docs/index.en.html
	no  foo.enc
	no  environment
	no  a.environment.ts
	no  src/app.env.ts
	no  x.envrc
	no  .envrc
	no  .env.d/readme.md
	no  .env.vault
	no  safari.conf
	no  nginx/http.conf.j2
	no  ari.conf.bak
	yes etc/asterisk/pjsip.conf
	yes pjsip.endpoint.conf
	yes manager.conf.example
	yes manager.d/backend.conf
	yes extensions_custom.conf
	yes etc/asterisk/modules.conf
	yes roles/asterisk/files/rtp.conf
	yes sip_notify.conf
	yes app.ini
	yes setup.cfg
	no  php.ini
	no  docker/php/conf.ini
	no  backend.env.local
	no  asterisk/nginx.conf
	no  fail2ban/filter.d/asterisk.conf
	no  asterisk/nginx/site.conf
	no  rtp.conf
END

# Each glob of the packs' roles, with a name that it matches: a hook is passed it when arilint has a role for it.
role_globs() { # MEMBER
	python3 - "$1" "$repository"/rules/*.yaml <<- 'END' | sort -u
		import sys, yaml
		for path in sys.argv[2:]:
		    with open(path, encoding="utf-8") as pack:
		        for role in yaml.load(pack, yaml.BaseLoader).get("roles", {}).values():
		            print(*role.get(sys.argv[1], []), sep="\n")
	END
}

role_globs files | sed "/^$/d" > globs
check "only $(wc -l < globs) globs of roles are found" test "$(wc -l < globs)" -gt 60
role_globs except | sed "/^$/d" > exceptions
check "only $(wc -l < exceptions) exceptions of roles are found" test "$(wc -l < exceptions)" -gt 70
while read -r glob; do
	check "${glob//\*/x}: is not passed" is_passed "${glob//\*/x}"
done < globs
{
	cat globs exceptions
	sed -n 's!/\*$!/x.conf!p; s!^\*\.!.env.!p' exceptions
} | sed 's!\*!x!g; p; s!^!etc/asterisk/!' | sort -u > names.txt
while read -r name; do
	if is_passed "$name"; then
		check "$name is passed, and arilint knows no role for it" has_role "$name"
	else
		check "$name is not passed, and arilint has a role for it" has_no_role "$name"
	fi
done < names.txt
finish
