#include "log/match.h"

#include <string.h>

#include "base/buffer.h"
#include "log/literal.h"
#include "log/place.h"

enum { LONGEST_TIME = 64, SMALLEST_ROOM = 512, LONGEST_NAME = 256, MOST_KEPT = 8 * 1024 * 1024 };

/* --- what is sought --- */

static void seek(struct log_matches *matches, const struct symptom *symptom) {
	uint32_t number = (uint32_t)matches->seeker_count++;
	struct log_seeker *seeker = &matches->seekers[number];
	struct text_list words = {0};
	seeker->symptom = symptom;
	seeker->of_backend = text_is(symptom->source, "backend");
	seeker->pattern = (struct pattern){.spelled = symptom->pattern, .arena = matches->arena};
	seeker->line = (struct pattern){.spelled = symptom->line, .arena = matches->arena};
	seeker->always = !literals_find(matches->arena, symptom->pattern, &words);
	for (size_t i = 0; i < words.count; i++)
		scan_add(&matches->scan, words.items[i], number);
}

void log_matches_begin(struct log_matches *matches, struct arena *arena, const struct pack_list *packs) {
	size_t most = 0;
	for (size_t i = 0; i < packs->count; i++)
		most += packs->items[i]->symptoms.count;
	*matches = (struct log_matches){.arena = arena, .scan = {.arena = arena}};
	matches->seekers = arena_array(arena, struct log_seeker, most);
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->items[i]->symptoms.count; j++)
			seek(matches, &packs->items[i]->symptoms.items[j]);
	scan_settle(&matches->scan);
}

enum pattern_result log_seek(struct log_seeker *seeker, struct text message) {
	enum pattern_result result = pattern_match(&seeker->pattern, message);
	return result == PATTERN_MATCHES ? pattern_match(&seeker->line, message) : result;
}

struct span log_span(const struct log_seeker *seeker, unsigned group) {
	return group < SYMPTOM_OF_LINE ? pattern_span(&seeker->pattern, group)
	                               : pattern_span(&seeker->line, group - SYMPTOM_OF_LINE);
}

/* --- what was found --- */

/* Adds what a group stood for, so that the same makes the same bytes and nothing else does. Of what is long its end is
 * added as its hash: memory is bounded. */
static void add_name(struct buffer *key, const struct symptom_name *name, struct text text) {
	text = name->is_host ? place_of_host(key->arena, text) : text;
	buffer_format(key, "%zu:%016llx:", text.length, (unsigned long long)text_hash(text));
	buffer_add(key, text_slice(text, 0, LONGEST_NAME));
}

static struct text key_of(struct arena *scratch, const struct log_seeker *seeker, struct text message) {
	struct buffer key = {.arena = scratch};
	buffer_add(&key, (struct text){(const char *)&seeker->symptom, sizeof(seeker->symptom)});
	for (size_t i = 0; i < seeker->symptom->names.count; i++) {
		struct span span = log_span(seeker, seeker->symptom->names.items[i].group);
		add_name(&key, &seeker->symptom->names.items[i], text_slice(message, span.start, span.end));
	}
	return buffer_text(&key);
}

/* The match of what the line names, made where there is none; NULL when there are too many. */
static struct log_match *match_of(struct log_matches *matches, struct arena *scratch, struct log_seeker *seeker,
                                  struct text message) {
	struct text key = key_of(scratch, seeker, message);
	struct log_match *match = map_get(&matches->by_name, key);
	if (match || (seeker->named && (seeker->named == LOG_MOST_NAMED || matches->kept > MOST_KEPT)))
		return match;
	match = map_place(matches->arena, &matches->by_name, key, sizeof(*match));
	match->symptom = seeker->symptom;
	match->seeker = seeker;
	*list_add(matches->arena, &matches->found) = match;
	seeker->named++;
	return match;
}

/* Makes room for so many bytes; false when the lines that are kept take too much already. */
static bool make_room(struct log_matches *matches, struct log_match *match, size_t size) {
	if (size <= match->room_size) return true;
	if (match->count && matches->kept > MOST_KEPT) return false;
	match->room_size = match->room_size ? match->room_size : SMALLEST_ROOM;
	while (match->room_size < size)
		match->room_size *= 2;
	match->room = arena_allocate(matches->arena, match->room_size);
	matches->kept += match->room_size;
	return true;
}

/* The copy's texts lie where the entry's do, but in room of the match's own. */
static void keep(struct log_match *match, const struct log_entry *entry) {
	size_t before = entry->line.length - entry->message.length;
	size_t time = entry->time.length < LONGEST_TIME ? entry->time.length : LONGEST_TIME;
	char *line = match->room + LONGEST_TIME;
	memcpy(line, entry->line.bytes, entry->line.length);
	if (time)
		memcpy(match->room, entry->time.bytes, time);
	match->entry.line = (struct text){line, entry->line.length};
	match->entry.message = text_from(match->entry.line, before);
	match->entry.time = (struct text){match->room, time};
	match->entry.of_asterisk = entry->of_asterisk;
}

/* --- lines --- */

static void note_word(void *context, uint32_t owner) {
	struct log_matches *matches = context;
	matches->seekers[owner].seen = matches->lines;
}

/* The first symptom whose pattern is found in the message, or NULL. */
static struct log_seeker *find(struct log_matches *matches, const struct log_entry *entry) {
	bool given_up = false;
	scan_text(&matches->scan, entry->message, note_word, matches);
	for (size_t i = 0; i < matches->seeker_count; i++) {
		struct log_seeker *seeker = &matches->seekers[i];
		if ((seeker->seen != matches->lines && !seeker->always) || (entry->of_asterisk && seeker->of_backend)) continue;
		enum pattern_result result = log_seek(seeker, entry->message);
		given_up = given_up || result == PATTERN_TOO_COSTLY;
		if (result == PATTERN_MATCHES)
			return seeker;
	}
	matches->given_up += given_up;
	return NULL;
}

const struct log_match *log_matches_take(struct log_matches *matches, struct arena *scratch, struct text log,
                                         uint64_t number, const struct log_line *line) {
	struct log_entry entry = log_entry_read(scratch, line->bytes);
	matches->lines++;
	struct log_seeker *seeker = entry.message.length ? find(matches, &entry) : NULL;
	if (!seeker) return NULL;
	struct log_match *match = match_of(matches, scratch, seeker, entry.message);
	matches->not_told_apart += !match;
	if (!match) return NULL;
	if (make_room(matches, match, entry.line.length + LONGEST_TIME)) {
		keep(match, &entry);
		match->log = log;
		match->number = number;
		match->cut = line->cut;
	}
	match->count++;
	return match;
}
