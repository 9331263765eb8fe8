/* XML that is well-formed whatever stands in the texts. */
#pragma once

#include "report/report.h"

/* Adds ` name="text"`. */
void xml_attribute(struct arena *arena, struct buffer *out, const char *name, struct text text);
void xml_number(struct buffer *out, const char *name, uint64_t number);

/* Adds a text between tags. Line ends stay; see plain_line() for the rest. */
void xml_text(struct arena *arena, struct buffer *out, struct text text);
