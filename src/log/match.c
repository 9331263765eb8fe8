#include "log/match.h"

#include <string.h>

enum { LONGEST_TIME = 64 };

void log_matches_begin(struct log_matches *matches, struct arena *arena, const struct pack_list *packs) {
	size_t most = 0;
	for (size_t i = 0; i < packs->count; i++)
		most += packs->items[i]->symptoms.count;
	*matches = (struct log_matches){.arena = arena, .items = arena_array(arena, struct log_match, most)};
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->items[i]->symptoms.count; j++) {
			struct log_match *match = &matches->items[matches->count++];
			match->symptom = &packs->items[i]->symptoms.items[j];
			match->pattern = arena_new(arena, struct pattern);
			*match->pattern = (struct pattern){.spelled = match->symptom->pattern, .arena = arena};
		}
}

/* The copy's texts lie where the entry's do, but in room of the match's own. */
static void keep(struct arena *arena, struct log_match *match, const struct log_entry *entry) {
	size_t before = entry->line.length - entry->message.length;
	size_t time = entry->time.length < LONGEST_TIME ? entry->time.length : LONGEST_TIME;
	if (!match->room)
		match->room = arena_allocate(arena, LOG_LONGEST_LINE + LONGEST_TIME);
	memcpy(match->room, entry->line.bytes, entry->line.length);
	if (time)
		memcpy(match->room + LOG_LONGEST_LINE, entry->time.bytes, time);
	match->entry.line = (struct text){match->room, entry->line.length};
	match->entry.message = text_from(match->entry.line, before);
	match->entry.time = (struct text){match->room + LOG_LONGEST_LINE, time};
	match->entry.of_asterisk = entry->of_asterisk;
}

const struct log_match *log_matches_take(struct log_matches *matches, struct arena *scratch, struct text log,
                                         uint64_t number, const struct log_line *line) {
	struct log_entry entry = log_entry_read(scratch, line->bytes);
	bool given_up = false;
	matches->lines++;
	for (size_t i = 0; i < matches->count && entry.message.length; i++) {
		struct log_match *match = &matches->items[i];
		if (entry.of_asterisk && text_is(match->symptom->source, "backend")) continue;
		enum pattern_result result = pattern_match(match->pattern, entry.message);
		given_up = given_up || result == PATTERN_TOO_COSTLY;
		if (result != PATTERN_MATCHES) continue;
		keep(matches->arena, match, &entry);
		match->count++;
		match->log = log;
		match->number = number;
		match->cut = line->cut;
		return match;
	}
	matches->given_up += given_up;
	return NULL;
}
