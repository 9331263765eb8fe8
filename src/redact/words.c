#include "redact/redact.h"

enum { SHORTEST_UNNAMED = 8 };

struct word {
	const char *word;
	bool in_free_text;
};

static const struct word words[] = {
#define WORD(word, in_free_text) {word, in_free_text},
#include "redact/words.def"
#undef WORD
	{NULL, false}};

static bool stands_at(struct text text, size_t at, struct text word) {
	return text_equal_ignoring_case(text_slice(text, at, at + word.length), word);
}

bool redact_names_secret(struct text name) {
	for (const struct word *row = words; row->word; row++)
		for (size_t at = 0; at < name.length; at++)
			if (stands_at(name, at, text_of(row->word)))
				return true;
	return false;
}

bool redact_ends_in_name(struct text text) {
	for (const struct word *row = words; row->word; row++) {
		struct text word = text_of(row->word);
		if (row->in_free_text && text.length >= word.length && stands_at(text, text.length - word.length, word))
			return true;
	}
	return false;
}

bool redact_is_everyday(struct text value) {
	static const char *const everyday[] = {"localhost", "production", "development", NULL};
	for (size_t i = 0; everyday[i]; i++)
		if (text_is(value, everyday[i]))
			return true;
	return value.length < SHORTEST_UNNAMED || !text_trim(value, "0123456789.").length;
}
