/* What stands where secrets stand, whatever it is: in addresses, behind names, in options, headers and blocks of keys.
 * Each marks what it finds in one line. */
#pragma once

#include "redact/disguise.h"
#include "redact/redact.h"

/* A line of a text without its disguise, and where it stands. */
struct shape {
	struct arena *arena;       /* of marks */
	struct source *source;
	uint32_t start;            /* of the disguised text in the source */
	const struct plain *plain;
	struct text text;          /* of the line */
	size_t line;               /* where it begins in the plain text */
};

/* Marks a part of the line. */
void shape_mark(const struct shape *shape, size_t start, size_t end);

void shape_mark_addresses(const struct shape *shape); /* `scheme://user:password@` */
void shape_mark_bare(const struct shape *shape);      /* `user:password@host` */
void shape_mark_named(const struct shape *shape);     /* `password: X`, `api_key=X`, `<password>X<` */
void shape_mark_options(const struct shape *shape);   /* `--password X`, `-u user:X` */
void shape_mark_schemes(const struct shape *shape);   /* `Basic dXNlcjpwYXNz`, `Bearer X` */
