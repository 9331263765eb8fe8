/* Fix operators. One function each, one line each in operators.def.
 * In: a place and evaluated arguments. Out: edits. */
#pragma once

#include "diagnostic/diagnostic.h"
#include "model/value.h"

enum { FIX_MOST_ARGUMENTS = 4 };

enum fix_argument_kind {
	FIX_PLACE,     /* a reference: where */
	FIX_TEXT,      /* a template: what */
	FIX_NAME       /* the same: the name of a key or section, which is never a placeholder */
};

struct fix_argument {
	const char *name;
	enum fix_argument_kind kind;
	bool optional;
};

struct fix_run {
	struct arena *arena;
	struct value places[FIX_MOST_ARGUMENTS]; /* parallel to the operator's arguments; present values */
	struct value texts[FIX_MOST_ARGUMENTS];
	struct text rule;                        /* full id of the rule that asks */
	struct fix *fix;                         /* edits and intents are added here */
};

struct fix_operator {
	const char *name;
	const char *summary;
	struct fix_argument arguments[FIX_MOST_ARGUMENTS + 1]; /* ends with a NULL name */
	struct text (*run)(struct fix_run *run);               /* why it can't be done; empty: it is */
};

/* All operators, for suggestions and for the reference; ends with NULL. */
extern const struct fix_operator *const fix_operators[];

/* Adds an edit to the fix. */
void fix_edit(struct fix_run *run, struct source *source, struct span span, struct text replacement, bool secret);

/* Says that the fix means to change how `file` reads a key. */
void fix_intend(struct fix_run *run, const struct file *file, struct text section, struct text key);

/* Where a value ends together with what a comment sign without a blank before it cuts off. In a .env file that was meant
 * to be a part of the value, as most programs do not cut there; where there are sections, it is a comment. */
uint32_t fix_value_end(const struct entry *entry, const struct reader *reader);

/* Why a statement can't be changed by itself: comments stand within its value, or other sections take its value. Empty
 * when it can. */
struct text fix_obstacle(struct fix_run *run, const struct entry *entry);

/* The line end that the source uses: of its first line, or "\n". */
struct text fix_line_end(const struct source *source);
