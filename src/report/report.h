/* Reports. One file each, one line each in reports.def. No byte of an input reaches the
 * output in a way that could drive a terminal or break the format, and no secret reaches it at all: bytes of files come
 * from redact_show() only, values and words of others are redacted where a diagnostic or step is made.
 * In: diagnostics. Out: text of one format. */
#pragma once

#include "base/buffer.h"
#include "diagnostic/diagnostic.h"
#include "json/write.h"
#include "rule/language.h"
#include "rule/pack.h"

struct report_file {
	struct text path;
	struct text role;
};

/* A file that --fix has changed. */
struct report_change {
	struct text path;
	struct text rules;                /* ids, separated by blanks */
};

/* A run whose changes programs do not go by yet. */
struct report_pending {
	struct text run;
	struct text time;                 /* UTC, ISO 8601 */
	const struct text_list *handlers;
};

/* A handler that was run, or the verification. */
struct report_step {
	struct text name;
	bool succeeded;
	struct text reason;               /* why not; secrets masked */
};

struct report_step_list LIST_OF(struct report_step);

struct report_input {
	struct arena *arena;
	struct diagnostics *diagnostics; /* sorted */
	const struct report_file *files; /* what was linted */
	size_t file_count;
	size_t known;                    /* findings that a baseline has and that are left out */
	size_t fixed;                    /* findings that --fix has mended */
	const struct diagnostics *before; /* what there was before it; NULL: nothing was to be fixed, or it failed */
	const struct report_change *changes;
	size_t change_count;
	bool unsafe_fixes;               /* --unsafe-fixes was given, too */
	const struct report_pending *pending;
	size_t pending_count;
	const struct report_step_list *steps; /* NULL: no handlers were wanted */
	struct text state;               /* that they left: "new files, loaded" */
	bool fix_wanted;                 /* --fix or --diff was given: no hint to use it */
	bool show_not_evaluated;
	const struct pack_list *packs;   /* whose rules found it; NULL: none is known */
	enum language language;
	enum severity fail_on;           /* the least severity that makes the run fail, */
	bool fail_never;                 /* or none does */
	bool colour;
	size_t width;                    /* of the terminal, in columns; 0: 120 */
	const char *version;
};

struct report {
	const char *name;
	void (*write)(const struct report_input *input, struct buffer *out);
	bool takes_lines;                /* lines of other words may stand beside it */
};

#define REPORT(name) extern const struct report report_##name;
#include "report/reports.def"
#undef REPORT

/* NULL when there is none of that name. */
const struct report *report_find(struct text name);

/* Adds the members `path`, `line` and `column`. */
void report_add_place(struct place place, struct json *json);

/* "concise, gcc, ...". */
extern const char *const report_names;
