/* References (`env_url|url_port`), templates ("the port is {env_url|url_port}"), and messages: templates in several languages. */
#pragma once

#include "rule/loader.h"

/* The fields that references may name (rule/fields.def), by enum field. */
struct field_row {
	const char *name;
	unsigned subjects; /* bits of enum subject_kind: those that have it */
};

extern const struct field_row field_rows[FIELD_COUNT];

/* What each enum subject_kind is called, with its article; ends with {0}. */
extern const struct word subject_names[];

/* NULL after a fault. */
const struct reference *load_reference(struct loader *loader, const struct node *node);
const struct template *load_template(struct loader *loader, const struct node *node);

/* Cuts the next part off a text with names in braces: with `*named` the name between two, else plain text (`{{` and `}}` are
 * braces). There must be some left. False after a fault. */
bool load_braced_part(struct loader *loader, const struct node *node, struct text *rest, struct text *part, bool *named);

extern const struct member_type member_reference, member_template; /* pointers */
extern const struct member_type member_message;                    /* struct message */
