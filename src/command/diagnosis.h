/* What was found in logs: each symptom with its last line and the findings of files that explain it. */
#pragma once

#include "base/buffer.h"
#include "inventory/lint.h"
#include "log/match.h"
#include "redact/redact.h"

/* A finding that explains a symptom; not certainly, where it is not known to be about what the line names. */
struct explanation {
	const struct diagnostic *finding;
	bool certain;
};

struct named {
	struct text name, text; /* "host", "127.0.0.1" */
};

/* Its texts hold no secrets, but may hold bytes that drive a terminal. */
struct diagnosis {
	const struct log_match *match;
	struct LIST_OF(struct named) names; /* what the line names */
	struct text title, message, help;
	struct text line;                /* the last line, or the part of it around what was found */
	struct LIST_OF(struct explanation) findings; /* the certain ones first, of these the gravest */
};

struct diagnosed_log {
	struct text path;
	uint64_t lines;
	struct text fault;               /* why it could not be read, or not to its end; else empty */
};

struct diagnosis_report {
	struct arena *arena;
	struct LIST_OF(struct diagnosis) found; /* gravest first */
	struct LIST_OF(struct diagnosed_log) logs;
	uint64_t lines, given_up, not_told_apart; /* see struct log_matches */
	size_t file_count;               /* files that were linted */
	size_t fixable;                  /* explaining findings that --fix mends */
	enum language language;
	const char *version;
	bool colour;
};

/* Makes the diagnosis of a symptom that was seen; without a run nothing explains it. */
struct diagnosis diagnosis_make(struct arena *arena, const struct log_match *match, struct redaction *redaction,
                                enum language language, struct lint *lint);

/* Fills in all that was seen, sorted. */
void diagnosis_collect(struct diagnosis_report *report, const struct log_matches *matches,
                       struct redaction *redaction, struct lint *lint);

/* Adds what a symptom is and where it was seen, for people. */
void diagnosis_write_match(const struct diagnosis_report *report, const struct diagnosis *diagnosis,
                              struct buffer *out);

void diagnosis_write_text(const struct diagnosis_report *report, struct buffer *out);
void diagnosis_write_json(const struct diagnosis_report *report, struct buffer *out);
