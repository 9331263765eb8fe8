#include "log/sighting.h"

#include <string.h>

enum { LONGEST_TIME = 64 };

void sightings_begin(struct sightings *sightings, struct arena *arena, const struct pack_list *packs)
{
	size_t most = 0;
	for (size_t i = 0; i < packs->count; i++)
		most += packs->items[i]->symptoms.count;
	*sightings = (struct sightings){.arena = arena, .items = arena_array(arena, struct sighting, most)};
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->items[i]->symptoms.count; j++) {
			struct sighting *sighting = &sightings->items[sightings->count++];
			sighting->symptom = &packs->items[i]->symptoms.items[j];
			sighting->pattern = arena_new(arena, struct pattern);
			*sighting->pattern = (struct pattern){.spelled = sighting->symptom->pattern, .arena = arena};
		}
}

/* The copy's texts lie where the entry's do, but in room of the sighting's own. */
static void keep(struct arena *arena, struct sighting *sighting, const struct log_entry *entry)
{
	size_t before = entry->line.length - entry->message.length;
	size_t time = entry->time.length < LONGEST_TIME ? entry->time.length : LONGEST_TIME;
	if (!sighting->room)
		sighting->room = arena_allocate(arena, LOG_LONGEST_LINE + LONGEST_TIME);
	memcpy(sighting->room, entry->line.bytes, entry->line.length);
	if (time)
		memcpy(sighting->room + LOG_LONGEST_LINE, entry->time.bytes, time);
	sighting->entry.line = (struct text){sighting->room, entry->line.length};
	sighting->entry.message = text_from(sighting->entry.line, before);
	sighting->entry.time = (struct text){sighting->room + LOG_LONGEST_LINE, time};
	sighting->entry.of_asterisk = entry->of_asterisk;
}

const struct sighting *sightings_take(struct sightings *sightings, struct arena *scratch, struct text log,
                                      uint64_t number, const struct log_line *line)
{
	struct log_entry entry = log_entry_read(scratch, line->bytes);
	bool given_up = false;
	sightings->lines++;
	for (size_t i = 0; i < sightings->count && entry.message.length; i++) {
		struct sighting *sighting = &sightings->items[i];
		if (entry.of_asterisk && text_is(sighting->symptom->source, "backend"))
			continue;
		enum pattern_result result = pattern_match(sighting->pattern, entry.message);
		given_up = given_up || result == PATTERN_TOO_COSTLY;
		if (result != PATTERN_MATCHES)
			continue;
		keep(sightings->arena, sighting, &entry);
		sighting->count++;
		sighting->log = log;
		sighting->number = number;
		sighting->cut = line->cut;
		return sighting;
	}
	sightings->given_up += given_up;
	return NULL;
}
