/* A line of JSON, as loggers write one: an object in, what it says and when out. */
#pragma once

#include "base/text.h"

struct log_json {
	struct text message; /* its `msg`, `message`, `log` ..., at any level, with ": " between them; of errors that
	                      * have a code, where it happened */
	struct text time;    /* its `time`, `timestamp` ..., as spelled; milliseconds and seconds since 1970 as UTC; may be empty */
};

/* False when the text is no JSON object, or has no message. Takes time and memory in proportion to the text. */
bool log_read_json(struct arena *arena, struct text text, struct log_json *json);
