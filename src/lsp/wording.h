/* Texts that the server itself writes, in the language that the editor asks for. What fails by the protocol's own rules is said
 * in English: it is for who writes an editor. */
#pragma once

#include "rule/language.h"

enum wording {
#define WORDING(name, ...) WORDING_##name,
#include "lsp/wordings.def"
#undef WORDING
	WORDING_COUNT
};

/* The text, what is put in in place of its `{}`; empty where it has none. */
struct text wording_text(struct arena *arena, enum language language, enum wording wording, struct text inside);
