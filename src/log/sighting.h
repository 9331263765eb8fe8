/* Symptoms that were seen in logs: lines in, counts and the last line of each out. */
#ifndef ARILINT_LOG_SIGHTING_H
#define ARILINT_LOG_SIGHTING_H

#include "log/entry.h"
#include "log/line.h"
#include "model/pattern.h"
#include "rule/symptom.h"

struct sighting {
	const struct symptom *symptom;
	struct pattern *pattern; /* the symptom's, compiled */
	uint64_t count;          /* lines; 0: it was not seen */
	struct text log;         /* of the last one, as are the others */
	uint64_t number;         /* 1-based */
	struct log_entry entry;  /* a copy; `line` is LOG_LONGEST_LINE bytes at most */
	bool cut;                /* the line went on */
	char *room;              /* that the copy lies in */
};

struct sightings {
	struct arena *arena;     /* gets the room of the last lines: bounded by the number of symptoms */
	struct sighting *items;  /* one for each symptom that is sought, in the order in which they are sought */
	size_t count;
	uint64_t lines;
	uint64_t given_up;       /* lines that cost a pattern more than the bound */
};

/* Will seek the symptoms of these packs. */
void sightings_begin(struct sightings *sightings, struct arena *arena, const struct pack_list *packs);

/* Counts a line for the first symptom whose pattern is found in it, and gives its sighting; NULL for most lines. What
 * only this line needs goes to `scratch`. */
const struct sighting *sightings_take(struct sightings *sightings, struct arena *scratch, struct text log,
                                      uint64_t number, const struct log_line *line);

#endif
