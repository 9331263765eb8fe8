#include "rule/language.h"

const char *const language_names[LANGUAGE_COUNT] = {
#define LANGUAGE(name) #name,
#include "rule/languages.def"
#undef LANGUAGE
};

bool language_find(struct text name, enum language *language)
{
	for (size_t i = 0; i < LANGUAGE_COUNT; i++)
		if (text_is(name, language_names[i])) {
			*language = (enum language)i;
			return true;
		}
	return false;
}
