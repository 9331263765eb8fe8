/* References (`env_url|url_port`), templates ("the port is {env_url|url_port}"), and messages: templates in several languages. */
#pragma once

#include "rule/loader.h"

/* NULL after a fault. */
const struct reference *load_reference(struct loader *loader, const struct node *node);
const struct template *load_template(struct loader *loader, const struct node *node);

/* Cuts the next part off a text with names in braces: with `*named` the name between two, else plain text (`{{` and `}}` are
 * braces). There must be some left. False after a fault. */
bool load_braced_part(struct loader *loader, const struct node *node, struct text *rest, struct text *part, bool *named);

extern const struct member_type member_reference, member_template; /* pointers */
extern const struct member_type member_message;                    /* struct message */
