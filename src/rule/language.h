/* The languages that packs and the program speak. */
#pragma once

#include "base/text.h"

enum language {
#define LANGUAGE(name) LANGUAGE_##name,
#include "rule/languages.def"
#undef LANGUAGE
	LANGUAGE_COUNT
};

/* Their names, "en" first: what has no text in another language is said in it. */
extern const char *const language_names[LANGUAGE_COUNT];

/* False when there is none of that name. */
bool language_find(struct text name, enum language *language);

/* The language that the command line names, else the configuration (empty: they name none), else the locale, else
 * English. False with a reason when the one named is not known. */
bool language_choose(struct text given, struct text configured, enum language *language, struct text *fault);
