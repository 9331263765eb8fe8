/* Places in texts as JSON of the protocol. */
#pragma once

#include "json/write.h"
#include "lsp/layout.h"

struct json_object;

struct spot range_spot(const struct json_object *position);

/* Whether a range of the protocol and a span have a line in common. */
bool range_meets(const struct layout *layout, const struct json_object *range, struct span span);

/* Adds a Range, or a Position. */
void range_write(struct json *json, const char *key, const struct layout *layout, struct span span);
void range_write_spot(struct json *json, const char *key, struct spot spot);
