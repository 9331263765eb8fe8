/* The languages that packs and the program speak. */
#ifndef ARILINT_RULE_LANGUAGE_H
#define ARILINT_RULE_LANGUAGE_H

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

#endif
