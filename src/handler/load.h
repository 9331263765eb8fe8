/* A file of handlers: YAML tree in, handlers out, or all of its faults at once. */
#pragma once

#include "handler/handler.h"

/* Adds the handlers of a file. */
void handlers_load(struct diagnostics *diagnostics, struct source *source, const struct node *tree,
                   struct handler_list *handlers);

/* Puts them in the order that `after` asks for, else that of the files; a fault when they wait for each other. */
void handlers_order(struct diagnostics *diagnostics, struct handler_list *handlers);

/* A fault where `after` names what is neither one of them nor known, but near to one: a handler that is known and not defined
 * on this machine is not waited for. */
void handlers_check_after(struct diagnostics *diagnostics, const struct handler_list *handlers, const struct text_list *known);

/* What such a file may hold. */
extern const struct shape shape_handlers;
