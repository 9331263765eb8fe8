/* Texts in several languages: a text and what the catalogues say in its place, or a map of languages. */
#pragma once

#include "rule/loader.h"

/* Gives the text of each language to `load`, with the language's number. */
void load_in_languages(struct loader *loader, const struct node *node, void *object,
                       void (*load)(struct loader *loader, const struct node *node, enum language language, void *object));

extern const struct member_type member_words; /* struct words: a text without references */
