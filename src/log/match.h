/* Symptoms that match lines of logs.
 * In: lines of logs. Out: which symptoms they show, how often, and the last line of each. */
#pragma once

#include "log/entry.h"
#include "log/line.h"
#include "model/pattern.h"
#include "rule/symptom.h"

struct log_match {
	const struct symptom *symptom;
	struct pattern *pattern; /* the symptom's, compiled */
	uint64_t count;          /* lines; 0: it was not seen */
	struct text log;         /* of the last one, as are the others */
	uint64_t number;         /* 1-based */
	struct log_entry entry;  /* a copy; `line` is LOG_LONGEST_LINE bytes at most */
	bool cut;                /* the line went on */
	char *room;              /* that the copy lies in */
};

struct log_matches {
	struct arena *arena;     /* gets the room of the last lines: bounded by the number of symptoms */
	struct log_match *items; /* one for each symptom that is sought, in the order in which they are sought */
	size_t count;
	uint64_t lines;
	uint64_t given_up;       /* lines that cost a pattern more than the bound */
};

/* Will seek the symptoms of these packs. */
void log_matches_begin(struct log_matches *matches, struct arena *arena, const struct pack_list *packs);

/* Counts a line for the first symptom whose pattern is found in it, and gives its match; NULL for most lines. What
 * only this line needs goes to `scratch`. */
const struct log_match *log_matches_take(struct log_matches *matches, struct arena *scratch, struct text log,
                                         uint64_t number, const struct log_line *line);
