#include "rule/language.h"

#include <stdlib.h>

const char *const language_names[LANGUAGE_COUNT] = {
#define LANGUAGE(name) #name,
#include "rule/languages.def"
#undef LANGUAGE
};

bool language_find(struct text name, enum language *language) {
	for (size_t i = 0; i < LANGUAGE_COUNT; i++)
		if (text_is(name, language_names[i])) {
			*language = (enum language)i;
			return true;
		}
	return false;
}

static struct text of_locale(void) {
	static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	struct text language = TEXT("");
	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]) && !language.length; i++)
		language = text_slice(text_of(getenv(variables[i])), 0, 2);
	return language;
}

bool language_choose(struct text given, struct text configured, enum language *language, struct text *fault) {
	struct text named = given.length ? given : configured;
	*language = LANGUAGE_en;
	if (language_find(named.length ? named : of_locale(), language) || !named.length) return true;
	*fault = TEXT("--lang takes en, uz or ru");
	return false;
}
