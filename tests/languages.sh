#!/usr/bin/env bash
# Every rule speaks Uzbek and Russian as well as English, and puts the same captures into its texts in each.
. "$(dirname "$0")/harness.sh"

# Reads what `arilint rule` says of a rule in English and then in $1, and names the texts that do not agree. Without a
# translation the program falls back to English. The letters are told by their bytes in UTF-8.
disagreements() { # LANGUAGE ENGLISH OTHER
	LC_ALL=C awk -v language="$1" '
		function compare(english, other,    rest, capture, at) {
			if (other == english)
				print "not translated: " english
			if (language == "ru" ? other !~ /[\320\321]/ : other ~ /[\320\321]|[oOgG](\047|\140|\342\200[\230\231])/)
				print "other letters than those of " language ": " other
			for (rest = other; match(english, /[{][^}]*[}]/); english = substr(english, RSTART + RLENGTH)) {
				capture = substr(english, RSTART, RLENGTH)
				at = index(rest, capture)
				if (!at)
					print "without " capture ": " other
				else
					rest = substr(rest, 1, at - 1) substr(rest, at + length(capture))
			}
			if (rest ~ /[{}]/)
				print "a capture more than in English: " other
		}
		!/^(message|why|help|fix \([a-z]+\)): / { next }
		FNR == NR { english[++count] = $0; next }
		{ compare(english[++here], $0) }
		END { if (!count || here != count) print here + 0 " texts, not " count + 0 }
	' "$2" "$3"
}

cd "$repository" || exit
for pack in rules/*.yaml; do
	for rule in $(sed '/^symptoms:/,$d' "$pack" | grep -oE '^  - id: [a-z-]+' | sed 's/.*: //'); do
		id=$(basename "$pack" .yaml)/$rule
		run "$arilint" rule --lang en "$id"
		mv "$scratch/out" "$scratch/english"
		for language in uz ru; do
			run "$arilint" rule --lang $language "$id"
			faults=$(disagreements $language "$scratch/english" "$scratch/out")
			check "$id in $language: $faults" test -z "$faults"
		done
	done
	# `arilint rule` does not show what `arilint verify` says.
	for language in uz ru; do
		faults=$(sed -n '/^verify:/,/^rules:/p' "$pack" | awk -v language=$language '
			/(^|[{ ])en: / { if (waiting) print waiting; waiting = $0 }
			$0 ~ "(^|[{ ])" language ": " { waiting = "" }
			END { if (waiting) print waiting }')
		check "$pack: verify without $language: $faults" test -z "$faults"
	done
	# Nor what `arilint diagnose` says.
	symptoms=$(sed -n '/^symptoms:/,$p' "$pack")
	for language in uz ru; do
		[ -n "$symptoms" ] || continue
		for spoken in en $language; do
			sed -nE "s/^      $spoken: ['\"]?/message: /p" <<< "$symptoms" | sed -E "s/['\"]$//" > "$scratch/$spoken"
		done
		faults=$(disagreements $language "$scratch/en" "$scratch/$language")
		check "$pack: symptoms in $language: $faults" test -z "$faults"
	done
	# `arilint rule` does not show labels.
	faults=$(grep -vE "^ *report: |at: '" "$pack" | grep -nE '\{at: .*message: ' | grep -vE 'message: \{en: .+, uz: .+, ru: .+\}\}$')
	check "$pack: labels in one language: $faults" test -z "$faults"
done

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
