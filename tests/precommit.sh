#!/usr/bin/env bash
# The hooks under the real pre-commit: a broken commit is stopped, a good one passes, and each file name that matters
# is passed to them.
. "$(dirname "$0")/harness.sh"

export GIT_CONFIG_NOSYSTEM=1 PRE_COMMIT_HOME=$scratch/pre-commit CFLAGS=-O1
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

use_hook() { # ID
	cat > "$user/.pre-commit-config.yaml" <<- END
		repos:
		  - repo: file://$hooks
		    rev: $revision
		    hooks:
		      - id: $1
	END
}

mkdir -p "$hooks" "$user"
tar -C "$repository" --exclude=./build --exclude=./.git -cf - . | tar -C "$hooks" -xf -
git -C "$hooks" init -q
commit_all "$hooks" 'the hooks'
revision=$(git -C "$hooks" rev-parse HEAD)
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

# The names in question; what a hook is passed is something to lint.
cd "$scratch" || exit
while IFS=$'\t' read -r id files exclude; do
	while read -r expected name; do
		matches=no
		! grep -qP -- "$files" <<< "$name" || grep -qP -- "$exclude" <<< "$name" || matches=yes
		check "$id: $name: passed: $matches, not $expected" test $matches = "$expected"
		[ "$expected" = yes ] || continue
		mkdir -p "names/$(dirname "$name")"
		echo '# nothing' > "names/$name"
		run "$arilint" "names/$name"
		check "$id: $name is passed, and arilint finds nothing to lint in it" test "$status" != 7
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
	END
done < <(sed -nE "s/^- id: (.*)/\1/p; s/^  (files|exclude): '(.*)'/\2/p" "$repository/.pre-commit-hooks.yaml" | paste - - -)
finish
