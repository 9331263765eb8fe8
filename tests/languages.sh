#!/usr/bin/env bash
# The program speaks the language that --lang or the locale names. What packs say in it: catalogues.py.
. "$(dirname "$0")/harness.sh"

cd "$repository" || exit

# LOCALE WORD EXPECTED...: a run over the broken example says everything expected.
speaks() {
	local locale=$1 word=$2 expected
	shift 2
	run env LC_ALL="$locale" "$arilint" ${word:+--lang "$word"} fixtures/call-center/broken
	check "$locale $word: exit status $status" test "$status" = 1
	for expected; do
		check "$locale $word: does not say '$expected'" grep -qF -- "$expected" "$scratch/out"
	done
}

speaks C.UTF-8 '' 'is repeated' 'is not the password of'
speaks C.UTF-8 uz 'takrorlangan' 'parolidan farq qiladi' 'birinchisi shu yerda' 'jurnalga hech narsa yozmaydi' 'faylidan olish'
speaks C.UTF-8 ru 'повторяется' 'не совпадает с паролем' 'впервые здесь' 'ничего не пишет в журнал' 'взять пароль из'
speaks uz_UZ.UTF-8 '' 'takrorlangan'
speaks ru_RU.UTF-8 '' 'повторяется'
speaks ru_RU.UTF-8 en 'is repeated'
speaks de_DE.UTF-8 '' 'is repeated'
run "$arilint" --lang de fixtures/call-center/broken
check "--lang de: exit status $status" test "$status" = 2
finish
