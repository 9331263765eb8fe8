/* What a run recognises: names of files, names of settings in them, and the rules that join these. */
#pragma once

#include "base/buffer.h"
#include "inventory/lint.h"

/* A setting of a pack. */
struct recognised_setting {
	const struct pack *pack;
	const struct setting *setting;
	const struct setting_keys *more; /* what the configuration adds; NULL: nothing */
	struct text_list rules;          /* ids of those that look at it or compare it */
};

struct recognised {
	struct arena *arena;
	const struct pack_list *packs;
	struct LIST_OF(struct recognised_setting) settings; /* in the order of the packs */
};

struct recognised recognised_find(struct arena *arena, const struct lint_options *options);

/* Adds all of it in a format. */
void recognised_write(const struct recognised *recognised, struct text format, struct buffer *out);
void recognised_write_json(const struct recognised *recognised, struct buffer *out);
