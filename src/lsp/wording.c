#include "lsp/wording.h"

static const char *const wordings[WORDING_COUNT][LANGUAGE_COUNT] = {
#define WORDING(name, ...) {__VA_ARGS__},
#include "lsp/wordings.def"
#undef WORDING
};

struct text wording_text(struct arena *arena, enum language language, enum wording wording, struct text inside) {
	struct text text = text_of(wordings[wording][language]);
	size_t at = text_find(text, TEXT("{}"));
	if (at == TEXT_NOT_FOUND)
		return text;
	return text_join(arena, text_join(arena, text_slice(text, 0, at), inside), text_from(text, at + 2));
}
