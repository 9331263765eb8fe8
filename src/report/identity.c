#include "report/identity.h"

#include "base/map.h"
#include "base/siphash.h"
#include "evaluate/context.h"
#include "redact/redact.h"
#include "report/place.h"

#define MASK "<secret"

/* A mask tells by its digits which secrets are the same, in this run alone. */
static struct text without_digits(struct arena *arena, struct text text) {
	struct buffer out = {.arena = arena};
	for (size_t hit; (hit = text_find(text, TEXT(MASK ":"))) != TEXT_NOT_FOUND;) {
		size_t end = text_find_byte(text_from(text, hit), '>');
		if (end == TEXT_NOT_FOUND) break;
		buffer_add(&out, text_slice(text, 0, hit));
		buffer_add_string(&out, MASK ">");
		text = text_from(text, hit + end + 1);
	}
	buffer_add(&out, text);
	return buffer_text(&out);
}

static struct text shown(struct arena *arena, struct source *source, struct span span) {
	return without_digits(arena, redact_output(arena, redact_words(arena, redact_show(arena, source, span, NULL))));
}

static void take_subject(struct arena *arena, const struct subject *subject, struct identity *identity) {
	const struct entry *entry = subject && subject->variable ? subject->variable->entry : NULL;
	const struct header *header = entry ? entry->header : subject && subject->section ? subject->section->header : NULL;
	if (entry)
		identity->key = shown(arena, entry->source, entry->key);
	if (header)
		identity->section = shown(arena, header->source, header->name_span);
}

static struct text joined(struct arena *arena, const struct identity *identity) {
	return text_format(arena, "%.*s\n%.*s\n%.*s\n%.*s", TEXT_ARGUMENTS(identity->rule), TEXT_ARGUMENTS(identity->path),
	                   TEXT_ARGUMENTS(identity->section), TEXT_ARGUMENTS(identity->key));
}

struct text identity_path(struct arena *arena, struct source *source) {
	return without_digits(arena, redact_output(arena, place_path((struct place){source, {0, 0}})));
}

struct identity *identities_of(struct arena *arena, const struct diagnostics *diagnostics) {
	struct identity *identities = arena_array(arena, struct identity, diagnostics->found.count);
	struct map known = {0};
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		const struct diagnostic *diagnostic = &diagnostics->found.items[i];
		struct identity *identity = &identities[i];
		identity->rule = diagnostic->rule;
		identity->path = identity_path(arena, diagnostic->place.source);
		take_subject(arena, diagnostic->subject, identity);
		uint32_t *count = map_place(arena, &known, joined(arena, identity), sizeof(uint32_t));
		identity->number = ++*count;
	}
	return identities;
}

/* Its key is nobody's secret: it has to be the same in every run. */
struct text identity_fingerprint(struct arena *arena, const struct identity *identity) {
	static const struct siphash_key key = {{0}};
	struct text all = text_format(arena, "%.*s\n%u", TEXT_ARGUMENTS(joined(arena, identity)), identity->number);
	return text_format(arena, "%016llx", (unsigned long long)siphash(&key, all));
}
