/* Arguments of checks and filters: what a pack may write behind their names, and what they then get. */
#pragma once

#include "base/text_set.h"
#include "model/pattern.h"
#include "model/value.h"

enum argument_kind {
	ARGUMENT_NONE,
	ARGUMENT_TEXT,
	ARGUMENT_TRUTH,      /* true or false */
	ARGUMENT_TEXTS,      /* a list of texts in the pack, or one text */
	ARGUMENT_LIST,       /* the name of one of the pack's lists */
	ARGUMENT_REFERENCE,  /* a field, a setting, ... */
	ARGUMENT_PATTERN,    /* a regular expression */
	ARGUMENT_RANGE,      /* `[least, most]` */
	ARGUMENT_READERS     /* names of readers, blanks between them; may be left out */
};

/* Exactly the member that the kind names is set, and what is said of others. */
struct argument {
	struct text text;
	bool truth;
	const struct text_set *set; /* of ARGUMENT_TEXTS and ARGUMENT_LIST */
	const struct value *value; /* of ARGUMENT_REFERENCE; never unknown */
	struct text compiled;     /* of ARGUMENT_PATTERN: see pattern_serialize() */
	struct pattern *pattern;  /* of ARGUMENT_PATTERN, which `text` spells; a run fills it in, as it does value and memory */
	int64_t least, most;
	const struct reader *const *readers; /* ends with NULL; NULL when left out */
	const struct source_list *memory; /* of filters: all files there are; NULL: the machine is asked */
	size_t *compared;         /* of filters: names that the run has compared so far; NULL: not counted */
	bool placeholder, filled_in; /* of checks that look at placeholders: whether the value is one, and whether a program fills
	                              * it in */
};
