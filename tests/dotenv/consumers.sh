#!/usr/bin/env bash
# Gets the programs and libraries that the .env readers stand for, from Debian and npm, into a folder that is used
# again: consumers.sh FOLDER. Nothing is installed and no script of a package runs; FOLDER/consumers.tsv then has a line
# for each consumer: its name, its reader, `all` or `few` (a process for each file), and the driver's command line.
# What can't be had is said on standard output and left out.
set -euo pipefail

here=$(cd "$(dirname "$0")/drivers" && pwd)
mkdir -p "$1"
to=$(cd "$1" && pwd)
mkdir -p "$to"/{deb,npm,bin,apt/state/lists/partial,apt/cache/archives/partial}
: > "$to/consumers.new"
: > "$to/log"
trap 'rm -f "$to/consumers.new"' EXIT

# --- where they come from ---

# Debian's other releases, from the mirror that this system is set up with, in a state of their own.
apt() { # PROGRAM ARGUMENT...
	local program=$1
	shift
	"$program" -o Dir::Etc::sourcelist="$to/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null \
		-o Dir::State="$to/apt/state" -o Dir::State::status=/var/lib/dpkg/status -o Dir::Cache="$to/apt/cache" \
		-o Acquire::Languages=none -o APT::Sandbox::User=root "$@"
}

lists() {
	[ ! -e "$to/apt/updated" ] || return 0
	local name mirror
	name=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
	mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' |
		awk -v name="$name" '$2 == name { print $1; exit }')
	printf "deb $mirror %s main\n" "$name" stable testing unstable | sort -u > "$to/apt/sources.list"
	apt apt-get -qq update >> "$to/log" 2>&1 || true
	touch "$to/apt/updated"
}

# Prints where the newest version VERSION.* of a package is unpacked.
deb() { # PACKAGE VERSION
	local folder version
	for folder in "$to/deb/$1_$2"[.+~-]*; do
		[ ! -d "$folder" ] || { echo "$folder" && return; }
	done
	lists
	version=$(apt apt-cache madison "$1" 2>> "$to/log" | awk -F ' *[|] *' '{ print $2 }' |
		grep -E "^([0-9]+:)?${2//./[.]}[.+~-]" | head -n 1) || return 1
	folder=$to/deb/$1_${version#*:}
	rm -rf "$to/deb/new"
	mkdir "$to/deb/new"
	(cd "$to/deb/new" && apt apt-get -qq download "$1=$version" >> "$to/log" 2>&1 &&
		dpkg-deb -x ./*.deb . && rm ./*.deb) && mv "$to/deb/new" "$folder" && echo "$folder"
}

# Prints where an npm package is, with what it needs.
npm_package() { # NAME VERSION [NEEDED...]
	local name=$1 folder=$to/npm/${1//\//_}-$2 spec=$1@$2
	shift 2
	if [ ! -d "$folder" ]; then
		rm -rf "$to/npm/new"
		mkdir "$to/npm/new"
		echo '{"private": true}' > "$to/npm/new/package.json"
		npm install --prefix "$to/npm/new" --ignore-scripts --no-audit --no-fund "$spec" "$@" >> "$to/log" 2>&1 ||
			return 1
		mv "$to/npm/new" "$folder"
	fi
	echo "$folder/node_modules/$name"
}

# --- how they are written down ---

row() { # CONSUMER READER all|few COMMAND...
	(IFS=$'\t' && echo "$*") >> "$to/consumers.new"
}

absent() { # CONSUMER READER
	echo "not to be had: $1 (reader $2)"
}

# Runs the build of a driver unless it is newer than its sources.
built() { # PROGRAM SOURCES -- COMMAND...
	local program=$1 source fresh=true
	shift
	[ -e "$program" ] || fresh=false
	while [ "$1" != -- ]; do
		[ "$program" -nt "$1" ] || fresh=false
		shift
	done
	shift
	"$fresh" || "$@" >> "$to/log" 2>&1
}

# --- npm ---

javascript() { # READER KIND VERSION
	local folder name=dotenv-$3
	[ "$2" = dotenv ] || name+=-$2
	if folder=$(npm_package dotenv "$3"); then
		row "$name" "$1" all node "$here/load.js" "$2" "$folder"
	else
		absent "$name" "$1"
	fi
}

expand() { # VERSION DOTENV-VERSION
	local folder expander
	if folder=$(npm_package dotenv "$2") && expander=$(npm_package dotenv-expand "$1"); then
		row "dotenv-expand-$1+dotenv-$2" dotenv-expand all node --max-old-space-size=200 "$here/load.js" expand "$folder" "$expander"
	else
		absent "dotenv-expand-$1+dotenv-$2" dotenv-expand
	fi
}

nest() { # READER KIND
	local folder
	if folder=$(npm_package @nestjs/config 3.3.0 @nestjs/common@10 reflect-metadata@0.1 rxjs@7); then
		row "@nestjs/config-3.3.0${2#nest}" "$1" all node --max-old-space-size=200 "$here/load.js" "$2" "$folder"
	else
		absent "@nestjs/config-3.3.0${2#nest}" "$1"
	fi
}

env_cmd() {
	local folder
	if folder=$(npm_package env-cmd 11.0.0); then
		row env-cmd-11.0.0 env-cmd all node "$here/load.js" env-cmd "$folder"
	else
		absent env-cmd-11.0.0 env-cmd
	fi
}

node_itself() { # READER VERSION
	local folder
	if folder=$(npm_package "node-linux-$(node -p process.arch)" "$2"); then
		row "node-$2-loadEnvFile" "$1" all "$folder/bin/node" "$here/load.js" node
		row "node-$2-env-file" "$1" few python3 "$here/each.py" node "$folder/bin/node" "$here/load.js"
	else
		absent "node-$2" "$1"
	fi
}

# --- Debian ---

python() { # READER KIND PACKAGE VERSION
	local folder
	if folder=$(deb "$3" "$4"); then
		row "$3-$4" "$1" all python3 "$here/load.py" "$2" "$folder/usr/lib/python3/dist-packages"
	else
		absent "$3-$4" "$1"
	fi
}

ruby_gem() { # READER KIND PACKAGE VERSION
	local folder
	if folder=$(deb "$3" "$4"); then
		row "$3-$4" "$1" all ruby -EUTF-8 "$here/load.rb" "$2" \
			"$(echo "$folder"/usr/share/rubygems-integration/all/gems/*/lib)"
	else
		absent "$3-$4" "$1"
	fi
}

php() {
	local dotenv result option symfony
	if dotenv=$(deb php-vlucas-phpdotenv 5.8) && result=$(deb php-graham-campbell-result-type 1) &&
		option=$(deb php-phpoption 1); then
		row phpdotenv-5.8 phpdotenv all php "$here/load.php" phpdotenv {"$dotenv","$result","$option"}/usr/share/php
	else
		absent phpdotenv-5.8 phpdotenv
	fi
	if symfony=$(deb php-symfony-dotenv 7.4); then
		row symfony-7.4 symfony all php "$here/load.php" symfony "$symfony/usr/share/php"
	else
		absent symfony-7.4 symfony
	fi
}

# A workspace of Go links each import path to the package that holds it.
go_package() { # IMPORT-PATH PACKAGE VERSION [PATH-IN-PACKAGE]
	local folder
	folder=$(deb "$2" "$3") || return 1
	mkdir -p "$to/go/src/${1%/*}"
	ln -sfn "$folder/usr/share/gocode/src/${4:-$1}" "$to/go/src/$1"
}

go_driver() { # NAME
	built "$to/bin/$1" "$here/go/load.go" "$here/go/$1.go" -- env GO111MODULE=off GOPATH="$to/go" \
		GOCACHE="$to/go/cache" go build -o "$to/bin/$1" "$here/go/load.go" "$here/go/$1.go"
}

go_libraries() {
	local compose=github.com/compose-spec/compose-go
	if go_package github.com/joho/godotenv golang-github-joho-godotenv-dev 1.5.1 && go_driver godotenv; then
		row godotenv-1.5.1 godotenv all "$to/bin/godotenv"
	else
		absent godotenv-1.5.1 godotenv
	fi
	if go_package github.com/subosito/gotenv golang-github-subosito-gotenv-dev 1.2.0 && go_driver gotenv; then
		row gotenv-1.2.0 gotenv all "$to/bin/gotenv"
	else
		absent gotenv-1.2.0 gotenv
	fi
	if go_package "$compose/v2" golang-github-compose-spec-compose-go-dev 2.9.1 "$compose" &&
		go_package github.com/sirupsen/logrus golang-github-sirupsen-logrus-dev 1.9 &&
		go_package golang.org/x/sys golang-golang-x-sys-dev 0.3 && go_driver compose; then
		row compose-go-2.9.1 compose all "$to/bin/compose"
	else
		absent compose-go-2.9.1 compose
	fi
}

rust() {
	local folder
	if folder=$(deb librust-dotenvy-dev 0.15.7) &&
		built "$to/bin/libdotenvy.rlib" "$folder" -- rustc --cap-lints allow --edition 2018 --crate-type rlib \
			--crate-name dotenvy -O -o "$to/bin/libdotenvy.rlib" \
			"$folder/usr/share/cargo/registry/dotenvy-0.15.7/src/lib.rs" &&
		built "$to/bin/dotenvy" "$to/bin/libdotenvy.rlib" "$here/load.rs" -- rustc --edition 2018 -O \
			--extern "dotenvy=$to/bin/libdotenvy.rlib" -o "$to/bin/dotenvy" "$here/load.rs"; then
		row dotenvy-0.15.7 dotenvy all "$to/bin/dotenvy"
	else
		absent dotenvy-0.15.7 dotenvy
	fi
}

systemd() {
	local folder
	if folder=$(deb libsystemd-shared 252) &&
		built "$to/bin/systemd" "$here/load_systemd.c" -- cc -std=c17 -D_GNU_SOURCE -O2 \
			-o "$to/bin/systemd" "$here/load_systemd.c"; then
		row systemd-252 systemd all "$to/bin/systemd" "$(find "$folder" -name 'libsystemd-shared-*.so')"
	else
		absent systemd-252 systemd
	fi
}

shell() { # NAME
	local program
	if program=$(command -v "$1"); then
		row "$1-$(dpkg-query -W -f '${Version}' "$1" 2> /dev/null || echo unknown)" "$1" all \
			python3 "$here/each.py" shell "$program"
	else
		absent "$1" "$1"
	fi
}

program() { # READER KIND PACKAGE VERSION PATH DRIVER
	local folder
	if folder=$(deb "$3" "$4"); then
		row "$3-$4" "$1" few python3 "$here/$6.py" $2 "$folder/$5"
	else
		absent "$3-$4" "$1"
	fi
}

for version in 16.6.1 17.4.2 18.0.10; do
	javascript dotenv dotenv "$version"
done
javascript dotenv fast 18.0.10
nest dotenv nest
javascript dotenv-14 dotenv 14.3.2
javascript dotenv-10 dotenv 10.0.0
javascript dotenv-10 dotenv 8.6.0
expand 12.0.3 16.6.1
expand 13.0.0 18.0.10
nest nest-expand nest-expand
env_cmd
node_itself node-20 20.20.2
for version in 22.23.3 24.21.0 26.10.0; do
	node_itself node-22 "$version"
done
python python-dotenv dotenv python3-dotenv 0.21.0
python python-dotenv dotenv python3-dotenv 1.2.1
python decouple decouple python3-decouple 3.6
ruby_gem ruby-dotenv dotenv ruby-dotenv 3.2.0
ruby_gem foreman foreman ruby-foreman 0.87.2
php
go_libraries
rust
systemd
for name in bash dash zsh; do
	shell "$name"
done
program compose compose docker-compose 2.26.1 usr/libexec/docker/cli-plugins/docker-compose each
program compose compose docker-compose 2.40.3 usr/libexec/docker/cli-plugins/docker-compose each
program direnv direnv direnv 2.32.1 usr/bin/direnv each
program docker '' docker-cli 28.5.2 usr/bin/docker each_docker
mv "$to/consumers.new" "$to/consumers.tsv"
