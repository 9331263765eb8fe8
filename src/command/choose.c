#include "command/choose.h"

#include <string.h>
#include <sys/stat.h>

#include "base/text_set.h"

struct choosing {
	struct arena *arena;
	const struct verb *const *verbs;
	size_t verb_count;
	unsigned allowed; /* verbs that all options so far go with */
};

/* A link that leads nowhere is there, too. */
static bool is_path(const char *word) {
	struct stat status;
	return strpbrk(word, "./") || !lstat(word, &status);
}

static const struct verb *find_verb(const struct choosing *choosing, const char *word) {
	for (size_t i = 0; i < choosing->verb_count; i++)
		if (!strcmp(word, choosing->verbs[i]->name))
			return choosing->verbs[i];
	return NULL;
}

/* `help` and `version` are options that people write as verbs. */
static char *option_meant(const char *word) {
	static char help[] = "--help", version[] = "--version";
	return !strcmp(word, "help") ? help : !strcmp(word, "version") ? version : NULL;
}

static struct text suggest(const struct choosing *choosing, const char *word) {
	struct text_list names = {0};
	struct text near;
	for (size_t i = 0; i < choosing->verb_count; i++)
		*list_add(choosing->arena, &names) = text_of(choosing->verbs[i]->name);
	*list_add(choosing->arena, &names) = TEXT("help");
	*list_add(choosing->arena, &names) = TEXT("version");
	if (is_path(word) || !text_list_nearest(choosing->arena, &names, text_of(word), &near))
		return TEXT("");
	return text_format(choosing->arena, "there is no verb, file or folder '%s'; did you mean `arilint %.*s`?", word,
	                   TEXT_ARGUMENTS(near));
}

/* Whether a word that could be a verb is none but a path: it is not the first word, and the options before it go with
 * another verb. */
static bool is_only_path(const struct choosing *choosing, const struct verb *verb, size_t before, const char *word) {
	return before && is_path(word) && !(verb && verb->flag & choosing->allowed);
}

const struct verb *verb_choose(struct arena *arena, const struct verb *const *verbs, size_t verb_count,
                               size_t *word_count, char **words, struct text *fault) {
	struct choosing choosing = {arena, verbs, verb_count, ALL_VERBS};
	for (size_t i = 0; i < *word_count;) {
		size_t taken = options_span(words[i], &choosing.allowed);
		i += taken;
		if (taken) continue;
		const struct verb *verb = find_verb(&choosing, words[i]);
		char *option = option_meant(words[i]);
		if (words[i][0] == '-' || is_only_path(&choosing, verb, i, words[i])) break;
		if (option) {
			words[i] = option;
		} else if (verb) {
			memmove(words + i, words + i + 1, (--*word_count - i) * sizeof(*words));
			return verb;
		} else {
			*fault = suggest(&choosing, words[i]);
			break;
		}
	}
	return fault->length ? NULL : verbs[0];
}
