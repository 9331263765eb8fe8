/* Symptoms that match lines of logs.
 * In: lines of logs. Out: which symptoms they show of what, how often, and the last line of each. */
#pragma once

#include "log/entry.h"
#include "log/line.h"
#include "log/scan.h"
#include "model/pattern.h"
#include "rule/symptom.h"

/* Of one symptom no more than so many addresses or users are told apart. */
enum { LOG_MOST_NAMED = 32 };

/* A symptom of one address, user, ...: of all that its lines name alike. */
struct log_match {
	const struct symptom *symptom;
	struct log_seeker *seeker; /* that found it */
	uint64_t count;          /* lines */
	struct text log;         /* of the last one that was kept, as are the others */
	uint64_t number;         /* 1-based */
	struct log_entry entry;  /* a copy; `line` is LOG_LONGEST_LINE bytes at most */
	bool cut;                /* the line went on */
	char *room;              /* that the copy lies in, of so many bytes */
	size_t room_size;
};

/* A symptom that is sought. */
struct log_seeker {
	const struct symptom *symptom;
	struct pattern pattern, line; /* the symptom's */
	bool of_backend;         /* a line of Asterisk's is not held against it */
	bool always;             /* it can't be told from the words of a line that it can't match */
	uint64_t seen;           /* the last line that has such a word */
	size_t named;            /* matches that it has */
};

struct log_matches {
	struct arena *arena;     /* gets the last lines: bounded whatever the logs hold */
	struct LIST_OF(struct log_match *) found; /* in the order in which they were found */
	struct map by_name;      /* the same; see log/match.c */
	struct log_seeker *seekers; /* in the order in which they are sought */
	size_t seeker_count;
	struct scan scan;        /* finds words of seekers */
	uint64_t lines;
	uint64_t given_up;       /* lines that cost a pattern more than the bound */
	uint64_t not_told_apart; /* lines that show a symptom of something beyond LOG_MOST_NAMED: they are in no match */
	size_t kept;             /* bytes of rooms */
};

/* Whether a message shows the seeker's symptom; then, what a group of it stood for in the message, see struct symptom_part. */
enum pattern_result log_seek(struct log_seeker *seeker, struct text message);
struct span log_span(const struct log_seeker *seeker, unsigned group);

/* Will seek the symptoms of these packs. */
void log_matches_begin(struct log_matches *matches, struct arena *arena, const struct pack_list *packs);

/* Counts a line for the first symptom whose pattern is found in it, and gives its match; NULL for most lines. What
 * only this line needs goes to `scratch`. */
const struct log_match *log_matches_take(struct log_matches *matches, struct arena *scratch, struct text log,
                                         uint64_t number, const struct log_line *line);
