#include "redact/redact.h"

enum { SHORTEST_UNNAMED = 8, SHORTEST_DISTINCT = 6, SHORTEST_PLAIN = 4 };

enum in_free_text { NOWHERE, AT_END, ALONE };

struct word {
	struct text word;
	enum in_free_text in_free_text;
};

static const struct word words[] = {
#define WORD(word, in_free_text) {TEXT_INIT(word), in_free_text},
#include "redact/words.def"
#undef WORD
};

/* A bit for each word that has a letter, whatever its case, at a place: every name of every file is looked through. */
struct places {
	uint64_t first[32], second[32], last[32];
	uint64_t not_alone, in_free_text;
	bool known;
};

enum { WORDS = sizeof(words) / sizeof(words[0]), LETTER = 31 };
_Static_assert(WORDS <= 64, "a bit for each word");

static const struct places *places_of_words(void) {
	static struct places places;
	for (size_t i = 0; !places.known && i < WORDS; i++) {
		struct text word = words[i].word;
		uint64_t bit = (uint64_t)1 << i;
		places.first[word.bytes[0] & LETTER] |= bit;
		places.second[word.bytes[1] & LETTER] |= bit;
		places.last[word.bytes[word.length - 1] & LETTER] |= bit;
		places.not_alone |= words[i].in_free_text == ALONE ? 0 : bit;
		places.in_free_text |= words[i].in_free_text == NOWHERE ? 0 : bit;
	}
	places.known = true;
	return &places;
}

static bool stands_at(struct text text, size_t at, struct text word) {
	return text.length - at >= word.length && (text.bytes[at] | 0x20) == (word.bytes[0] | 0x20) &&
	       text_same_letters((struct text){text.bytes + at, word.length}, word);
}

bool redact_names_secret(struct text name) {
	const struct places *places = places_of_words();
	for (size_t at = 0; at + 1 < name.length; at++) {
		uint64_t left = places->first[name.bytes[at] & LETTER] & places->second[name.bytes[at + 1] & LETTER] & places->not_alone;
		for (; left; left &= left - 1)
			if (stands_at(name, at, words[__builtin_ctzll(left)].word))
				return true;
	}
	return redact_ends_in_name(name);
}

/* PASSWORD_2, secret-old: another of the same kind. */
static struct text without_number(struct text name) {
	static const struct text counts[] = {
		TEXT_INIT("_old"), TEXT_INIT("-old"), TEXT_INIT("_new"), TEXT_INIT("-new"), TEXT_INIT("_prev"), TEXT_INIT("_test")};
	size_t end = name.length;
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		size_t length = counts[i].length;
		if (end > length && stands_at(name, end - length, counts[i])) {
			end -= length;
			break;
		}
	}
	while (end && name.bytes[end - 1] >= '0' && name.bytes[end - 1] <= '9')
		end--;
	if (end < name.length && end && (name.bytes[end - 1] == '_' || name.bytes[end - 1] == '-'))
		end--;
	return text_slice(name, 0, end);
}

static bool ends_in_word(struct text text) {
	const struct places *places = places_of_words();
	uint64_t left = text.length ? places->last[text.bytes[text.length - 1] & LETTER] & places->in_free_text : 0;
	for (; left; left &= left - 1) {
		const struct word *row = &words[__builtin_ctzll(left)];
		struct text word = row->word;
		if (text.length < word.length) continue;
		size_t start = text.length - word.length;
		bool within = start && text_is_word_byte(text.bytes[start - 1]) && text.bytes[start - 1] != '_';
		if (stands_at(text, start, word) && !(row->in_free_text == ALONE && within))
			return true;
	}
	return false;
}

bool redact_ends_in_name(struct text text) {
	struct text rest = without_number(text);
	return ends_in_word(text) || (rest.length < text.length && ends_in_word(rest));
}

bool redact_is_everyday(struct text value) {
	static const char *const everyday[] = {"localhost", "production", "development", NULL};
	for (size_t i = 0; everyday[i]; i++)
		if (text_is(value, everyday[i]))
			return true;
	return value.length < SHORTEST_UNNAMED || !text_trim(value, "0123456789.").length;
}

bool redact_is_path(struct text value) {
	return text_starts_with(value, TEXT("/")) || text_starts_with(value, TEXT("./")) ||
	       text_starts_with(value, TEXT("../")) || text_starts_with(value, TEXT("~/"));
}

/* Which kinds of bytes a value holds: lower case, upper case, digits, and signs that no path or name has. */
static unsigned kinds_of(struct text value) {
	unsigned kinds = 0;
	for (size_t i = 0; i < value.length; i++) {
		char byte = value.bytes[i];
		if (byte >= 'a' && byte <= 'z')
			kinds |= 1;
		else if (byte >= 'A' && byte <= 'Z')
			kinds |= 2;
		else if (byte >= '0' && byte <= '9')
			kinds |= 4;
		else if (!text_has_byte(TEXT("._-:/ "), byte))
			kinds |= 8;
	}
	return kinds;
}

bool redact_is_distinct(struct text value) {
	unsigned kinds = kinds_of(value);
	/* A word with a capital at its start is a word: "Asterisk" is on every line. */
	if (kinds == 3 && kinds_of(text_from(value, 1)) == 1)
		kinds = 1;
	return value.length >= SHORTEST_DISTINCT && (kinds & (kinds - 1)) && !redact_is_path(value);
}

/* A number, an address in numbers, yes or no, a path: nothing that is chosen to be kept. */
static bool is_plain_value(struct text value) {
	static const char *const answers[] = {"true", "false", "yes", "no", "on", "off", "none", "null", "localhost", NULL};
	return value.length < SHORTEST_PLAIN || !text_trim(value, "0123456789.:,/").length || redact_is_path(value) ||
	       text_is_one_of(value, answers);
}

bool redact_is_plain(struct text name, struct text value) {
	static const struct text harmless[] = {
#define HARMLESS(word) TEXT_INIT(word),
#include "redact/harmless.def"
#undef HARMLESS
	};
	if (redact_ends_in_name(name))
		return false;
	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++) {
		size_t start = name.length < harmless[i].length ? 0 : name.length - harmless[i].length;
		if (name.length >= harmless[i].length && stands_at(name, start, harmless[i]) &&
		    (!start || !text_is_word_byte(name.bytes[start - 1]) || name.bytes[start - 1] == '_')) return true;
	}
	return is_plain_value(value);
}
