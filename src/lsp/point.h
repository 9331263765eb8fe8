/* What stands at a place of an open text, as the program sees it that reads the file. */
#pragma once

#include "evaluate/context.h"
#include "lsp/method.h"

struct point {
	struct document *document;
	struct analysis *analysis;
	struct source *source;
	struct file *file;           /* whose program sees the text; what follows is in its view */
	uint32_t offset;
	const struct header *header; /* the last one of the text that begins at the place or above it; NULL without one */
	const struct entry *entry;   /* the statement on whose lines the place is; NULL without one */
	const struct view *tokens;   /* the same file with all tokens; made by point_token() */
};

/* Finds what the params of a request are about. False with nothing or an error in the reply: nobody reads the text. */
bool point_find(struct server *server, const struct json_object *params, struct reply *reply, struct point *point);

/* The first file in whose view there are statements of a source, or else one that it is a source of; NULL without one. */
struct file *point_file(const struct analysis *analysis, const struct source *source);

/* The same place as another file of the same source has it: one for each of its roles. */
struct point point_in(const struct point *point, struct file *file);

/* Reads a text as the file's program does, in place of the source that has its path; the view lives in the arena, and nothing
 * that outlives it leads there. */
const struct view *point_read(const struct point *point, struct arena *arena, struct source *source, enum token_choice tokens);

/* The token that the place is in, or behind; empty without one. */
struct token point_token(struct point *point, struct arena *arena);

/* The value that the statement gives to its own section, as rules look at it; false where it gives none. */
bool point_subject(const struct point *point, struct subject *subject);
