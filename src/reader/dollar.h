/* What `$` means to docker compose, in a .env file and in a compose file: compose-go 2, template/template.go. */
#pragma once

#include "base/buffer.h"

struct dollar {
	struct arena *arena;
	void *context;
	/* The value of a variable, or NULL; `operator` is '-', '+' or '?', or 0 where the name stands alone. */
	const struct text *(*value)(void *context, struct text name, char operator);
	bool (*may_add)(void *context, size_t length); /* whether a value of that many bytes may still be put in */
	bool (*in_doubt)(void *context);               /* whether a variable without a value may have one all the same */
	void (*refuse)(void *context);                 /* compose gives up; nothing is added any more */
	bool stopped;
};

/* Adds the text to `out`, its variables replaced. Takes time in proportion to the text times the depth of its braces, which
 * is at most 64. */
void dollar_expand(struct dollar *dollar, struct text text, struct buffer *out);
